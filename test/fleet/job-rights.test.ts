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

describe("a process whose role has not all rights on the register's tables", () => {
  test.each([
    ["delete on watch", "revoke delete on watch from curewatch_app", "grant delete on watch to curewatch_app"],
    ["update on snooze", "revoke update (place) on snooze from curewatch_app", "grant update (place) on snooze to curewatch_app"],
  ])("is not ready, names what is missing and the grants, and posts all the same: %s", async (what, revoke, grant) => {
    const { url, raw, store } = await subjectOfTest();
    await store.hasRights();
    await raw.query(revoke);
    const sentence = `lets this role not use all of the register (${what}): run docs/postgresql-grants.sql with the owner's role.`;
    await expect(store.hasRights()).rejects.toThrow(sentence);
    const one = await servedOn(url, setClock(NOON));
    const { ready, checks } = (await one.ready()) as unknown as Readiness;
    expect(ready).toBe(false);
    expect(checks.find(({ check }) => check === "register-write")?.wrong).toContain(what);
    await raw.query(grant);
    await until(async () => ((await one.ready()) as unknown as Readiness).ready);
  });

  test("says to who has asked for it that the program's role lacks a right, naming no table, and calls it no fault of ours", async () => {
    const { url, raw } = await subjectOfTest();
    await raw.query("revoke insert on ledger from curewatch_app");
    const one = await servedOn(url, setClock(NOON));
    const answer = await one.ask("slack:T1/U1", 'register CNIL T-1 "Firma" --kind notice');
    expect(answer).toContain("docs/postgresql-grants.sql");
    expect(answer).not.toMatch(/ledger|Something went wrong/);
    expect(one.log.lines.some((line) => line.startsWith("warn ") && line.includes("permission denied for table ledger"))).toBe(true);
  });
});

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
