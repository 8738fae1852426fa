import { describe, expect, test } from "vitest";
import { calendarFile } from "../../src/commands/calendar-file.ts";
import { exportIcs } from "../../src/exchange/ics.ts";
import { EDITION } from "../../src/law/edition.ts";
import type { Matter } from "../../src/matter/history.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { and, given, orderWith } from "../support/given.ts";
import { turnsDuring } from "../support/turns.ts";

const NOON = "2024-02-01T12:00:00.000Z" as Instant;
const CLOCKS = [{ id: "proof", kind: "evidence", from: "notified", period: "P2M" }];
/** A decision with everything that falls due: an order, its evidence, and a fine. */
const MATTER = given(orderWith({ clocks: CLOCKS }, { fines: [{ id: "f", amount: "5000", due: "2024-03-20" }] }));

/** A number of changes, after those of the law. */
function revision(changes: number): string {
  return String(EDITION + changes);
}

interface Entry {
  readonly [property: string]: string;
}

async function entries(matter: Matter, { now = NOON, amounts = false } = {}): Promise<readonly Entry[]> {
  const text = await calendarFile([matter], { language: "en", amounts, now });
  return text
    .replaceAll(/\r\n[ \t]/g, "")
    .split("BEGIN:VEVENT")
    .slice(1)
    .map((event) =>
      Object.fromEntries(
        event
          .split("\r\n")
          .flatMap((line) => (line.includes(":") ? [[line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]] : [])),
      ),
    );
}

async function entry(matter: Matter, uid: string, options = {}): Promise<Entry | undefined> {
  return (await entries(matter, options)).find(({ UID }) => UID === `CNIL:SAN-2024-001#${uid}@curewatch`);
}

