import { afterEach, expect, test, vi } from "vitest";
import { TABLES } from "../../src/law/calendars/tables.ts";
import type { PostResult } from "../../src/ports/chat.ts";
import { orderWith } from "../support/given.ts";

const TABLES_AT = "../../src/law/calendars/tables.ts";
const [ONE, TWO] = ["memory:one", "memory:two"];
const KEY = "CNIL:SAN-2024-001";
/** One of its holidays was missing from the table of France by which the desk first spoke. */
const MISSING = "2024-05-01";
/** Two months from 1 March end on that day, or on the next where it is a holiday. */
const ROLLS = orderWith({ cure: { period: "P2M", from: "notified", rule: "fr-civil" } }, { notified: "2024-03-01", decided: "2024-02-28" });
const STAYS = orderWith({ cure: { period: "P2M", from: "notified", rule: "fr-civil" } }, { notified: "2024-03-05", decided: "2024-02-28" });

afterEach(() => {
  vi.doUnmock(TABLES_AT);
  vi.resetModules();
});

/** The whole program as it is with those tables: another one, as after an update. */
async function program(tables: readonly object[]) {
  vi.resetModules();
  vi.doMock(TABLES_AT, () => ({ TABLES: tables }));
  const [desk, { tick }, { rulebook, rulebookParts }, { openRegister }, { freshMemory }] = await Promise.all([
    import("./desk-of-test.ts"),
    import("../../src/alerts/tick.ts"),
    import("../../src/alerts/rulebook.ts"),
    import("../../src/alerts/register.ts"),
    import("../../src/alerts/delivery.ts"),
  ]);
  return { ...desk, tick, rulebook, rulebookParts, openRegister, freshMemory };
}

/** A desk that spoke by the table without that holiday, then the program with it; `answer` is what the platform answers after the update. */
async function updated(
  facts: object,
  { noted = true, until = "2024-05-10", answer }: { noted?: boolean; until?: string; answer?: () => PostResult } = {},
) {
  const before = TABLES.map((table) => (table.id === "FR" ? { ...table, days: table.days.filter((day) => day !== MISSING) } : table));
  const old = await program(before);
  let answers: (() => PostResult) | undefined;
  const desk = await old.deskOfTest(() => answers?.() ?? ({ ok: true, posted: `memory:${Math.random()}` } as PostResult));
  desk.clock.set(old.moment("2024-03-01T12:00"));
  await desk.hold(facts);
  await desk.watch(ONE!, { digest: "off" });
  await desk.runUntil(old.moment(`${until}T12:00`), 60);
  const said = desk.posts.length;
  expect(said).toBeGreaterThan(0);
  answers = answer;
  const parts = old.rulebookParts();
  const now = await program(TABLES);
  expect(now.rulebook()).not.toBe(old.rulebook());
  const host = {
    ...desk.host,
    register: now.openRegister(desk.store.ledger),
    memory: now.freshMemory(),
    rulebookOf: async (id: string) => (noted && id === old.rulebook() ? parts : null),
  };
  const tickAt = async (text: string) => {
    await desk.store.index.wake("all");
    desk.clock.set(now.moment(text));
    await now.tick(host);
  };
  const since = () => desk.posts.slice(said).map(({ to, text }) => ({ to, text }));
  const corrections = () => since().filter(({ text }) => text.includes("put right"));
  return { desk, host, now, tickAt, since, corrections };
}

test("what was said by a table of holidays that has changed is put right where it was said, with the old figures, the new, and the table", async () => {
  const { tickAt, corrections, desk } = await updated(ROLLS);
  await tickAt("2024-05-11T12:00");
  const said = corrections();
  expect(said.map(({ to }) => to)).toEqual([ONE]);
  const text = said[0]!.text;
  expect(text).toContain("2 May 2024");
  expect(text).toContain("said: Wed 1 May 2024");
  expect(text).toContain("holidays, France");
  expect(text).not.toContain("rule fr-civil");
  const last = (await desk.store.deliveries.about(KEY)).findLast(({ basis }) => basis.reason === "corrected")!;
  expect(last.basis).toMatchObject({ reason: "corrected", shown: { item: "a", expiry: "2024-05-02" } });
});

