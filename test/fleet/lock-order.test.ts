import pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { claimOf, fleetOf, until } from "./store-fleet.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

/** By their ids. */
const JOBS = "select id::text, data ->> 'parcels' as parcels from curewatch_jobs.job order by id";
const WAITING = "select 1 from pg_locks where not granted";

describe("the jobs of which something is settled together", () => {
  test("are locked in the order of their ids, whichever of them are over: who locks several meets nobody the other way round", async () => {
    const fleet = await fleetOf(postgres, ["one"]);
    const one = fleet.members[0]!;
    const { store } = one;
    await store.lead();
    one.hold();
    await fleet.send(one, ...Array.from({ length: 18 }, (_, n) => claimOf(`k${n}`)));
    await until(() => fleet.begun.length === 18);
    // Of the job with the greater id something is left, the other is over.
    const [over, left] = (await fleet.query(JOBS)).map(({ id, parcels }) => ({
      id: id as string,
      keys: (JSON.parse(parcels as string) as readonly { once: DeliveryKey }[]).map(({ once }) => once),
    }));
    const other = new pg.Client({ connectionString: fleet.url });
    await other.connect();
    onTestFinished(() => other.end());
    const lock = (id: string) => other.query("select 1 from curewatch_jobs.job where id = $1 for update nowait", [id]);
    await other.query("begin");
    await lock(over!.id);
    const ended = [...over!.keys, left!.keys[0]!];
    for (const key of ended) one.release(key);
    await until(async () => (await fleet.query(WAITING)).length > 0);
    await lock(left!.id);
    await other.query("commit");
    const came = await store.fleet!.outcomes(ended);
    expect(came.map(({ outcome }) => outcome.kind)).toEqual(ended.map(() => "delivered"));
  });
});