describe("a calendar", () => {
  test("has an entry for each deadline, all day on the civil day of the authority", async () => {
    const found = await entries(MATTER);
    expect(found.map((one) => [one.UID, one["DTSTART;VALUE=DATE"], one["DTEND;VALUE=DATE"]])).toEqual([
      ["CNIL:SAN-2024-001#a-expiry@curewatch", "20240305", "20240306"],
      ["CNIL:SAN-2024-001#f-payment@curewatch", "20240320", "20240321"],
      ["CNIL:SAN-2024-001#a-proof@curewatch", "20240305", "20240306"],
    ]);
    for (const { STATUS, SEQUENCE } of found) expect([STATUS, SEQUENCE]).toEqual(["CONFIRMED", revision(0)]);
  });

  test("speaks of the day at the authority, when it is another in UTC", async () => {
    expect(await entry(MATTER, "a-expiry", { now: "2024-03-05T22:59:00.000Z" })).toBeDefined();
    expect(await entry(MATTER, "a-expiry", { now: "2024-03-05T23:01:00.000Z" })).toBeUndefined();
  });

  test("keeps the UID of a deadline that moves, under a higher SEQUENCE", async () => {
    const now = "2024-02-20T12:00:00.000Z";
    const moved = and(MATTER, { on: "2024-02-10", type: "extended", item: "a", by: "P1M", because: "asked for" });
    expect(await entry(moved, "a-expiry", { now })).toMatchObject({
      "DTSTART;VALUE=DATE": "20240405",
      SEQUENCE: revision(1),
      STATUS: "CONFIRMED",
    });
    const again = and(moved, { on: "2024-02-12", type: "extended", item: "a", until: "2024-05-01", because: "again" });
    expect(await entry(again, "a-expiry", { now })).toMatchObject({ "DTSTART;VALUE=DATE": "20240501", SEQUENCE: revision(2) });
  });

  test("cancels one for which nobody waits any more, under a higher SEQUENCE, and takes it back when the claim is rejected", async () => {
    const now = "2024-02-20T12:00:00.000Z";
    const claimed = and(MATTER, { on: "2024-02-10", type: "complied", item: "a" });
    expect(await entry(claimed, "a-expiry", { now })).toMatchObject({
      SEQUENCE: revision(1),
      STATUS: "CANCELLED",
      "DTSTART;VALUE=DATE": "20240305",
    });
    expect(await entry(claimed, "a-proof", { now })).toMatchObject({ STATUS: "CANCELLED" });
    const rejected = and(claimed, { on: "2024-02-15", type: "rejected", item: "a" });
    expect(await entry(rejected, "a-expiry", { now })).toMatchObject({ SEQUENCE: revision(2), STATUS: "CONFIRMED" });
    const paid = and(MATTER, { on: "2024-02-10", type: "paid", amount: "5000", for: "f" });
    expect(await entry(paid, "f-payment", { now })).toMatchObject({ STATUS: "CANCELLED" });
    expect(Number((await entry(paid, "f-payment", { now }))!.SEQUENCE)).toBeGreaterThan(EDITION);
  });

  test("is not moved by what moves no deadline", async () => {
    const noted = and(MATTER, { on: "2024-02-10", type: "note", text: "called them" });
    expect(await entry(noted, "a-expiry", { now: "2024-02-20T12:00:00.000Z" })).toMatchObject({ SEQUENCE: revision(0) });
  });

  test("rises with each edition of the law, which can move a day without any event", () => {
    const standing = standingNow(MATTER, day("2024-02-01"));
    const numbers = (edition?: number) => {
      const text = exportIcs([{ matter: MATTER, standing }], () => ({ summary: "entry" }), ...(edition === undefined ? [] : [edition]));
      return [...text.matchAll(/SEQUENCE:(\d+)/g)].map(([, number]) => Number(number));
    };
    expect(numbers(0)).toEqual([0, 0, 0]);
    expect(numbers(7)).toEqual([7, 7, 7]);
    expect(numbers()).toEqual([EDITION, EDITION, EDITION]);
  });

  test("rises each day for sums that are forfeited: once all were paid, the next one begins its clock anew without an event", async () => {
    const order = { ...orderWith({}), authority: "AP", currency: "EUR" };
    const paid = and(given(order), { on: "2024-03-08", type: "paid", amount: "200" });
    const at = async (now: string) => (await entries(paid, { now: now as Instant })).find(({ UID }) => UID?.includes("forfeited-payment"))!;
    const [done, anew] = [await at("2024-03-08T12:00:00.000Z"), await at("2024-03-09T12:00:00.000Z")];
    expect([done.STATUS, done["DTSTART;VALUE=DATE"]]).toEqual(["CANCELLED", "20240417"]);
    expect([anew.STATUS, anew["DTSTART;VALUE=DATE"]]).toEqual(["CONFIRMED", "20240419"]);
    expect(Number(anew.SEQUENCE)).toBeGreaterThan(Number(done.SEQUENCE));
  });

  test("holds no amount unless it was asked for", async () => {
    const bare = await calendarFile([MATTER], { language: "en", amounts: false, now: NOON });
    expect(bare).not.toMatch(/EUR|€|5,?000|DESCRIPTION/);
    expect(await entry(MATTER, "a-expiry", { amounts: true })).toMatchObject({
      DESCRIPTION: expect.stringMatching(/€100.* for each day of delay|EUR 100/),
    });
    expect(await entry(MATTER, "f-payment", { amounts: true })).toMatchObject({ DESCRIPTION: expect.stringMatching(/5(\\,)?000/) });
  });

  test("names the rate of the first day of delay, not that of a step before it", async () => {
    const penalty = { rate: "100", per: "day", steps: [{ from: "2024-03-06", rate: "700" }] };
    const stepped = given(orderWith({ penalty }));
    const text = (await entry(stepped, "a-expiry", { amounts: true }))?.DESCRIPTION;
    expect(text).toContain("700");
    expect(text).not.toContain("100");
  });

  test("is the same text as long as nothing is recorded and the day is the same", async () => {
    const at = (now: string) => calendarFile([MATTER], { language: "en", amounts: false, now: now as Instant });
    expect(await at("2024-02-01T08:00:00.000Z")).toBe(await at("2024-02-01T18:00:00.000Z"));
  });

  test("speaks of a draft's earliest day, and of the hour at which a period in hours ends", async () => {
    const draft = given({ notified: { between: ["2024-01-05", "2024-01-20"] } });
    expect((await entry(draft, "a-expiry"))?.SUMMARY ?? "").toContain("SAN-2024-001 Exemple SA");
    const hours = given(orderWith({ cure: { period: "PT72H", from: "notified", rule: "cure" } }, { notified: "2024-01-30T14:05" }));
    expect((await entry(hours, "a-expiry"))?.SUMMARY).toContain("14:05");
  });
});

test("a calendar of many matters is one, in their order, and others go first while it is written", async () => {
  const facts = (index: number) => ({ ...MATTER.facts, ref: `SAN-${index}` });
  const matters = Array.from({ length: 1_000 }, (_, index): Matter => ({ ...MATTER, key: `CNIL:SAN-${index}`, facts: facts(index) }));
  const options = { language: "en", amounts: false, now: NOON } as const;
  const { made, turns } = await turnsDuring(() => calendarFile(matters, options));
  // As often while the matters are looked at as while they are written.
  expect(turns).toBeGreaterThanOrEqual(18);
  expect(made.match(/BEGIN:VCALENDAR/g)).toHaveLength(1);
  const uids = made.replaceAll(/\r\n[ \t]/g, "").match(/(?<=^UID:).*$/gm)!;
  const each = (await entries(MATTER)).length;
  expect(uids.map((uid) => uid.slice(0, uid.indexOf("#")))).toEqual(matters.flatMap(({ key }) => Array.from({ length: each }, () => key)));
  const [begin, end] = (await calendarFile([], options)).split("END:VCALENDAR");
  expect(made.startsWith(begin!)).toBe(true);
  expect(made.endsWith(`END:VEVENT\r\nEND:VCALENDAR${end}`)).toBe(true);
});
