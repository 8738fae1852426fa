import { describe, expect, test } from "vitest";
import type { Answered } from "../../src/commands/dispatcher.ts";
import { lastSaid } from "../../src/commands/stale.ts";
import type { Action } from "../../src/ports/card.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Session, Typist } from "../support/session.ts";
import { ANA, BEN, sessionAt, textOf } from "./places.ts";

/** The button of the card that was posted 14 days before the expiry of 5 March 2024. */
const BUTTON = "ack CNIL:SAN-2024-001 a --stage 14 --deadline 2024-03-05";
const FRENCH: Typist = { ...BEN, language: "fr" };

function plain(answered: Answered): string {
  return textOf(answered).replace(/[\u00a0\u202f]/g, " ");
}

function buttons({ cards }: Answered): readonly Action[] {
  return cards.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])));
}

async function given(session: Session): Promise<number> {
  return (await session.store.attention.of(["CNIL:SAN-2024-001"])).get("CNIL:SAN-2024-001")?.acknowledgements.length ?? 0;
}

function at(session: Session, moment: string): void {
  session.clock.set(`${moment}:00.000Z` as Instant);
}

describe("the button that acknowledges", () => {
  test("takes note of the stage of its card while that stands", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    expect(plain(await session.type(BUTTON, ANA))).toMatch(
      /^Acknowledged · SAN-2024-001\n- 14-day reminder, deadline .* · acknowledged by @ana/,
    );
    expect(await given(session)).toBe(1);
  });

  test("pressed again says who had taken note, and when, and records nothing", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    await session.type(BUTTON, ANA);
    at(session, "2024-02-22T15:30");
    expect(plain(await session.type(BUTTON, BEN))).toMatch(/^Acknowledged already[\s\S]*acknowledged already by @ana, Thu 22 Feb, 12:00/);
    expect(plain(await session.type(BUTTON, FRENCH))).toMatch(/@ana, (le )?jeu\. 22 févr\., 12 h/);
    expect(await given(session)).toBe(1);
  });

  test.each([
    "ack CNIL:SAN-2024-001 a --stage 14",
    "ack CNIL:SAN-2024-001 a --deadline 2024-03-05",
    "ack CNIL:SAN-2024-001 --stage 14 --deadline 2024-03-05",
    "ack CNIL:SAN-2024-001 a --stage soon --deadline 2024-03-05",
  ])("that names its stage by half is not understood, and records nothing: %s", async (line) => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    expect(await session.type(line, ANA)).toMatchObject({ status: 2 });
    expect(await given(session)).toBe(0);
  });

  test("of a stage that is over, and was acknowledged, does not take note of the one that asks now", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    await session.type(BUTTON, ANA);
    at(session, "2024-02-28T11:00");
    const answered = await session.type(BUTTON, BEN);
    expect(plain(answered)).toMatch(/^Acknowledged already · SAN-2024-001\n.*acknowledged already by @ana, Thu 22 Feb, 12:00/);
    expect(plain(answered)).toContain("What asks now: 7-day reminder, deadline Tue 5 Mar 2024");
    expect(await given(session)).toBe(1);
    const [button] = buttons(answered);
    expect(button!.command).toBe("ack CNIL:SAN-2024-001 a --stage 7 --deadline 2024-03-05");
    expect(plain(await session.type(button!.command, BEN))).toMatch(/^Acknowledged · [\s\S]*acknowledged by @ben/);
    expect(await given(session)).toBe(2);
  });

  test("of a deadline that has moved says to which day, by whom and when, and records nothing", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    await session.type("extended SAN-2024-001 --on 2024-02-22 --until 2024-03-31 --because asked", ANA);
    at(session, "2024-02-23T08:00");
    const text = plain(await session.type(BUTTON, BEN));
    expect(text).toMatch(
      /^An earlier card of SAN-2024-001: nothing was recorded\nIt was about the deadline of Tue 5 Mar 2024, which has moved to Sun 31 Mar 2024/,
    );
    expect(text).toContain("Time to comply extended to Sun 31 Mar 2024 · because: asked (recorded by @ana, Thu 22 Feb 2024, 12:00)");
    expect(plain(await session.type(BUTTON, FRENCH))).toMatch(
      /^Une carte antérieure de SAN-2024-001 : rien n’a été enregistré\n.*déplacée au dim\. 31 mars 2024\n.*enregistré par @ana, jeu\. 22 févr\. 2024, 12 h/,
    );
    expect(await given(session)).toBe(0);
  });

  test("of a matter that was closed since says who closed it, and when", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    at(session, "2024-03-03T08:12");
    await session.type("closed SAN-2024-001 --on 2024-03-03 --ref SAN-2024-018", ANA);
    for (const line of [BUTTON, "ack CNIL:SAN-2024-001"]) {
      const answered = await session.type(line, BEN);
      expect(plain(answered), line).toContain("Closed by the authority · SAN-2024-018 (recorded by @ana, Sun 3 Mar 2024, 09:12)");
      expect(answered.json, line).toMatchObject({ acknowledged: [], already: [] });
      expect(plain(await session.type(line, FRENCH)), line).toMatch(
        /Clôture.* · SAN-2024-018 \(enregistré par @ana, dim\. 3 mars 2024, 9 h 12\)/,
      );
    }
    expect(await given(session)).toBe(0);
  });
});

