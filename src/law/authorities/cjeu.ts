import { type AuthorityFacts, read } from "../authority.ts";
import { EU_LUXEMBOURG } from "./places.ts";

const ARTICLE = "https://ru.scribd.com/document/409956365/6527-Article-Text-20617-1-10-20180315";

export const cjeu: AuthorityFacts = {
  code: "CJEU",
  english: "Court of Justice of the European Union",
  own: ["Cour de justice de l'Union européenne"],
  law: "TFEU, art. 260",
  ...EU_LUXEMBOURG,
  calendar: "CJEU",
  regime: read("court-set", "TFEU, art. 260(2), (3)", ARTICLE),
  ceiling: read(
    { other: "none under art. 260(2); under art. 260(3) not more than the Commission has specified" },
    "TFEU, art. 260(2), (3)",
    ARTICLE,
  ),
  periods: { order: { note: "The judgment sets the day from which the penalty runs, and by what unit." } },
};
