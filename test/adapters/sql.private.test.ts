import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { Place } from "../../src/ports/chat.ts";
import { minute } from "../contracts/delivery-fixtures.ts";
import { fill } from "../contracts/ledger-fixtures.ts";
import { erase, person, textOf } from "../contracts/privacy-fixtures.ts";
import { subjectOfTest } from "./sql-subject.ts";

const OWN = "slack:T1/D7OWN" as Place;

function modeOf(file: string): string {
  return (statSync(file).mode & 0o777).toString(8);
}

test("a register, its log, its leads, its back-ups and its list of erasures are readable by their owner alone", async () => {
  const { folder } = await subjectOfTest();
  const [file, copy] = [join(folder, "new", "register.db"), join(folder, "copy.db")];
  mkdirSync(join(folder, "new"));
  const store = await openStore({ url: `sqlite:${file}` });
  expect([await store.lead(), await store.lead("other")]).toEqual([true, true]);
  await fill(store.ledger);
  await erase(store.privacy, textOf("e1"));
  await store.backup(copy);
  const beside = ["", "-wal", "-shm", "-lead", "-lead-other", ".erasures"].map((end) => file + end);
  for (const one of [...beside, copy]) expect([one, modeOf(one)]).toEqual([one, "600"]);
  if (existsSync(`${file}-lead-journal`)) expect(modeOf(`${file}-lead-journal`)).toBe("600");
  await store.close();
});

describe("what the house keeps by key", () => {
  test("names no conversation of a person who is erased: not as the operations place, nor as the first one of a platform", async () => {
    const { store, file } = await subjectOfTest();
    await fill(store.ledger);
    await store.people.idOf("slack:T1/U9", "who recorded");
    const ada = await store.people.idOf("slack:T1/U7ADA", "Ada");
    await store.state("slack").set("slack/direct/T1/U7ADA", "D7OWN");
    await store.state("desk").set("operations", OWN);
    await store.state("desk").set("looked-by", "rules slack");
    await store.state("first-place").set("slack", OWN);
    await store.state("first-place").set("teams", "teams:t/19:c");
    await erase(store.privacy, person(ada));
    expect(await store.state("desk").get("operations")).toBeUndefined();
    expect(await store.state("desk").get("looked-by")).toBe("rules slack");
    // The platform has had its first place: nobody else's is made one.
    expect(await store.state("first-place").get("slack")).toBe(`slack:erased/${ada}`);
    expect(await store.state("first-place").get("teams")).toBe("teams:t/19:c");
    const raw = new DatabaseSync(file, { readOnly: true });
    expect(JSON.stringify(raw.prepare("SELECT * FROM keyv").all())).not.toMatch(/D7OWN|U7ADA/);
    raw.close();
  });
});

describe("a proposal's texts", () => {
  const asked = { stream: "alpha", version: 4, by: "p2", at: minute(0), place: null, expiresAt: minute(9) };
  const event = { type: "annulled", kept: { texts: ["because"], asked: false } };

  test("are erased one by one whatever became of it, noted, and erased again in a copy that holds them", async () => {
    const { store, storeOfCopy } = await subjectOfTest();
    await fill(store.ledger);
    const { id } = await store.proposals.propose({ ...asked, event, texts: { because: "as she said" } });
    await store.proposals.settle(id, { kind: "declined", by: "p3", at: minute(1), eventId: null }, "not so");
    const copy = await storeOfCopy();
    const what = ["because", "declined", "absent"].map(
      (path) => ({ kind: "text", stream: "alpha", eventId: `proposal:${id}`, path }) as const,
    );
    const erased = await erase(store.privacy, ...what, { ...what[0]!, stream: "beta" });
    expect(erased.map(({ what: one }) => one)).toEqual(what.slice(0, 2));
    expect((await store.proposals.of(id))?.texts).toEqual({});
    expect(await erase(store.privacy, ...what)).toEqual([]);
    expect(await copy.privacy.apply(erased)).toBe(2);
    expect((await copy.proposals.of(id))?.texts).toEqual({});
    expect(await copy.privacy.apply(erased)).toBe(0);
  });

  test("of another register's proposal of that number are left alone", async () => {
    const { store } = await subjectOfTest();
    const { store: other } = await subjectOfTest();
    for (const [one, at] of [
      [store, minute(0)],
      [other, minute(1)],
    ] as const) {
      await fill(one.ledger);
      await one.proposals.propose({ ...asked, at, event, texts: { because: "as she said" } });
    }
    const erased = await erase(store.privacy, { kind: "text", stream: "alpha", eventId: "proposal:a1", path: "because" });
    expect([erased.length, await other.privacy.apply(erased)]).toEqual([1, 0]);
    expect((await other.proposals.of("a1"))?.texts).toEqual({ because: "as she said" });
  });
});

describe("what was read before an erasure", () => {
  test("is not recorded after it: nothing that was erased comes back", async () => {
    const { store } = await subjectOfTest();
    await fill(store.ledger);
    const before = await store.privacy.version();
    await erase(store.privacy, textOf("e1"));
    const stamp = { recordedAt: minute(5), by: "p1", commandId: "proposal:a1", via: "command" } as const;
    const entry = { eventId: "e9", type: "annulled", on: null, data: {}, texts: { because: "as she said" } };
    const to = [{ stream: "alpha", expectedVersion: 4, entries: [entry] }];
    expect(await store.ledger.append(to, { ...stamp, erasures: before })).toEqual({ ok: false, erased: true });
    expect((await store.ledger.head()).events).toBe(5);
    expect(await store.ledger.append(to, { ...stamp, erasures: before + 1 })).toMatchObject({ ok: true, repeated: false });
    // What is recorded already is answered so, whatever was erased since.
    expect(await store.ledger.append(to, { ...stamp, erasures: before })).toMatchObject({ ok: true, repeated: true });
  });
});
