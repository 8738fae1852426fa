import { describe, expect, test } from "vitest";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import type { Outcome } from "../../src/ports/delivery-log.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Session } from "../support/session.ts";
import { ANA, BEN, EVE, sessionAt, textOf } from "./places.ts";

const NOON = "2024-02-22T11:00:00.000Z" as Instant;

describe("escalate", () => {
  test("goes to a place by its id, after its delay, and says what it does not do", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch", ANA);
    const answer = await session.type("escalate --to slack:T1/C2 --after 30m", ANA);
    expect(answer.json).toEqual({ place: ANA.place, escalation: { to: BEN.place, afterMinutes: 30 } });
    expect(textOf(answer)).toMatch(/^Escalation is set\nWhat nobody acknowledges here goes to slack:T1\/C2, after 30 minutes/);
    expect(textOf(answer)).toContain("it calls no @channel");
    expect(await session.ask("watches", ANA)).toMatchObject({ settings: { escalation: { to: BEN.place, afterMinutes: 30 } } });
    expect(await session.ask("escalate --off", ANA)).toEqual({ place: ANA.place, escalation: null, removed: true });
    expect(await session.ask("escalate --off", ANA)).toMatchObject({ removed: false });
  });

  test.each([
    ["@Ben", "by name", "4h", 240],
    ["slack:T1/U2", "as a mention", "2d", 2880],
  ])("goes to %s, a person %s, in their own conversation", async (to, _how, after, afterMinutes) => {
    const session = await sessionAt(NOON);
    await session.ask("watch", ANA);
    await session.ask("ack SAN-2024-001", BEN);
    expect(await session.ask(`escalate --to ${to} --after ${after}`, ANA)).toMatchObject({
      escalation: { to: "slack:T1/U2", afterMinutes },
    });
  });

  test("a platform of which nothing is known yet is taken, and said", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch", ANA);
    const said = "Nothing is known of slak here yet";
    expect(textOf(await session.type("escalate --to slak:T1/C2 --after 4h", ANA))).toContain(said);
    expect(textOf(await session.type("escalate --to slack:T1/C2 --after 4h", ANA))).not.toContain("Nothing is known");
  });

  test("keeps the watches and the other settings of the place", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch tag:dpo --at 08:15", ANA);
    await session.ask("escalate --to slack:T1/C2 --after 5m", ANA);
    expect(await session.store.subscriptions.of(ANA.place)).toMatchObject({ at: "08:15", watches: [{ filters: ["tag:dpo"] }] });
  });

  test.each([
    ["escalate", "argument-missing", 2],
    ["escalate --to slack:T1/C2", "argument-missing", 2],
    ["escalate --after 4h", "argument-missing", 2],
    ["escalate --off --after 4h", "escalate-off-alone", 2],
    ["escalate --to slack:T1/C2 --after soon", "value-invalid", 2],
    ["escalate --to slack:T1/C2 --after 4m", "escalate-after", 1],
    ["escalate --to slack:T1/C2 --after 31d", "escalate-after", 1],
    ["escalate --to slack:T1/C1 --after 4h", "escalate-itself", 1],
    ["escalate --to slack:T1/C9 --after 4h", "escalate-cycle", 1],
    ["escalate --to nobody --after 4h", "person-unknown", 1],
    ["escalate --to eve --after 4h", "person-no-direct", 1],
    ["escalate --to @sam --after 4h", "person-ambiguous", 1],
    ["escalate --to slack: --after 4h", "place-unread", 2],
  ])("%s is refused: %s", async (line, code, status) => {
    const session = await sessionAt(NOON);
    await session.ask("watch", ANA);
    await session.ask("watch", EVE);
    for (const number of [7, 8]) await session.store.people.idOf(`slack:T1/U${number}`, "Sam");
    await session.ask("watch", { ...BEN, place: "slack:T1/C9" as Place });
    await session.ask("escalate --to slack:T1/C1 --after 4h", { ...BEN, place: "slack:T1/C9" as Place });
    const answer = await session.type(line, ANA);
    expect([answer.status, answer.json]).toMatchObject([status, { error: { code } }]);
    expect((await session.store.subscriptions.of(ANA.place))?.escalation).toBeNull();
  });

  test("a place that is reminded of nothing has nothing to escalate", async () => {
    const session = await sessionAt(NOON);
    const line = "escalate --to slack:T1/C2 --after 4h";
    expect((await session.type(line, ANA)).json).toMatchObject({ error: { code: "escalate-not-watching" } });
    await session.ask("mine");
    expect((await session.type(line)).json).toMatchObject({ error: { code: "escalate-not-watching" } });
  });
});

