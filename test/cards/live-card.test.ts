import { expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { canaryCard } from "../../src/cards/canary-card.ts";
import { deadLetterCard } from "../../src/cards/dead-letter-card.ts";
import { type Live, liveCard, type SaidBefore } from "../../src/cards/live-card.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { matterOf } from "./kourou.ts";

const TODAY = day("2024-02-11");
const NOON = "2024-02-05T12:00:00.000Z" as Instant;

function live(over: Partial<Live>, language: "en" | "fr" = "en"): readonly string[] {
  const standing = standingNow(matterOf({ we: "respondent" }), TODAY);
  const card = liveCard(language, { standing, today: TODAY, said: [], acknowledged: undefined, snoozed: undefined, ...over });
  return plainLines(card).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
}

function said(count: number): readonly SaidBefore[] {
  return Array.from({ length: count }, (_, index) => ({
    at: `2024-02-0${index + 1}T08:00:00.000Z` as Instant,
    kind: index === 0 ? "event" : "reminder",
    stage: index === 0 ? null : index === 1 ? "last-working-day" : 14,
  }));
}

test("the card of a matter in a place says what was said there before, newest last", () => {
  const lines = live({ said: said(3), zone: "Europe/London" });
  expect(lines[1]).toMatch(/^Comply and send the evidence by Sun 18 Feb 2024/);
  expect(lines.slice(-5, -1)).toEqual([
    "Said here",
    "- Thu 1 Feb 2024, 08:00 London · what was recorded",
    "- Fri 2 Feb 2024, 08:00 London · reminder of the last working day",
    "- Sat 3 Feb 2024, 08:00 London · 14-day reminder",
  ]);
  expect(live({ said: said(1) }, "fr").slice(-3, -1)).toEqual([
    "Déjà dit ici",
    "- jeu. 1er févr. 2024, 9 h (Paris) · événement enregistré",
  ]);
});

test("of a long history the last five are shown, and how many there were before", () => {
  const lines = live({ said: said(8) });
  expect(lines.at(-7)).toBe("Said here · 3 earlier");
  expect(lines.at(-6)).toContain("Sun 4 Feb 2024");
  expect(lines.at(-2)).toContain("Thu 8 Feb 2024");
});

test("it says who has taken note, and asks while nobody has", () => {
  expect(live({ acknowledged: null })).toContain("Not acknowledged");
  expect(live({ acknowledged: null }).at(-1)).toMatch(
    /^\[Acknowledge: ack CNIL:SAN-2023-018\] .*\[Snooze…: form snooze CNIL:SAN-2023-018\]/,
  );
  const acknowledged = live({
    acknowledged: { name: "@ana", at: NOON, stage: "14" },
    snoozed: { until: day("2024-02-15"), name: "ben", pastExpiry: false },
  });
  expect(acknowledged).toContain("Acknowledged by @ana, Mon 5 Feb · snoozed until Thu 15 Feb by @ben");
  expect(acknowledged.at(-1)).not.toMatch(/ack|snooze/);
  expect(live({}).at(-1)).not.toMatch(/ack|snooze/);
});

test("the same facts make the same card: it is updated only when something changes", () => {
  expect(live({ said: said(2), acknowledged: null })).toEqual(live({ said: said(2), acknowledged: null }));
});

const LETTER = { place: "slack:T1/C2", ref: "SAN-2023-018", kind: "reminder", reason: "channel_not_found", at: NOON, retried: false };

test("a dead letter says what did not arrive where, why, what is still tried and what to do", () => {
  const lines = plainLines(
    deadLetterCard("en", [LETTER, { ...LETTER, ref: null, kind: "digest", reason: "", retried: true }], "slack:T1/C2"),
  );
  expect(lines).toEqual([
    "2 messages were not delivered",
    "They could not be delivered to slack:T1/C2",
    "- reminder of SAN-2023-018 · Mon 5 Feb 2024, 12:00 UTC · channel_not_found · not tried any more",
    "- digest · Mon 5 Feb 2024, 12:00 UTC · no answer yet · still being tried",
    "Take it that nobody there has read it. Mend the cause, then have it sent again: undelivered --again slack:T1/C2",
    "[Send again: undelivered --again slack:T1/C2]",
  ]);
  const french = plainLines(deadLetterCard("fr", [LETTER], "slack:T1/C2"));
  expect(french.slice(0, 2)).toEqual(["1 message n’a pas été remis", "Il n’a pas pu être remis à slack:T1/C2"]);
});

test("what is still tried asks nobody to do anything", () => {
  const card = deadLetterCard("en", [{ ...LETTER, retried: true }], "slack:T1/C2");
  expect(plainLines(card).join("\n")).not.toContain("--again");
  expect(card.tone).toBe("soon");
});

test("the daily sign of life is one line", () => {
  const at = "2024-02-19T05:00:00.000Z" as Instant;
  expect(plainLines(canaryCard("en", { at, zone: "Europe/Paris" }))).toEqual([
    "Curewatch runs and can post here: Mon 19 Feb 2024, 06:00 Paris",
  ]);
  expect(plainLines(canaryCard("fr", { at, zone: "Europe/Paris" })).length).toBe(1);
});