test("it is said once, whatever is looked at again and however often the program starts", async () => {
  const { tickAt, corrections, host, now } = await updated(ROLLS);
  for (const at of ["2024-05-11T12:00", "2024-05-11T12:05", "2024-05-12T12:00"]) await tickAt(at);
  host.memory = now.freshMemory();
  await tickAt("2024-05-13T12:00");
  expect(corrections()).toHaveLength(1);
});

test("nothing is said of a figure that the change leaves as it was", async () => {
  const { tickAt, corrections } = await updated(STAYS);
  await tickAt("2024-05-11T12:00");
  expect(corrections()).toEqual([]);
});

test("a place that was told nothing under the old table is told no correction", async () => {
  const { tickAt, corrections, desk } = await updated(ROLLS);
  await desk.watch(TWO!, { digest: "off" });
  await tickAt("2024-05-11T12:00");
  expect(corrections().map(({ to }) => to)).toEqual([ONE]);
});

test("without a note of what the old rulebook was made of, it says what may have changed", async () => {
  const { tickAt, corrections } = await updated(ROLLS, { noted: false });
  await tickAt("2024-05-11T12:00");
  expect(corrections()[0]!.text).toContain("a rule, a table of holidays, what is known of the authority, or how this program reckons");
});

test("before the period ends it puts the day right before the day comes", async () => {
  const { tickAt, corrections } = await updated(ROLLS, { until: "2024-04-26" });
  await tickAt("2024-04-27T12:00");
  expect(corrections()[0]!.text).toContain("End of the time to comply: Thu 2 May 2024 (said: Wed 1 May 2024)");
});

test("a correction that the platform would not take is tried again", async () => {
  let refuses = true;
  const answer = () => (refuses ? { ok: false, retry: "later", reason: "down" } : { ok: true, posted: "memory:x" }) as PostResult;
  const { tickAt, corrections } = await updated(ROLLS, { answer });
  await tickAt("2024-05-11T12:00");
  refuses = false;
  const tried = corrections().length;
  for (const at of ["2024-05-11T13:00", "2024-05-12T12:00"]) await tickAt(at);
  expect(corrections().length).toBeGreaterThan(tried);
});

test("an event recorded since makes no difference: the figures are reckoned from what was known when they were said", async () => {
  const { tickAt, corrections, desk } = await updated(STAYS);
  await desk.record(KEY, { type: "payment", on: "2024-05-10", amount: "100" });
  await tickAt("2024-05-11T12:00");
  expect(corrections()).toEqual([]);
});

/** The order ends far off; a clock beside it ends on the missing holiday, or on the next day. */
const appeal = (more: object) =>
  orderWith(
    {
      cure: { until: "2024-12-31", because: "set by the decision" },
      clocks: [{ id: "appeal", kind: "appeal", from: "notified", period: "P2M", rule: "fr-civil" }],
    },
    { decided: "2024-02-28", ...more },
  );

test("a clock beside the order that the change moves is put right too, once, with the rule's calendar, and again where it changes again", async () => {
  const { tickAt, corrections, desk } = await updated(appeal({ notified: "2024-03-01" }), { until: "2024-04-26" });
  await tickAt("2024-04-27T12:00");
  await tickAt("2024-04-28T12:00");
  const said = corrections();
  expect(said).toHaveLength(1);
  expect(said[0]!.text).toContain("End of the time to appeal: Thu 2 May 2024 (said: Wed 1 May 2024)");
  expect(said[0]!.text).toContain("holidays, France");
  expect(said[0]!.text).not.toContain("End of the time to comply:");
  const last = (await desk.store.deliveries.about(KEY)).findLast(({ basis }) => basis.reason === "corrected")!;
  // What is said of it next is compared with what was put right.
  expect(last.basis.shown).toMatchObject({ item: "a", clock: "appeal", deadline: "2024-05-02" });
});

test("nothing is said of a clock that the change leaves where it was", async () => {
  const { tickAt, corrections } = await updated(appeal({ notified: "2024-03-05" }), { until: "2024-04-26" });
  await tickAt("2024-04-27T12:00");
  expect(corrections()).toEqual([]);
});
