import { expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import type { DigestContents, DigestLine, Undelivered } from "../../src/cards/contents.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import type { RunningTotal } from "../../src/cards/totals.ts";
import { money } from "../../src/law/money.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { matterOf, recordedOf } from "./kourou.ts";

const TODAY = day("2024-02-19");
const NOTHING: DigestContents = {
  form: "daily",
  day: TODAY,
  through: day("2024-02-18"),
  before: day("2024-02-17"),
  at: "2024-02-19T08:00:00.000Z" as Instant,
  until: "2024-02-19T08:00:00.000Z" as Instant,
  zone: "Europe/Paris",
  watched: 212,
  drafts: 3,
  unwatched: 0,
  actNow: [],
  cannotCount: [],
  running: [],
  stopped: [],
  stands: [],
  upcoming: [],
  later: [],
  withinWeek: 0,
  withinMonth: 0,
  withinQuarter: 0,
  snoozed: [],
  emptyWatches: [],
  corrected: [],
  undelivered: [],
  head: "9f3a1c".repeat(10),
};
const SUM = money(2500000n, "EUR");
const SETTLED = { open: money(4830000n, "EUR"), fixed: money(0n, "EUR"), paid: money(0n, "EUR") };
const RUNNING: RunningTotal = {
  currency: "EUR",
  matters: 4,
  through: { first: day("2024-02-18"), last: day("2024-02-18") },
  theoretical: money(4830000n, "EUR"),
  ...SETTLED,
  byRegime: [{ regime: "liquidated", theoretical: money(4830000n, "EUR"), ...SETTLED }],
  change: money(115000n, "EUR"),
  perDay: money(115000n, "EUR"),
  next: null,
  joined: { matters: 0, theoretical: money(0n, "EUR") },
};

function lineOf(facts: object, events: readonly object[] = []): DigestLine {
  const standing = standingNow(matterOf(facts, events), TODAY);
  return { standing, item: standing.items[0] ?? null, today: TODAY, next: standing.next };
}

const ANA = { on: "2023-12-20", type: "assigned", to: "@ana" };
const KOUROU: DigestLine = { ...lineOf({ we: "respondent" }, [ANA]), acknowledged: null };
const DRAFT = lineOf({ ref: "SAN-2023-019", respondent: "Y", notified: undefined, decided: "2023-12-22" });

test("the digest says act now, cannot count, running, next 30 days, corrected, undelivered and the head, in that order", () => {
  const digest = {
    ...NOTHING,
    actNow: [KOUROU],
    cannotCount: [DRAFT],
    running: [RUNNING],
    upcoming: [DRAFT],
    withinWeek: 1,
    withinMonth: 1,
    withinQuarter: 1,
  };
  expect(plainLines(digestCard("en", digest))).toEqual([
    "Mon 19 Feb 2024, 09:00 Paris · 212 matters watched · 3 drafts",
    "ACT NOW 1",
    "- Commune de Kourou SAN-2023-018: time ended Sun 18 Feb, 24:00 Paris. Comply and send the evidence today. EUR 150 a day runs from Mon 19 Feb. Assumed: no roll-over (one case, inferred), else Mon 19 Feb. @ana, not acknowledged",
    "CANNOT COUNT 1",
    "- Y SAN-2023-019: the notification date is missing; at the earliest it ends Thu 22 Feb",
    "RUNNING in EUR · 4 matters · +1,150 a day · theoretical through yesterday 48,300 (+1,150), not owed until the authority fixes it",
    "NEXT 30 DAYS 1 · 7 days 1 · 90 days 1",
    "- Y SAN-2023-019: earliest possible end of the time to comply Thu 22 Feb",
    "CHANGED OR CORRECTED 0 · UNDELIVERED 0",
    "register head 9f3a1c9f3a1c · computed aid, not legal advice",
  ]);
});

test("the French digest has the same lines", () => {
  const digest = { ...NOTHING, actNow: [KOUROU], cannotCount: [DRAFT], running: [RUNNING] };
  const lines = plainLines(digestCard("fr", digest)).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
  expect(lines).toEqual([
    "Lun. 19 févr. 2024, 9 h (Paris) · 212 affaires suivies · 3 brouillons",
    "À FAIRE 1",
    "- Commune de Kourou SAN-2023-018 : délai expiré dim. 18 févr., 24 h (Paris). Se conformer et envoyer les justificatifs aujourd’hui. Astreinte (pénalité de retard) : 150 € par jour depuis le lun. 19 févr. Hypothèse : pas de report (déduit d’un seul cas), sinon lun. 19 févr. @ana, sans accusé de lecture",
    "INCALCULABLE 1",
    "- Y SAN-2023-019 : la date de notification manque ; expiration au plus tôt jeu. 22 févr.",
    "EN COURS en EUR · 4 affaires · +1 150 € par jour · montant théorique au dim. 18 févr. : 48 300 € (+1 150 €), non exigible avant liquidation",
    "30 PROCHAINS JOURS 0",
    "MODIFIÉ OU CORRIGÉ 0 · NON REMIS 0",
    "tête du registre 9f3a1c9f3a1c · aide au calcul, pas un conseil juridique",
  ]);
});

test("a day without anything is said too, so that silence means a fault", () => {
  expect(plainLines(digestCard("en", NOTHING))).toEqual([
    "Mon 19 Feb 2024, 09:00 Paris · 212 matters watched · 3 drafts",
    "212 watched, nothing due in 30 days, nothing runs",
    "register head 9f3a1c9f3a1c · computed aid, not legal advice",
  ]);
});

const LATE: Undelivered = {
  place: "slack:T1/C2",
  ref: "SAN-2023-018",
  kind: "reminder",
  reason: "channel_not_found",
  at: "2024-02-18T08:00:00.000Z" as Instant,
  retried: false,
};

test("what could not be delivered and what nobody watches is said even then", () => {
  const undelivered = [
    LATE,
    { ...LATE, ref: null, kind: "digest", reason: "", retried: true },
    { ...LATE, reason: "it may have been shown.", retried: true },
  ];
  const lines = plainLines(digestCard("en", { ...NOTHING, undelivered, unwatched: 1, emptyWatches: ["tag:dpo", "state:stayed"] }));
  expect(lines.slice(1)).toEqual([
    "ACT NOW 0",
    "CANNOT COUNT 0",
    "RUNNING: nothing",
    "NEXT 30 DAYS 0",
    "CHANGED OR CORRECTED 0",
    "UNDELIVERED 3",
    "- slack:T1/C2 reminder of SAN-2023-018: channel_not_found; not tried any more",
    "- slack:T1/C2 digest: no answer yet; still being tried",
    "- slack:T1/C2 reminder of SAN-2023-018: it may have been shown; still being tried",
    "1 matter is watched by no place: nobody is reminded of it · 2 watches fit no matter: tag:dpo, state:stayed",
    "register head 9f3a1c9f3a1c · computed aid, not legal advice",
  ]);
  const quiet = plainLines(digestCard("en", { ...NOTHING, unwatched: 2 }));
  expect(quiet[2]).toBe("2 matters are watched by no place: nobody is reminded of them");
});

test("the first part has at most twelve lines, and the rest follows with nothing lost", () => {
  const event = recordedOf({ on: "2024-02-18", type: "paid", amount: "1", for: "dpo" });
  const all = Array.from({ length: 40 }, (_, index) => lineOf({ ref: `SAN-2023-${100 + index}` }));
  const currencies = ["EUR", "GBP", "NOK", "USD", "AUD"].map((currency) => ({ ...RUNNING, currency }));
  const kept = { regime: "forfeited", conditional: false, theoretical: SUM, ifRefused: null, open: SUM, fixed: SUM, paid: SUM } as const;
  const none: readonly RunningTotal[] = [];
  for (const running of [none, [RUNNING], currencies]) {
    for (const unwatched of [0, 3]) {
      for (const count of [0, 1, 2, 3, 5, 40]) {
        for (const failed of [0, 1, 4]) {
          const many = all.slice(0, count);
          const corrected = many.map(({ standing }) => ({ standing, event }));
          const undelivered = Array.from({ length: failed }, () => LATE);
          const stands = running.slice(0, failed).map(({ currency, through }) => ({ currency, matters: 1, through, parts: [kept] }));
          const sections = { stands, actNow: many, cannotCount: many, upcoming: many, later: many, corrected, undelivered };
          const lines = plainLines(digestCard("en", { ...NOTHING, ...sections, running, unwatched }));
          const footer = lines.findIndex((line) => line.startsWith("register head"));
          const where = `${running.length} ${unwatched} ${count} ${failed}`;
          expect(footer, where).toBeLessThan(12);
          expect(lines[footer + 1] ?? "The rest", where).toBe("The rest");
          expect(lines.filter((line) => line.startsWith("- ")).length, where).toBe(5 * count + failed);
          expect(lines.filter((line) => line.startsWith("RUNNING in")).length, where).toBe(running.length);
          expect(lines.filter((line) => line.startsWith("STANDING in")).length, where).toBe(stands.length);
          const below = lines.slice(footer).filter((line) => /^(- |RUNNING in|STANDING in)/.test(line)).length;
          expect(Number(/and (\d+) more below/.exec(lines.slice(0, footer).join("\n"))?.[1] ?? 0), where).toBe(below);
        }
      }
    }
  }
});

test("whatever else there is, what is to be acted on now has the first lines", () => {
  const many = Array.from({ length: 40 }, (_, index) => lineOf({ ref: `SAN-2023-${100 + index}` }));
  const running = ["EUR", "GBP", "NOK"].map((currency) => ({ ...RUNNING, currency }));
  const full = {
    ...NOTHING,
    actNow: many,
    cannotCount: many,
    upcoming: many,
    later: many,
    withinMonth: 47,
    withinQuarter: 87,
    undelivered: [LATE, LATE],
    running,
    unwatched: 2,
  };
  const lines = plainLines(digestCard("en", full));
  expect(lines[1]).toBe("ACT NOW 40 · 40 penalties run");
  expect(lines.slice(2, 5).every((line) => line.startsWith("- Commune de Kourou"))).toBe(true);
  expect(lines[9]).toBe("NEXT 30 DAYS 47 (7 above) · 7 days 0 · 90 days 87 · CHANGED OR CORRECTED 0 · UNDELIVERED 2");
});

test("two currencies are never added: each has a line of its own", () => {
  const pounds = { ...RUNNING, currency: "GBP" };
  const lines = plainLines(digestCard("en", { ...NOTHING, running: [RUNNING, pounds] }));
  expect(lines.filter((line) => line.startsWith("RUNNING in")).map((line) => line.slice(11, 14))).toEqual(["EUR", "GBP"]);
});

test("what is owed as it runs and what may never be owed are told apart within a currency", () => {
  const [theirs, ours] = [money(4000000n, "EUR"), money(830000n, "EUR")];
  const byRegime = [
    { ...SETTLED, regime: "liquidated", theoretical: theirs, open: theirs },
    { ...SETTLED, regime: "forfeited", theoretical: ours, open: ours },
  ] as const;
  const lines = plainLines(digestCard("en", { ...NOTHING, running: [{ ...RUNNING, byRegime }] }));
  expect(lines).toContain(
    "RUNNING in EUR · 4 matters · +1,150 a day · through yesterday 48,300 (+1,150), of which theoretical 40,000 (not owed until the authority fixes it), forfeited 8,300 (owed by law as it runs)",
  );
});
