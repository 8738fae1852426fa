import { expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { digestOf } from "../../src/alerts/digest.ts";
import type { Heeded } from "../../src/alerts/digest-looks.ts";
import type { DigestContents, DigestForm } from "../../src/cards/contents.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { matterOf } from "./kourou.ts";

const ANA = { on: "2023-12-20", type: "assigned", to: "@ana" };
const ACKNOWLEDGED = { name: "ana", at: "2024-02-18T23:30:00.000Z" as Instant, stage: "0" };

function digest(matters: readonly ReturnType<typeof matterOf>[], heeded: Partial<Heeded>, form: DigestForm = "daily"): DigestContents {
  return digestOf({
    matters,
    day: day("2024-02-19"),
    form,
    zone: "Europe/Paris",
    at: "09:00",
    now: "2024-02-19T08:00:00.000Z" as Instant,
    before: null,
    unwatched: 0,
    undelivered: [],
    head: "0".repeat(64),
    heed: () => ({ acknowledged: () => undefined, snoozed: undefined, ...heeded }),
    emptyWatches: [],
  });
}

function lines(contents: DigestContents, language: "en" | "fr" = "en"): readonly string[] {
  return plainLines(digestCard(language, contents)).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
}

const RUNS = matterOf({ notified: "2023-12-15" });

test("a line says who has it and whether anybody has taken note", () => {
  const held = matterOf({ notified: "2023-12-15" }, [ANA]);
  const said = (matter: typeof held, acknowledged: typeof ACKNOWLEDGED | null | undefined, language: "en" | "fr" = "en") =>
    lines(digest([matter], { acknowledged: () => acknowledged }), language)[2]!.replace(/^.*(?=16 (Feb|févr\.))/, "");
  expect(said(held, null)).toBe("16 Feb. @ana, not acknowledged");
  expect(said(held, undefined)).toBe("16 Feb. @ana");
  expect(said(RUNS, null)).toBe("16 Feb · not acknowledged");
  // The moment is told as a day of the place: 23:30 in London is the next day in Paris.
  expect(said(held, ACKNOWLEDGED)).toBe("16 Feb · acknowledged by @ana, Mon 19 Feb");
  expect(said(held, { ...ACKNOWLEDGED, name: "ben" })).toBe("16 Feb. @ana · acknowledged by @ben, Mon 19 Feb");
  expect(said(held, null, "fr")).toBe("16 févr. @ana, sans accusé de lecture");
  expect(said(held, ACKNOWLEDGED, "fr")).toBe("16 févr. · accusé de lecture de @ana, lun. 19 févr.");
});

test("the owner stands where there is no assignee", () => {
  const owned = matterOf({ notified: "2023-12-15" }, [{ ...ANA, to: "ben", as: "owner" }]);
  expect(lines(digest([owned], { acknowledged: () => null }))[2]).toContain(". @ben, not acknowledged");
});

test("a matter that is put off says until when and by whom, and is listed", () => {
  const snoozed = { until: day("2024-03-01"), name: "ben", pastExpiry: true };
  const said = lines(digest([RUNS], { snoozed }));
  expect(said[2]).toContain(" · snoozed until Fri 1 Mar by @ben");
  expect(said).toContain("1 matter is snoozed here · and 1 more below, under The rest");
  expect(said.slice(-2)).toEqual(["SNOOZED 1", "- Commune de Kourou SAN-2023-018: snoozed until Fri 1 Mar by @ben; no deadline ahead"]);
});

test("a matter that is put off past its end stands among what is to be acted on, as a question", () => {
  const snoozed = { until: day("2024-04-20"), name: "ben", pastExpiry: true };
  const far = matterOf({ notified: "2024-02-08" });
  const contents = digest([far], { snoozed });
  expect(contents.actNow.length).toBe(1);
  expect(contents.upcoming).toEqual([]);
  expect(lines(contents)[2]).toBe(
    "- Commune de Kourou SAN-2023-018: time ends Mon 8 Apr, 24:00 Paris. Reminders are snoozed until Sat 20 Apr by @ben, past that end: is this meant? Then EUR 150 a day from Tue 9 Apr.".slice(
      0,
      -1,
    ),
  );
  expect(lines(contents, "fr")[2]).toContain("Rappels reportés au sam. 20 avr. par @ben, au-delà de cette échéance : est-ce voulu ?");
  expect(digest([far], { snoozed: { ...snoozed, until: day("2024-04-07") } }).actNow).toEqual([]);
  const draft = matterOf({ notified: undefined, decided: "2024-02-08" });
  expect(lines(digest([draft], { snoozed }))[2]).toContain("at the earliest it ends Mon 8 Apr. Reminders are snoozed");
});

test("the weekly and the monthly digest say that they are, and since when they tell", () => {
  const paid = { on: "2024-02-14", type: "paid", amount: "1", for: "dpo" };
  const weekly = lines(digest([matterOf({ notified: "2023-12-01" }, [paid])], {}, "weekly"));
  expect(weekly[0]).toBe("Weekly digest · Mon 19 Feb 2024, 09:00 Paris · 1 matter watched · 0 drafts");
  expect(weekly).toContain("CHANGED OR CORRECTED 1 (since Mon 12 Feb) · UNDELIVERED 0");
  expect(weekly.join("\n")).toContain("2,550 (+1,050 since Mon 12 Feb)");
  const monthly = lines(digest([], {}, "monthly"), "fr");
  expect(monthly[0]).toBe("Récapitulatif du mois · lun. 19 févr. 2024, 9 h (Paris) · 0 affaire suivie · 0 brouillon");
});
