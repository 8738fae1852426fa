import { describe, expect, test } from "vitest";
import type { Instant } from "../../src/time/instant.ts";
import { ANA, BEN, ORDERS, sessionAt, textOf } from "./places.ts";

/** Twelve days before the expiry of 5 March 2024, a Tuesday: the 14-day stage is the latest. */
const NOON = "2024-02-22T11:00:00.000Z";
const REF = "SAN-2024-001";
const KEY = "CNIL:SAN-2024-001";
const EXPIRY = "2024-03-05";

describe("ack", () => {
  test("takes note of the latest stage, and says when the next one asks again", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch", ANA);
    const answer = await session.type(`ack ${REF}`, ANA);
    expect(answer.json).toEqual({
      ref: REF,
      acknowledged: [{ item: "a", deadline: EXPIRY, stage: "14", by: "ana", at: NOON }],
      already: [],
    });
    expect(textOf(answer)).toMatch(
      new RegExp(`^Acknowledged · ${REF}\n- .*deadline Tue 5 Mar 2024 · acknowledged by @ana, Thu 22 Feb, 12:00 · `),
    );
    expect(textOf(answer)).toContain("The next stage asks again: Tue 27 Feb 2024 (7 days left)");
  });

  test("what is acknowledged already says by whom and when, wherever it was", async () => {
    const session = await sessionAt(NOON);
    await session.ask(`ack ${REF}`, ANA);
    session.clock.set("2024-02-23T08:30:00.000Z" as Instant);
    const answer = await session.type(`ack ${REF}`, BEN);
    expect(answer.json).toEqual({
      ref: REF,
      acknowledged: [],
      already: [{ item: "a", deadline: EXPIRY, stage: "14", by: "ana", at: NOON }],
    });
    expect(textOf(answer)).toMatch(new RegExp(`^Acknowledged already · ${REF}\n.* · acknowledged already by @ana, Thu 22 Feb, 12:00`));
  });

  test("lapses with the next stage, which is to be acknowledged anew", async () => {
    const session = await sessionAt(NOON);
    await session.ask(`ack ${REF}`, ANA);
    session.clock.set("2024-02-27T08:00:00.000Z" as Instant);
    expect(await session.ask(`ack ${REF}`, BEN)).toMatchObject({ acknowledged: [{ stage: "7", by: "ben" }], already: [] });
  });

  test("asks again when the place is spoken to, not when the calendar says so", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch --stages 10,5", ANA);
    session.clock.set("2024-02-24T12:00:00.000Z" as Instant);
    // 10 days before was Saturday; of the place's own stages 5 days before is Thursday.
    expect(textOf(await session.type(`ack ${REF}`, ANA))).toContain("asks again: Thu 29 Feb 2024 (5 days left)");
    await session.ask("watch --weekdays mon-wed", ANA);
    expect(textOf(await session.type(`ack ${REF}`, ANA))).toContain("asks again: Wed 28 Feb 2024 (6 days left)");
  });

  test("where nothing is reached yet, or an item is not known, that is said", async () => {
    const session = await sessionAt("2024-01-08T11:00:00.000Z");
    const answer = await session.type(`ack ${REF}`, ANA);
    expect([answer.status, answer.json]).toEqual([0, { ref: REF, acknowledged: [], already: [] }]);
    expect(textOf(answer)).toMatch(/^There is nothing to acknowledge now in SAN-2024-001/);
    expect((await session.type(`ack ${REF} b`, ANA)).json).toMatchObject({ error: { code: "item-unknown" } });
    expect((await session.type("ack SAN-2099-001", ANA)).json).toMatchObject({ error: { code: "matter-not-found" } });
  });

  test("after the end it is the total, or that it is overdue", async () => {
    const session = await sessionAt("2024-03-20T11:00:00.000Z");
    const total = await session.type(`ack ${REF} a`, ANA);
    expect(total.json).toMatchObject({ acknowledged: [{ deadline: EXPIRY, stage: "total 2024-03-19" }] });
    expect(textOf(total)).toMatch(/asks again: Tue 26 Mar 2024$/m);
    const overdue = await session.type("ack SAN-2024-002", ANA);
    expect(overdue.json).toMatchObject({ acknowledged: [{ stage: "overdue" }] });
    expect(textOf(overdue)).toContain("No later stage asks again");
  });

  test("is written at once, and makes the matter be looked at", async () => {
    const session = await sessionAt(NOON);
    const before = session.nudges();
    await session.ask(`ack ${REF}`, ANA);
    expect(session.nudges()).toBe(before + 1);
    const heed = (await session.store.attention.of([KEY])).get(KEY);
    expect(heed?.acknowledgements).toMatchObject([{ place: ANA.place, stage: "14", deadline: EXPIRY, at: NOON }]);
  });
});

