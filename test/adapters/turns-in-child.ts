import { openStore } from "../../adapters/store/sql/open.ts";
import { claimOf, DELIVERED, minute, settledAs } from "../contracts/delivery-fixtures.ts";

/**
 * node turns-in-child.ts FILE NAME [until-it-fails]: sixteen claims a turn, each turn settling those of the turn before, until it is killed, or
 * until one fails, which is then told.
 */
const [file, name, until] = process.argv.slice(2);
const store = await openStore({ url: `sqlite:${file}` });
process.stdout.write("turning\n");
for (let turn = 0; ; turn++) {
  const keys = Array.from({ length: 16 }, (_, index) => `${name} turn ${turn} key ${index}`);
  const before = turn === 0 ? [] : keys.map((key) => settledAs(key.replace(`turn ${turn}`, `turn ${turn - 1}`), DELIVERED));
  const claims = keys.map((key) => claimOf(key));
  try {
    await store.deliveries.turn(before, claims, minute(turn));
  } catch (error) {
    if (until === undefined) throw error;
    process.stdout.write(`turn: ${(error as Error).message}\n`);
    process.stdout.write(`canWrite: ${await untilItFails(store.canWrite)}\n`);
    break;
  }
}
await store.close();

/** What is small may fit in where a turn does not: so often, at most, that the rest is full too. */
async function untilItFails(write: () => Promise<void>): Promise<string> {
  for (let times = 0; times < 200; times++) {
    const failed = await write().catch((error: Error) => error.message);
    if (failed !== undefined) return failed;
  }
  return "never failed";
}