describe("other buttons of earlier cards", () => {
  test("a closed matter is not put off: who closed it, and when", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    await session.type("closed SAN-2024-001 --on 2024-02-22", ANA);
    const answered = await session.type("snooze CNIL:SAN-2024-001 until 2024-03-01", BEN);
    expect(answered).toMatchObject({ status: 1, json: { error: { code: "snooze-over" } } });
    expect(plain(answered)).toContain(
      "There is nothing left to put off in SAN-2024-001. Closed by the authority (recorded by @ana, Thu 22 Feb 2024, 12:00)",
    );
    expect(plain(await session.type("snooze CNIL:SAN-2024-001 until 2024-03-01", FRENCH))).toMatch(
      /plus rien à reporter.*enregistré par @ana/,
    );
    expect((await session.store.attention.of(["CNIL:SAN-2024-001"])).size).toBe(0);
  });

  test("compliance is claimed once: who claimed it, and when; nothing is recorded twice", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    const line = "complied CNIL:SAN-2024-001 --on 2024-02-22";
    expect((await session.type(line, ANA)).status).toBe(0);
    const head = await session.head();
    const answered = await session.type(line, BEN);
    expect(answered).toMatchObject({ status: 1, json: { error: { code: "claim-stands" } } });
    expect(plain(answered)).toContain(
      "Compliance claimed; the authority has not decided on it yet (recorded by @ana, Thu 22 Feb 2024, 12:00)",
    );
    expect(plain(await session.type(line, FRENCH))).toMatch(/enregistré par @ana, jeu\. 22 févr\. 2024, 12 h/);
    expect(await session.head()).toBe(head);
  });

  test("a form that was shown, asked for again by its item as it stood in it, does not open once that item is claimed", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    const { form } = await session.type("form complied CNIL:SAN-2024-001 --item a", BEN);
    const [item] = form!.fields.find(({ name }) => name === "item")!.initial!;
    const again = `form complied CNIL:SAN-2024-001 --item ${item}`;
    expect((await session.type(again, BEN)).form?.fields.find(({ name }) => name === "item")?.initial).toEqual([item]);
    await session.type("complied CNIL:SAN-2024-001 --item a --on 2024-02-22", ANA);
    const claimed = await session.type(again, BEN);
    expect(claimed.form).toBeUndefined();
    expect(plain(claimed)).toBe(plain(await session.type("form complied CNIL:SAN-2024-001 --item a", BEN)));
    expect(plain(claimed)).toContain("recorded by @ana");
  });

  test("a form that would come to nothing is not opened: what has happened is said instead", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    const opened = await session.type("form snooze CNIL:SAN-2024-001", BEN);
    expect(opened.form?.fields.find(({ name }) => name === "day")?.initial).toEqual(["2024-02-27"]);
    expect((await session.type("form complied CNIL:SAN-2024-001", BEN)).form).toBeDefined();
    await session.type("complied CNIL:SAN-2024-001 --on 2024-02-22", ANA);
    const claimed = await session.type("form complied CNIL:SAN-2024-001", BEN);
    expect(claimed).toMatchObject({ status: 1, json: { error: { code: "claim-stands" } } });
    expect(plain(claimed)).toContain("(recorded by @ana, Thu 22 Feb 2024, 12:00)");
    await session.type("closed CNIL:SAN-2024-001 --on 2024-02-22", ANA);
    const closed = await session.type("form snooze CNIL:SAN-2024-001", FRENCH);
    expect(closed).toMatchObject({ status: 1, json: { error: { code: "snooze-over" } } });
    expect(closed.form).toBeUndefined();
    expect(plain(closed)).toContain("(enregistré par @ana, jeu. 22 févr. 2024, 12 h)");
  });

  test("what moves the clock of a matter that has ended is refused with who ended it", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    await session.type("withdrawn SAN-2024-001 --on 2024-02-20", ANA);
    const answered = await session.type("extended CNIL:SAN-2024-001 --on 2024-02-22 --until 2024-04-01", BEN);
    expect(answered).toMatchObject({ status: 1, json: { error: { code: "item-ended" } } });
    expect(plain(answered)).toContain("Tue 20 Feb 2024: Withdrawn (recorded by @ana, Thu 22 Feb 2024, 12:00)");
  });

  test("a matter that this register does not have is named, and nothing is recorded", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    const head = await session.head();
    for (const line of ["ack AP:GONE-1", "snooze AP:GONE-1 until 2024-03-01", "show AP:GONE-1", "complied AP:GONE-1 --on 2024-02-22"])
      expect((await session.type(line, BEN)).errors[0], line).toContain("AP:GONE-1");
    expect(await session.head()).toBe(head);
  });

  test("who recorded it and was erased since is not named", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    await session.type("closed SAN-2024-001 --on 2024-02-22", ANA);
    const context = session.context(BEN);
    const people = { ...session.store.people, nameOf: async () => null };
    const matter = (await context.register.matter("CNIL:SAN-2024-001"))!;
    expect(await lastSaid(matter, ["closed"], null, { ...context, store: { ...context.store, people } })).toMatch(
      /Closed .*\(recorded by somebody whose name was erased, /,
    );
  });
});