describe("snooze", () => {
  test("puts off until a day, and says what is said all the same", async () => {
    const session = await sessionAt(NOON);
    const answer = await session.type(`snooze ${REF} until 2024-03-01`, ANA);
    expect(answer.json).toMatchObject({ ref: REF, place: ANA.place, until: "2024-03-01", by: "ana" });
    expect(textOf(answer)).toMatch(/^SAN-2024-001: this place is not reminded before Fri 1 Mar 2024\n/);
    expect(textOf(answer)).toContain(
      "Said all the same: 3, 1, 0 days before a deadline, the last working day before it, what is overdue, and escalations",
    );
    expect((await session.store.attention.of([KEY])).get(KEY)?.snoozes).toMatchObject([{ place: ANA.place, until: "2024-03-01" }]);
  });

  test("--off lifts it here and nowhere else, and says when there was nothing to lift", async () => {
    const session = await sessionAt(NOON);
    await session.ask(`snooze ${REF} until 2024-03-01`, ANA);
    await session.ask(`snooze ${REF} until 2024-02-28`, BEN);
    expect(await session.ask(`snooze ${REF} --off`, ANA)).toMatchObject({ until: null, lifted: true });
    expect(await session.ask(`snooze ${REF} --off`, ANA)).toMatchObject({ lifted: false });
    expect((await session.store.attention.of([KEY])).get(KEY)?.snoozes).toMatchObject([{ place: BEN.place, until: "2024-02-28" }]);
  });

  test.each(["2024-03-05", "2024-04-01"])(
    "until %s, on or past the deadline, is questioned; the line that means it is named, and taken",
    async (day) => {
      const session = await sessionAt(NOON);
      const asked = await session.type(`snooze ${REF} until ${day}`, ANA);
      const line = `snooze ${KEY} until ${day} --past-expiry`;
      expect([asked.status, asked.json]).toMatchObject([1, { error: { code: "snooze-past-expiry" } }]);
      expect(asked.errors.join()).toContain(`end of the time to comply, Tue 5 Mar 2024. If that is meant, type: ${line}`);
      const buttons = asked.cards.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])));
      expect(buttons).toMatchObject([{ command: line, confirm: expect.stringContaining("The deadline itself does not move") }]);
      expect((await session.store.attention.of([KEY])).size).toBe(0);
      expect(await session.ask(line, ANA)).toMatchObject({ until: day });
    },
  );

  test("of a penalty that runs is questioned too: its time has ended", async () => {
    const session = await sessionAt("2024-03-20T11:00:00.000Z");
    expect((await session.type(`snooze ${REF} until 2024-04-01`, ANA)).json).toMatchObject({ error: { code: "snooze-past-expiry" } });
  });

  test.each([
    [`snooze ${REF} until 2024-02-22`, "snooze-not-ahead", 1],
    [`snooze ${REF} until 2024-02-01 --past-expiry`, "snooze-not-ahead", 1],
    [`snooze ${REF} until 2025-02-23 --past-expiry`, "snooze-too-far", 1],
    [`snooze ${REF} until tomorrow`, "value-invalid", 2],
    [`snooze ${REF} till 2024-03-01`, "value-invalid", 2],
    [`snooze ${REF} 2024-03-01`, "value-invalid", 2],
    [`snooze ${REF}`, "argument-missing", 2],
    [`snooze ${REF} until`, "argument-missing", 2],
    [`snooze ${REF} until 2024-03-01 --off`, "snooze-off-alone", 2],
    ["snooze SAN-2099-001 --off", "matter-not-found", 1],
  ])("%s is refused: %s", async (line, code, status) => {
    const session = await sessionAt(NOON);
    const answer = await session.type(line, ANA);
    expect([answer.status, answer.json]).toMatchObject([status, { error: { code } }]);
    expect((await session.store.attention.of([KEY])).size).toBe(0);
  });

  test("a reference of several words is read up to the word until", async () => {
    const session = await sessionAt(NOON);
    expect(await session.ask("snooze san 2024 001 until 2024-03-01", ANA)).toMatchObject({ ref: REF });
  });

  test("366 days are taken, where nothing passes meanwhile or it is meant", async () => {
    const session = await sessionAt(NOON);
    expect(await session.ask(`snooze ${REF} until 2025-02-22 --past-expiry`, ANA)).toMatchObject({ until: "2025-02-22" });
  });
});

