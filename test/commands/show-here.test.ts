import { describe, expect, test } from "vitest";
import type { Instant } from "../../src/time/instant.ts";
import { ANA, sessionAt, textOf } from "./places.ts";

/** SAN-2024-001 ends on 5 March 2024, a Tuesday: none of its usual stages is reached. */
const EARLY = "2024-01-08T11:00:00.000Z";
const SHOW = "show SAN-2024-001";
const ENDS = "next: end of the time to comply, Tue 5 Mar 2024";

type Session = Awaited<ReturnType<typeof sessionAt>>;

async function nextHere(session: Session): Promise<string> {
  return /next: .*/.exec(textOf(await session.type(SHOW, ANA)))?.[0] ?? "";
}

describe("what show names next is what this place will be told", () => {
  test("where nothing is watched, the deadline itself", async () => {
    const session = await sessionAt(EARLY);
    expect(await nextHere(session)).toBe(ENDS);
    await session.ask("watch authority:ICO", ANA);
    expect(await nextHere(session)).toBe(ENDS);
  });

  test("where it is watched, the next usual stage until its hour", async () => {
    const session = await sessionAt(EARLY);
    await session.ask("watch", ANA);
    expect(await nextHere(session)).toBe("next: 30 days left, Sun 4 Feb");
    session.clock.set("2024-02-20T07:59:00.000Z" as Instant);
    expect(await nextHere(session)).toBe("next: 14 days left, Tue 20 Feb");
    session.clock.set("2024-02-20T08:00:00.000Z" as Instant);
    expect(await nextHere(session)).toBe("next: 7 days left, Tue 27 Feb");
  });

  test("by the stages and weekdays of the place", async () => {
    const session = await sessionAt(EARLY);
    await session.ask("watch --stages 60,16 --weekdays mon-fri", ANA);
    // 16 days before is Sunday 18 February: it is said on the Friday before.
    expect(await nextHere(session)).toBe("next: 18 days left, Fri 16 Feb");
  });

  test("not before the day until which the place has put it off, and nothing silences the last stages", async () => {
    const session = await sessionAt(EARLY);
    await session.ask("watch --stages 60,14 --weekdays mon-fri", ANA);
    await session.ask("snooze SAN-2024-001 until 2024-02-28", ANA);
    expect(await nextHere(session)).toBe("next: 6 days left, Wed 28 Feb");
    await session.ask("snooze SAN-2024-001 until 2024-03-04", ANA);
    expect(await nextHere(session)).toBe("next: 4 days left, Fri 1 Mar");
    // What was put off until then is out of date by then.
    session.clock.set("2024-03-01T12:00:00.000Z" as Instant);
    expect(await nextHere(session)).toBe("next: 1 day left, Mon 4 Mar");
  });

  test("nothing of a past day: there the deadline stands", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    await session.ask("watch", ANA);
    expect(textOf(await session.type(`${SHOW} --on 2024-02-20`, ANA))).toContain(ENDS);
  });
});

describe("a snooze past the expiry", () => {
  type Shown = { readonly snoozed: { readonly pastExpiry: boolean } };
  type Digest = { readonly snoozed: readonly Shown[] };

  async function answers(session: Session) {
    const shown = await session.ask<Shown>(SHOW, ANA);
    const digest = await session.ask<Digest>("digest", ANA);
    return [shown.snoozed.pastExpiry, ...digest.snoozed.map(({ snoozed }) => (snoozed as unknown as Shown["snoozed"]).pastExpiry)];
  }

  test("is one in show and in the digest, also before any stage is reached", async () => {
    const session = await sessionAt(EARLY);
    await session.ask("watch", ANA);
    await session.ask("snooze SAN-2024-001 until 2024-03-12 --past-expiry", ANA);
    expect(await answers(session)).toEqual([true, true]);
    await session.ask("snooze SAN-2024-001 until 2024-03-01", ANA);
    expect(await answers(session)).toEqual([false, false]);
  });

  test("is none in either where the time had ended before", async () => {
    const session = await sessionAt("2024-03-20T11:00:00.000Z");
    await session.ask("watch", ANA);
    await session.ask("snooze SAN-2024-001 until 2024-04-10 --past-expiry", ANA);
    expect(await answers(session)).toEqual([false, false]);
  });
});
