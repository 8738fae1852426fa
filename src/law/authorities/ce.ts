import { type AuthorityFacts, read } from "../authority.ts";
import { FR } from "./places.ts";

const CJA = "https://www.legifrance.gouv.fr/codes/id/LEGITEXT000006070933";

export const ce: AuthorityFacts = {
  code: "CE",
  english: "Council of State (France)",
  own: ["Conseil d'État"],
  aliases: ["Conseil d'Etat"],
  law: "CJA, art. L.911-7",
  ...FR,
  calendar: "FR",
  regime: read("liquidated", "Code de justice administrative, art. L.911-7", CJA),
  ceiling: read(null, "Code de justice administrative, art. L.911-3: the court fixes it", CJA),
  periods: { order: { note: "The decision sets the length and the day from which the penalty runs (art. L.911-3)." } },
};
