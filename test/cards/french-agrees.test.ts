import { describe, expect, test } from "vitest";
import { authorityCard } from "../../src/cards/authority-card.ts";
import { findingText } from "../../src/cards/findings.ts";
import { matterCard } from "../../src/cards/matter-card.ts";
import { reviewText } from "../../src/cards/review-words.ts";
import { WORDS } from "../../src/cards/say.ts";
import { sourceText } from "../../src/cards/source-words.ts";
import { authorityOf } from "../../src/law/catalogue.ts";
import { day } from "../../src/time/day.ts";
import { given, on } from "../support/given.ts";

/** What a card says in French, its kinds of space made one. */
function plain(card: unknown): string {
  return JSON.stringify(card).replaceAll(/[\u00a0\u202f]/g, " ");
}

const said = (code: string, args: Parameters<typeof findingText>[1]["args"]) => plain(findingText("fr", { code, args }));

describe("a sum that a court may set is not told as set", () => {
  const facts = { authority: "FTC", currency: "USD" };

  test("before one is", () => {
    const card = plain(matterCard("fr", on(given(facts), "2024-03-08"), day("2024-03-09")));
    expect(card).toContain("Montant à fixer par le juge au");
    expect(card).toContain("seul sera dû ce que le juge fixera");
    expect(card).not.toMatch(/fixée?s? par le juge/);
  });

  test("nor where it is assumed", () => {
    expect(said("regime-assumed", { authority: "AEPD" })).toContain("le montant est présenté comme à fixer par le juge");
    expect(WORDS.fr["digest.regime-assumed"]).toBe("Hypothèse : sommes à fixer par le juge (non lu dans une source)");
    expect(WORDS.en["regime-note.court-set"]).toBe("only what the court sets will be owed");
  });
});

test("a review agrees with a rule and with what is known of an authority alike", () => {
  const of = (subject: "rule" | "authority", id: string, review: { by: string; on: string } | null, outdated = false) =>
    reviewText("fr", { subject, id, review: review as Parameters<typeof reviewText>[1]["review"], outdated }).replaceAll(
      /[\u00a0\u202f]/g,
      " ",
    );
  expect(of("rule", "cure", null)).toBe("Règle cure : sans relecture par un juriste");
  expect(of("authority", "CNIL", null)).toBe("Ce que l’on sait (CNIL) : sans relecture par un juriste");
  const review = { by: "Me X", on: day("2026-01-05") };
  expect(of("rule", "cure", review)).toBe("Règle cure : relecture par Me X le lun. 5 janv. 2026");
  expect(of("rule", "cure", review, true)).toBe("Règle cure : relecture par Me X le lun. 5 janv. 2026 ; changements depuis");
});

test.each([[["2024-02-11"]], [["2024-02-10", "2024-02-11"]]])("a roll over %j agrees with one day and with several", (skipped) => {
  expect(said("rolled", { skipped, day: "2024-02-12", calendar: "France" })).toMatch(
    / : aucun jour ouvré selon le calendrier .* ; report au lun\. 12 févr\. 2024/,
  );
});

test("the name of an authority stands behind the word, whatever article it would have", () => {
  const args = { what: "appeal", authority: "CNIL", rolled: "2024-02-12", rule: "fr-franc", day: "2024-02-12" };
  for (const code of ["clock-rule-unread", "clock-rule-unread-rolled", "clock-rule-unnamed", "clock-rule-inferred"])
    expect(said(code, args)).toMatch(/[lL]’autorité \(CNIL\)/);
});

test("and so do the names of places with other holidays", () => {
  expect(said("later-in-parts", { parts: ["DE-BE", "DE-HH"], day: "2025-11-03" })).toContain(
    "là où il y en a d’autres (Allemagne : Berlin, Allemagne : Hambourg), le délai de mise en conformité expire plus tard",
  );
});

test("what a penalty counts is a manquement, and never a violation beside it", () => {
  const others = Object.entries(WORDS.fr).filter(([, text]) =>
    /\bviolations?\b/i.test(text.replace(/\(violation\)|--per violation|, violation,/g, "")),
  );
  expect(others).toEqual([]);
});

test("a sum that can no longer be collected is not told as fallen due", () => {
  const args = { first: "2024-07-22", through: "2024-08-05" };
  expect(said("forfeited-over", { ...args, count: 3 })).toContain(
    "Pour 3 sommes, acquises du lun. 22 juil. 2024 au lun. 5 août 2024, le terme est passé sans qu’elles soient payées",
  );
  expect(said("forfeited-over", { ...args, count: 1 })).toContain(
    "Pour une somme, acquise le lun. 22 juil. 2024, le terme est passé sans qu’elle soit payée",
  );
  expect(said("forfeited-over-fixed", args)).toContain(
    "Pour des sommes acquises du lun. 22 juil. 2024 au lun. 5 août 2024, le terme est passé sans qu’elles soient payées",
  );
});

describe("what is no text's own name is said in French", () => {
  test("for a paragraph as for its article", () => {
    expect(sourceText("fr", "Regulation (EEC, Euratom) 1182/71, art. 3(5)")).toBe(
      "règlement (CEE, Euratom) nº 1182/71, art. 3, paragraphe 5",
    );
  });

  test("on the card of an authority too", () => {
    const card = plain(authorityCard("fr", authorityOf("AP")!));
    expect(card).toContain("pratique néerlandaise : un délai de mise en conformité sous astreinte");
    expect(card).not.toContain("Dutch practice");
  });
});
