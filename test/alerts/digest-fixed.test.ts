import { expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { digestOf } from "../../src/alerts/digest.ts";
import type { DigestContents } from "../../src/cards/contents.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import { digestJson } from "../../src/commands/digest-json.ts";
import type { Matter } from "../../src/matter/history.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { matterOf } from "../cards/kourou.ts";

function digestOn(matters: readonly Matter[], on: string): DigestContents {
  const now = `${on}T08:00:00.000Z` as Instant;
  return digestOf({
    matters,
    ...{ day: day(on), form: "daily", zone: "Europe/Paris", at: "09:00", now, before: null },
    ...{ unwatched: 0, undelivered: [], head: "0".repeat(64), emptyWatches: [] },
  });
}

function running(contents: DigestContents, language: "en" | "fr" = "en"): string | undefined {
  const lines = plainLines(digestCard(language, contents)).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
  return lines.find((line) => /^(RUNNING|EN COURS)/.test(line));
}

const FIXED = { on: "2024-07-22", type: "liquidated", item: "dpo", amount: "6900", from: "2024-02-19", to: "2024-04-04" };
const PAID = { on: "2024-07-25", type: "paid", amount: "900", for: "dpo" };

test("of what runs, what was fixed and paid and what is still open are told: only what is open waits to be fixed", () => {
  const digest = digestOn([matterOf({}, [FIXED])], "2024-08-01");
  expect(running(digest)).toBe(
    "RUNNING in EUR · 1 matter · +150 a day · theoretical through yesterday 24,600 (+150); fixed 6,900, paid 0.00, still open 17,700, not owed until the authority fixes it",
  );
  expect(running(digest, "fr")).toBe(
    "EN COURS en EUR · 1 affaire · +150 € par jour · montant théorique au mer. 31 juil. : 24 600 € (+150 €) ; fixé 6 900 €, payé 0,00 €, reste ouvert 17 700 €, non exigible avant liquidation",
  );
  expect(digestJson(digest, "en").running[0]).toMatchObject({
    ...{ theoretical: "24600.00", open: "17700.00", fixed: "6900.00", paid: "0.00" },
    byRegime: [{ regime: "liquidated", theoretical: "24600.00", open: "17700.00", fixed: "6900.00", paid: "0.00" }],
  });
});

test("a window that was fixed at nothing is not among what is open", () => {
  expect(running(digestOn([matterOf({}, [{ ...FIXED, amount: "0" }])], "2024-08-01"))).toContain(
    "24,600 (+150); fixed 0.00, paid 0.00, still open 17,700, not owed until the authority fixes it",
  );
});

test("beside other regimes each part has its own, and the whole is in the file", () => {
  const dutch = matterOf({ ref: "C-3", authority: "AP" }, [PAID]);
  const digest = digestOn([matterOf({}, [FIXED, PAID]), dutch], "2024-08-01");
  expect(running(digest)).toContain(
    "of which theoretical 24,600, fixed 6,900, paid 900, still open 17,700 (not owed until the authority fixes it); forfeited",
  );
  expect(running(digest)).toMatch(/forfeited [\d,]+ \(owed by law as it runs\), paid 900$/);
  expect(running(digest, "fr")).toContain(
    "dont montant théorique 24 600 €, fixé 6 900 €, payé 900 €, reste ouvert 17 700 € (non exigible avant liquidation) ; montant encouru",
  );
  expect(digestJson(digest, "en").running[0]).toMatchObject({ fixed: "6900.00", paid: "1800.00" });
});

test("of a debt that arises by law nothing is called open; what was paid of it is told", () => {
  const dutch = matterOf({ ref: "C-3", authority: "AP" }, [PAID]);
  expect(running(digestOn([dutch], "2024-08-01"))).toMatch(/\(\+150\), owed by law as it runs; paid 900$/);
});

test("where nothing was fixed or paid the line stays as short as it was", () => {
  expect(running(digestOn([matterOf({})], "2024-08-01"))).toMatch(/24,600 \(\+150\), not owed until the authority fixes it$/);
});