describe("operations", () => {
  const named = (session: Session) => session.store.state("desk").get("operations");

  test.each(["operations here", "operations --here"])("%s names this place, and --off nobody", async (line) => {
    const session = await sessionAt(NOON);
    expect(textOf(await session.type("operations", ANA))).toMatch(/^No place is named/);
    expect(await session.ask(line, ANA)).toEqual({ operations: ANA.place, configured: false });
    expect(await named(session)).toBe(ANA.place);
    expect(textOf(await session.type("operations", BEN))).toMatch(/\nslack:T1\/C1 hears of what could not be delivered/);
    expect(await session.ask("operations --off", BEN)).toEqual({ operations: null, configured: false });
    expect(await named(session)).toBeUndefined();
  });

  test("the configuration's place holds until another is named, and again after that", async () => {
    const session = await sessionAt(NOON);
    const by = { ...ANA, operations: BEN.place };
    expect(await session.ask("operations", by)).toEqual({ operations: BEN.place, configured: true });
    expect(await session.ask("operations here", by)).toEqual({ operations: ANA.place, configured: false });
    expect(await session.ask("operations --off", by)).toEqual({ operations: BEN.place, configured: true });
  });

  test.each(["operations there", "operations here --off", "operations --here --off"])("%s is not understood", async (line) => {
    const session = await sessionAt(NOON);
    expect((await session.type(line, ANA)).status).toBe(2);
    expect(await named(session)).toBeUndefined();
  });
});

describe("undelivered", () => {
  /** One delivery of each kind of outcome, of which two are waiting and one is given up, in one place each. */
  async function lost(session: Session): Promise<void> {
    const outcomes: readonly (readonly [string, Outcome])[] = [
      ["slack:T1/C1", { kind: "never", reason: "The channel is archived." }],
      ["slack:T1/C2", { kind: "later", reason: "Slack asks to wait.", notBefore: NOON }],
    ];
    for (const [place, outcome] of outcomes) {
      const key = `["${place}","x"]` as DeliveryKey;
      const rest = { stream: "CNIL:SAN-2024-001", version: 1, head: "h", rulebook: "r", shown: null };
      const basis = { place: place as Place, kind: "reminder", reason: "stage-reached" as const, ...rest };
      await session.store.deliveries.turn([], [{ key, message: key, basis }], NOON);
      await session.store.deliveries.turn([{ key, outcome }], [], NOON);
    }
  }

  test("says what cannot go on to a place that is another desk's by now, and nothing of that while it is this one's", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch", ANA);
    await session.ask("escalate --to slack:T1/C2 --after 30m", ANA);
    expect(await session.ask("undelivered", ANA)).toEqual({ undelivered: [] });
    const lent = { ...ANA, ...{ owns: (place: Place) => place !== BEN.place } };
    const answer = await session.type("undelivered", lent);
    expect(textOf(answer)).toMatch(/^An escalation goes nowhere\nWhat nobody acknowledges in slack:T1\/C1 does not go to slack:T1\/C2/);
    expect(answer.json).toEqual({ undelivered: [], elsewhere: [{ from: ANA.place, to: BEN.place }] });
    expect((await session.type("escalate --to slack:T1/C2 --after 30m", lent)).json).toMatchObject({ error: { code: "place-unknown" } });
  });

  test("says what, where, why, since when, and whether it is still tried", async () => {
    const session = await sessionAt(NOON);
    expect(textOf(await session.type("undelivered", ANA))).toBe("Everything was delivered");
    await lost(session);
    const answer = await session.type("undelivered", ANA);
    expect(answer.json).toEqual({
      undelivered: [
        { place: ANA.place, ref: "SAN-2024-001", kind: "reminder", reason: "The channel is archived.", at: NOON, retried: false },
        { place: BEN.place, ref: "SAN-2024-001", kind: "reminder", reason: "Slack asks to wait.", at: NOON, retried: true },
      ],
    });
    const text = textOf(answer);
    expect(text).toMatch(/^2 messages were not delivered\n/);
    expect(text).toMatch(/SAN-2024-001 · .*to slack:T1\/C1 · The channel is archived\. · since Thu 22 Feb, 12:00 · given up/);
    expect(text).toMatch(/to slack:T1\/C2 · Slack asks to wait\. · since Thu 22 Feb, 12:00 · still tried/);
    expect(text).toContain("undelivered --again slack:T1/C1");
    expect(text).not.toContain("undelivered --again slack:T1/C2");
  });

  test("--again tries once more what was given up there, and nothing elsewhere", async () => {
    const session = await sessionAt(NOON);
    await lost(session);
    const before = session.nudges();
    expect(await session.ask("undelivered --again slack:T1/C2", ANA)).toMatchObject({ again: { revived: 0 } });
    const answer = await session.type(`undelivered --again ${ANA.place}`, ANA);
    expect(answer.json).toMatchObject({ again: { place: ANA.place, revived: 1 }, undelivered: [{ retried: true }, { retried: true }] });
    expect(textOf(answer)).toContain("1 message is tried again in slack:T1/C1");
    expect(session.nudges()).toBeGreaterThan(before);
    expect(await session.ask(`undelivered --again ${ANA.place}`, ANA)).toMatchObject({ again: { revived: 0 } });
  });

  test("a place that is none is not understood", async () => {
    const session = await sessionAt(NOON);
    expect((await session.type("undelivered --again general", ANA)).status).toBe(2);
  });
});
