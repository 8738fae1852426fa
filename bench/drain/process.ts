import { stopwatch } from "../../src/time/clock.ts";
import { openPost } from "../platform/post.ts";
import { AT_ONCE, type Where } from "./contestant.ts";
import { CONTESTANTS } from "./contestants.ts";

/** One contestant in a process of its own: told which, it fills and drains when it is told to, and says how many milliseconds it took. */
export interface Told {
  readonly name: string;
  readonly where: Where;
  readonly platformPort: number;
}

export type Order = { readonly texts: readonly string[] } | "close";

const told = JSON.parse(process.argv[2]!) as Told;
const contestant = await CONTESTANTS[told.name]!.open(told.where, openPost(told.platformPort, AT_ONCE));

process.on("message", (order: Order) => void obey(order));
process.on("disconnect", () => process.exit(1));
process.send!("ready");

async function obey(order: Order): Promise<void> {
  if (order === "close") {
    await contestant.close();
    process.exit(0);
  }
  await contestant.fill(order.texts);
  const began = stopwatch();
  await contestant.drain();
  process.send!(stopwatch() - began);
}