describe("assign", () => {
  test("records the event of today, for the assignee or the owner", async () => {
    const session = await sessionAt(NOON);
    const answer = await session.ask<object>(`assign ${REF} to Ana Martin`, BEN);
    expect(answer).toMatchObject({
      assignedTo: "Ana Martin",
      ownedBy: null,
      recorded: { type: "assigned", on: "2024-02-22", to: "Ana Martin" },
    });
    const owned = await session.type(`assign ${REF} to me --as owner`, BEN);
    expect(owned.json).toMatchObject({ assignedTo: "Ana Martin", ownedBy: "ben", recorded: { as: "owner", to: "ben" } });
    expect(textOf(owned)).toContain("Owned by ben");
    expect(textOf(await session.type(`show ${REF}`, BEN))).toContain("@Ana Martin · owner: @ben");
  });

  test("the owner stands alone where nobody is assigned, and a file's assigned is the assignee's", async () => {
    const session = await sessionAt(NOON);
    await session.ask(`assign ${REF} to @ben --as owner`, ANA);
    expect(textOf(await session.type(`show ${REF}`, BEN))).toMatch(/^owner: @ben · next/m);
    await session.ask(`assigned ${REF} --on 2024-02-22 --to @ana --as assignee`, ANA);
    expect(await session.ask<object>(`show ${REF}`)).toMatchObject({ assignedTo: "@ana", ownedBy: "@ben" });
  });

  test("a file may say assignee or leave it out: it is the same event, and an owner is another one", async () => {
    const session = await sessionAt(NOON);
    const event = { on: "2024-02-20", type: "assigned", to: "@ana" };
    const [first] = ORDERS;
    expect((await session.bring({ ...first, events: [event] })).answer).toMatchObject({ updated: [REF] });
    expect((await session.bring({ ...first, events: [{ ...event, as: "assignee" }] })).answer).toMatchObject({ unchanged: [REF] });
    const both = [event, { ...event, as: "owner" }];
    expect((await session.bring({ ...first, events: both })).answer).toMatchObject({ updated: [REF] });
    expect(await session.ask<object>(`show ${REF}`)).toMatchObject({ assignedTo: "@ana", ownedBy: "@ana" });
    expect((await session.bring({ ...first, events: [event, { ...event, as: "boss" }] })).status).toBe(1);
  });

  test("makes what delivers look at once", async () => {
    const session = await sessionAt(NOON);
    const before = session.nudges();
    await session.ask(`assign ${REF} to ana`, BEN);
    expect(session.nudges()).toBe(before + 1);
  });

  test.each([
    [`assign ${REF} ana`, 2],
    [`assign ${REF} to`, 2],
    [`assign ${REF} to ana --as boss`, 2],
    ["assign SAN-2099-001 to ana", 1],
  ])("%s is refused", async (line, status) => {
    const session = await sessionAt(NOON);
    const before = await session.head();
    expect((await session.type(line, ANA)).status).toBe(status);
    expect(await session.head()).toBe(before);
  });
});
