import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { inspect, openStore } from "../../adapters/store/sql/open.ts";
import { sqliteSubject } from "./sql-subject.ts";

function child(...parameters: readonly (string | number)[]) {
  return spawn(process.execPath, [join(import.meta.dirname, "append-in-child.ts"), ...parameters.map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

test("two processes that append at once make one chain", async () => {
  const subject = await sqliteSubject();
  const codes = await Promise.all(["one", "other"].map((name) => once(child(`sqlite:${subject.file}`, name, 20, 5), "exit")));
  expect(codes.map(([code]) => code)).toEqual([0, 0]);
  expect(await subject.ledger.verify()).toMatchObject({ ok: true, events: 2 * 20 * 5 * 3 });
  await subject.close();
});

test("an append that is killed is there whole or not at all", async () => {
  const subject = await sqliteSubject();
  await subject.store.close();
  let events = 0;
  let lost = 0;
  for (const milliseconds of [5, 40, 80, 120, 160, 200, 240]) {
    const writer = child(`sqlite:${subject.file}`, `killed after ${milliseconds}`, 1, 2_000);
    await once(writer.stdout, "data");
    await wait(milliseconds);
    writer.kill("SIGKILL");
    await once(writer, "exit");
    const store = await openStore({ url: `sqlite:${subject.file}` });
    const told = await store.ledger.verify();
    expect(told).toMatchObject({ ok: true });
    expect(told.events % 6_000).toBe(0);
    await store.close();
    if (told.events === events) lost++;
    events = told.events;
  }
  expect(lost).toBeGreaterThan(0);
  expect(await inspect(subject.file)).toMatchObject({ ok: true });
  await subject.close();
});
