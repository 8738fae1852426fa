import { describe, expect, test } from "vitest";
import { contextOf, openDesk } from "../../src/app/answer.ts";
import { SILENT } from "../../src/app/log.ts";
import { dispatchLine } from "../../src/commands/dispatcher.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { PersonRef, Place, PostResult } from "../../src/ports/chat.ts";
import { deskOfTest, later, moment } from "../alerts/desk-of-test.ts";
import { ORDER } from "../support/given.ts";
import { sessionOfTest } from "../support/session.ts";
import { ANA, textOf } from "./places.ts";

const KEY = "CNIL:SAN-2024-001";
const [ONE, TWO, THREE] = ["memory:one", "memory:two", "memory:three"] as [Place, Place, Place];
/** Two weeks before the end of 5 March 2024, nine in the morning in Paris. */
const START = moment("2024-02-20T08:00");
const HOUR = 60;

/** One is told the usual stages and asks Two after four hours, which asks Three after four more; the stages of Two are others. */
async function deskWithChain(answer?: PostResult) {
  const desk = await deskOfTest(answer);
  await desk.hold();
  await desk.watch(ONE, { digest: "off", escalation: { to: TWO, afterMinutes: 4 * HOUR } });
  await desk.settle(TWO, { stages: [10, 5], escalation: { to: THREE, afterMinutes: 4 * HOUR } });
  desk.clock.set(START);
  const shared = { clock: desk.clock, log: SILENT, language: "en", zone: "Europe/Paris" } as const;
  const opened = openDesk(desk.store, shared);
  // Everybody is of the company, and reads in every place.
  const platform = { direct: () => null, audience: async () => ({ kind: "internal" }), kindOf: async () => "member" };
  opened.running.adapters = [{ name: "memory", ...platform } as never];
  let typed = 0;
  const type = (line: string, place: Place) => {
    const who = { id: `line-${++typed}`, place, person: "memory:ana" as PersonRef, personName: "ana" };
    return dispatchLine(line, COMMANDS, contextOf(opened, who, null), SILENT);
  };
  const told = (place: Place) => desk.posts.filter(({ to }) => to === place).length;
  return { ...desk, type, told };
}

describe("ack where an escalation has landed", () => {
  test("takes note of the stage that was said, though the place is told other stages, and it goes no further", async () => {
    const desk = await deskWithChain();
    await desk.runUntil(later(START, 5 * HOUR), 5);
    expect([desk.told(ONE), desk.told(TWO)]).toEqual([1, 1]);
    const answer = await desk.type("ack SAN-2024-001", TWO);
    expect(answer.json).toMatchObject({ acknowledged: [{ item: "a", deadline: "2024-03-05", stage: "14", by: "ana" }], already: [] });
    const heed = (await desk.store.attention.of([KEY])).get(KEY);
    expect(heed?.acknowledgements).toMatchObject([{ stage: "14", deadline: "2024-03-05", place: TWO }]);
    await desk.runUntil(later(START, 24 * HOUR), 5);
    expect(desk.told(THREE)).toBe(0);
  });

  test("without it the stage does go on: the test above can fail", async () => {
    const desk = await deskWithChain();
    await desk.runUntil(later(START, 24 * HOUR), 5);
    expect(desk.told(THREE)).toBe(1);
  });

  test("takes note of every stage that was said and nobody has acknowledged; of those before, only the latest is named again", async () => {
    const desk = await deskWithChain();
    await desk.settle(ONE, { digest: "off", escalation: null });
    await desk.runUntil(later(START, 8 * 24 * HOUR), 30);
    const both = await desk.type("ack SAN-2024-001", ONE);
    expect(both.json).toMatchObject({ acknowledged: [{ stage: "14" }, { stage: "7" }], already: [] });
    expect(textOf(both).match(/asks again/g)).toHaveLength(1);
    expect((await desk.type("ack SAN-2024-001", ONE)).json).toMatchObject({ acknowledged: [], already: [{ stage: "7" }] });
  });

  test("takes no note of what was said of a deadline that has moved since, nor of what could not be delivered", async () => {
    const moved = await deskWithChain();
    await moved.runUntil(later(START, 5 * HOUR), 5);
    await moved.record(KEY, { on: "2024-02-20", type: "extended", until: "2024-06-05" });
    expect((await moved.type("ack SAN-2024-001", TWO)).json).toMatchObject({ acknowledged: [], already: [] });
    const lost = await deskWithChain({ ok: false, retry: "never", reason: "archived" });
    await lost.tickAt(START);
    expect(lost.told(ONE)).toBe(1);
    expect((await lost.type("ack SAN-2024-001", TWO)).json).toMatchObject({ acknowledged: [], already: [] });
  });
});

describe("ack of a draft", () => {
  test("says that the day is the earliest possible one, and when the missing fact is asked for again", async () => {
    const session = await sessionOfTest();
    session.clock.set(moment("2024-03-10T09:00"));
    const { notified: _notified, ...draft } = { ...ORDER, decided: "2024-02-12" } as Record<string, unknown>;
    await session.bring(draft);
    session.clock.set(moment("2024-04-10T09:00"));
    const answer = await session.type("ack SAN-2024-001", ANA);
    expect(answer.json).toMatchObject({ acknowledged: [{ deadline: "2024-04-12", stage: "3", earliest: true }] });
    expect(textOf(answer)).toContain("deadline Fri 12 Apr 2024 at the earliest");
    expect(textOf(answer)).toContain("The missing fact is asked for again: Sun 14 Apr 2024");
    session.clock.set(moment("2024-04-12T12:00"));
    expect(textOf(await session.type("ack SAN-2024-001", ANA))).not.toContain("No later stage asks again");
  });
});
