import { expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import type { DigestContents, DigestLine, RunningTotal } from "../../src/cards/contents.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import { money } from "../../src/law/money.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { matterOf, recordedOf } from "./kourou.ts";

const TODAY = day("2024-02-19");
const NOTHING: DigestContents = {
  day: TODAY,
  through: day("2024-02-18"),
  at: "2024-02-19T08:00:00.000Z" as Instant,
  zone: "Europe/Paris",
  watched: 212,
  drafts: 3,
  unwatched: 0,
  actNow: [],
  cannotCount: [],
  running: [],
  upcoming: [],
  corrected: [],
  undelivered: 0,
  head: "9f3a1c".repeat(10),
};
const RUNNING: RunningTotal = {
  currency: "EUR",
  matters: 4,
  regimes: ["liquidated"],
  theoretical: money(4830000n, "EUR"),
  change: money(115000n, "EUR"),
  perDay: money(115000n, "EUR"),
};

function lineOf(facts: object, events: readonly object[] = []): DigestLine {
  const standing = standingNow(matterOf(facts, events), TODAY);
  return { standing, item: standing.items[0] ?? null, today: TODAY, next: standing.next };
}

const KOUROU = lineOf({ we: "respondent" }, [{ on: "2023-12-20", type: "assigned", to: "@ana" }]);
const DRAFT = lineOf({ ref: "SAN-2023-019", respondent: "Y", notified: undefined, decided: "2023-12-22" });

test("the digest says act now, cannot count, running, next 30 days, corrected, undelivered and the head, in that order", () => {
  const digest = { ...NOTHING, actNow: [KOUROU], cannotCount: [DRAFT], running: [RUNNING], upcoming: [DRAFT] };
  expect(plainLines(digestCard("en", digest))).toEqual([
    "Mon 19 Feb 2024, 09:00 Paris · 212 matters watched · 3 drafts",
    "ACT NOW 1",
    "- Commune de Kourou SAN-2023-018: time ended Sun 18 Feb, 24:00 Paris. Comply and send the evidence today. EUR 150 a day runs from Mon 19 Feb. Assumed: no roll-over to the next working day (one case, inferred); if it rolled: Mon 19 Feb 2024. @ana",
    "CANNOT COUNT 1",
    "- Y SAN-2023-019: the notification date is missing; at the earliest it ends Thu 22 Feb",
    "RUNNING in EUR · 4 matters · +1,150 a day · theoretical through yesterday 48,300 (+1,150), not owed until the authority fixes it",
    "NEXT 30 DAYS 1",
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
    "- Commune de Kourou SAN-2023-018 : délai expiré dim. 18 févr., 24 h (Paris). Se conformer et envoyer les justificatifs aujourd’hui. Astreinte (pénalité de retard) : 150 € par jour depuis le lun. 19 févr. Hypothèse : pas de report au premier jour ouvrable suivant (déduit d’un seul cas) ; avec report : lun. 19 févr. 2024. @ana",
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

test("what could not be delivered and what nobody watches is said even then", () => {
  const lines = plainLines(digestCard("en", { ...NOTHING, undelivered: 2, unwatched: 1 }));
  expect(lines).toContain("UNDELIVERED 2");
  expect(lines).toContain("1 matter is watched by no place: nobody is reminded of it");
});

test("the first part has at most twelve lines, and the rest follows with nothing lost", () => {
  const event = recordedOf({ on: "2024-02-18", type: "paid", amount: "1", for: "dpo" });
  const many = Array.from({ length: 40 }, (_, index) => lineOf({ ref: `SAN-2023-${100 + index}` }));
  const currencies = ["EUR", "GBP", "NOK", "USD", "AUD"].map((currency) => ({ ...RUNNING, currency }));
  for (const running of [[], [RUNNING], currencies]) {
    for (const unwatched of [0, 3]) {
      const corrected = many.map(({ standing }) => ({ standing, event }));
      const lines = plainLines(
        digestCard("en", { ...NOTHING, actNow: many, cannotCount: many, upcoming: many, corrected, running, unwatched }),
      );
      const footer = lines.findIndex((line) => line.startsWith("register head"));
      expect(footer).toBeLessThan(12);
      expect(lines[footer + 1]).toBe("The rest");
      expect(lines.filter((line) => line.startsWith("- ")).length).toBe(160);
      expect(lines.filter((line) => line.startsWith("RUNNING in")).length).toBe(running.length);
      const hidden = Number(/and (\d+) more/.exec(lines.join("\n"))?.[1]);
      const below = lines.slice(footer).filter((line) => line.startsWith("- ") || line.startsWith("RUNNING in")).length;
      expect(hidden).toBe(below);
    }
  }
});

test("two currencies are never added: each has a line of its own", () => {
  const lines = plainLines(digestCard("en", { ...NOTHING, running: [RUNNING, { ...RUNNING, currency: "GBP", regimes: ["imposed"] }] }));
  expect(lines.filter((line) => line.startsWith("RUNNING in")).map((line) => line.slice(11, 14))).toEqual(["EUR", "GBP"]);
});
