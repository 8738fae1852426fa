import type { DigestContents, DigestLine } from "../../src/cards/contents.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import { money } from "../../src/law/money.ts";
import { standingNow } from "../../src/matter/standing.ts";
import type { Card } from "../../src/ports/card.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Language } from "../../src/time/wording.ts";
import { matterOf } from "../cards/kourou.ts";

const TODAY = day("2024-02-19");
const RESPONDENTS = ["Commune de Kourou", "Société d'exploitation de l'hôtel & du spa", "Clearview AI", "Établissement public <Nord>"];

function lineOf(number: number, facts: object): DigestLine {
  const respondent = `${RESPONDENTS[number % RESPONDENTS.length]} ${number}`;
  const standing = standingNow(matterOf({ ref: `SAN-2023-${number}`, respondent, we: "respondent", ...facts }), TODAY);
  return { standing, item: standing.items[0] ?? null, today: TODAY, next: standing.next, acknowledged: null };
}

/** What a place with that many matters reads in the morning: a third to act on, the rest further off, put off, or without a date. */
export function digestOfMatters(language: Language, count: number): Card {
  const lines = (from: number, to: number, facts: object) =>
    Array.from({ length: to - from }, (_, index) => lineOf(from + index + 1000, facts));
  const third = Math.round(count / 3);
  const tenth = Math.round(count / 10);
  const late = { notified: "2024-02-01" };
  const digest: DigestContents = {
    form: "daily",
    day: TODAY,
    through: day("2024-02-18"),
    before: day("2024-02-17"),
    at: "2024-02-19T08:00:00.000Z" as Instant,
    until: "2024-02-19T08:00:00.000Z" as Instant,
    zone: "Europe/Paris",
    watched: count,
    drafts: tenth,
    unwatched: 0,
    actNow: lines(0, third, {}),
    cannotCount: lines(third, third + tenth, { notified: undefined, decided: "2023-12-22" }),
    running: [
      {
        currency: "EUR",
        matters: third,
        through: { first: day("2024-02-18"), last: day("2024-02-18") },
        theoretical: money(4830000n, "EUR"),
        ...{ open: money(4830000n, "EUR"), fixed: money(0n, "EUR"), paid: money(0n, "EUR") },
        byRegime: [
          {
            regime: "liquidated",
            ...{ theoretical: money(4830000n, "EUR"), open: money(4830000n, "EUR"), fixed: money(0n, "EUR"), paid: money(0n, "EUR") },
          },
        ],
        change: money(115000n, "EUR"),
        perDay: money(115000n, "EUR"),
        next: null,
        joined: { matters: 0, theoretical: money(0n, "EUR") },
      },
    ],
    stopped: [],
    stands: [],
    upcoming: lines(third + tenth, 2 * third, late),
    later: lines(2 * third, count - tenth, late),
    snoozed: lines(count - tenth, count, late),
    withinWeek: 0,
    withinMonth: third - tenth,
    withinQuarter: count - third - tenth,
    emptyWatches: [],
    corrected: [],
    undelivered: [],
    head: "9f3a1c".repeat(10),
  };
  return digestCard(language, digest);
}
