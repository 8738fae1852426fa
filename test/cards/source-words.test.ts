import { expect, test } from "vitest";
import { sourceText } from "../../src/cards/source-words.ts";
import { AUTHORITIES } from "../../src/law/catalogue.ts";
import { RULES } from "../../src/law/rules/index.ts";

const CITATIONS = [
  ...RULES.map(({ citation }) => citation),
  ...AUTHORITIES.flatMap(({ orderRuleSource }) => orderRuleSource?.citation ?? []),
];

test("what a step rests on is named in English as the law's room names it", () => {
  expect(CITATIONS.map((citation) => sourceText("en", citation))).toEqual(CITATIONS);
});

test("what is no text's own name is said in French", () => {
  const kept = new Set(CITATIONS.filter((citation) => sourceText("fr", citation) === citation));
  expect([...kept].sort()).toEqual([
    "AVG §§ 32, 33",
    "Acts Interpretation Act 1901, s. 36",
    "Algemene termijnenwet, art. 1–4",
    "BGB §§ 187–193; VwVfG § 31",
    "CNIL SAN-2023-018, SAN-2024-009 (Commune de Kourou)",
    "Civil Procedure Rules, r. 2.8–2.10",
    "Code de justice administrative, art. R.421-1",
    "Code de justice administrative, art. R.421-1, R.421-7",
    "Code de procédure civile, art. 640–642",
    "Codice di procedura civile, art. 155",
    "Domstolloven §§ 148, 149",
    "Federal Rules of Appellate Procedure, r. 26(a)",
    "Federal Rules of Civil Procedure, r. 6(a)",
    "General Regulatory Chamber Rules 2009, r. 12, 22",
    "Interpretation Act 2005, s. 18(h)",
    "Ley 39/2015, art. 30",
    "Resolução CD/ANPD 1/2021, art. 8, 12",
    "Tribunal Procedure (Upper Tribunal) Rules 2008, r. 12",
  ]);
  expect(sourceText("fr", "the period as the decision sets it")).toBe("la durée telle que la décision la fixe");
  expect(sourceText("fr", "some letter")).toBe("some letter");
});
