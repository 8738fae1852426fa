import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { jobGrants } from "../../adapters/store/sql/grants-postgres.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { Readiness } from "../../src/app/health.ts";
import { setClock } from "../../src/time/clock.ts";
import { postgresSubjects } from "../adapters/postgres-subject.ts";
import { NOON } from "../app/many-of-test.ts";
import { servedOn } from "./served-fleet.ts";
import { until } from "./store-fleet.ts";

const subjects = await postgresSubjects();
afterAll(() => subjects.server.stop());

const WITHOUT = {
  "table job_common": "revoke update on curewatch_jobs.job_common from curewatch_app",
  "function ": "revoke execute on all functions in schema curewatch_jobs from curewatch_app, public",
};

async function subjectOfTest() {
  const subject = await subjects.subject();
  onTestFinished(() => subject.close());
  return subject;
}

describe("a process whose role has not all rights on the jobs", () => {
  test.each([
    "revoke usage on schema curewatch_jobs from curewatch_app",
    "revoke select on all tables in schema curewatch_jobs from curewatch_app",
  ])("does not start without those to look, and says why: %s", async (revoke) => {
    const { url, raw } = await subjectOfTest();
    await raw.query(revoke);
    await expect(openStore({ url })).rejects.toThrow(/ refuses: permission denied for .*docs\/postgresql-grants\.sql\.$/);
  });

  test.each(Object.entries(WITHOUT))("is not ready, and says once in words that it is about %s", async (what, revoke) => {
    const { url, raw } = await subjectOfTest();
    await raw.query(revoke);
    const one = await servedOn(url, setClock(NOON));
    const told = (who = "a tick failed") => one.log.lines.filter((line) => line.startsWith(`error ${who}`));
    await until(() => told().length > 0);
    const ready = (await one.ready()) as unknown as Readiness;
    expect(ready.ready).toBe(false);
    expect(ready.checks.find(({ check }) => check === "register-write")?.wrong).toContain(`curewatch_jobs (${what}`);
    // Ticks go on failing, each of them when it is nudged.
    const failed = async () => Number(/curewatch_ticks_failed_total (\d+)/.exec(await one.metrics())?.[1] ?? 0);
    await until(async () => (await failed()) >= 3);
    expect(told()).toHaveLength(1);
    expect(told("")).toHaveLength(1 + told("messages cannot be taken").length);
    expect(told("messages cannot be taken").length).toBeLessThanOrEqual(1);
    expect(told()[0]).toMatch(/run docs\/postgresql-grants\.sql with the owner's role\."\}$/);

    for (const grant of jobGrants("curewatch_app")) await raw.query(grant);
    await until(async () => ((await one.ready()) as unknown as Readiness).ready);
  });
});
