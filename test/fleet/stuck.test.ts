import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { setClock } from "../../src/time/clock.ts";
import { postgresSubjects } from "../adapters/postgres-subject.ts";
import { NOON } from "../app/many-of-test.ts";
import { servedOn } from "./served-fleet.ts";
import { until } from "./store-fleet.ts";

const subjects = await postgresSubjects();
afterAll(() => subjects.server.stop());

/** Whatever takes a job is refused; to write, to hand out and to lead is not. */
const REFUSE = `create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'nobody may take this' using errcode = '22023'; end $$;
  create trigger refused before update on curewatch_jobs.job_common for each row when (new.state = 'active') execute function refuse()`;

describe("a process that can take nothing, though it is connected", () => {
  test("says so once in the log and in what is told of the processes, goes on trying, and posts all when it can", async () => {
    const { url, raw, close } = await subjects.subject();
    onTestFinished(close);
    const one = await servedOn(url, setClock(NOON));
    await raw.query(REFUSE);
    await one.ask("slack:T1/C1", "watch");
    await one.hold();
    const told = () => one.log.lines.filter((line) => /^(warn|error)/.test(line));
    const stuck = async () => (await one.store.fleet!.vitals()).stuck;
    await until(async () => ((await stuck())?.seconds ?? 0) > 1.2);
    expect((await stuck())?.reason).toMatch(/^The database .* refuses: nobody may take this\.$/);
    expect(told()).toEqual([
      expect.stringMatching(/^error messages cannot be taken or settled here: .*"error":"The database .* refuses: nobody may take this\."/),
    ]);
    expect(one.adapter.posted).toEqual([]);
    await raw.query("drop trigger refused on curewatch_jobs.job_common");
    await until(() => one.adapter.posted.length > 0);
    await until(async () => (await stuck()) === undefined);
    expect(told()).toHaveLength(1);
  });
});
