import { type AuthorityFacts, inferred, read } from "../authority.ts";
import { EU_BRUSSELS } from "./places.ts";

const DMA_31 = "https://eu-digitalstrategie.de/kapitel-5-dma/art-31-dma";
const COURTS = "https://lexnet.eu/nor-proc/gen-eu/ECJ-statutes/ECS-45.htm";
const REGULATION = "http://edizionieuropee.it/law/html/168/eu19_01_002.html";

export const ec: AuthorityFacts = {
  code: "EC",
  english: "European Commission",
  own: ["Commission européenne", "Europäische Kommission"],
  aliases: ["Commission"],
  law: "Regulation 1/2003, art. 24; Regulation 1182/71",
  ...EU_BRUSSELS,
  // Its own list of holidays, projected beyond the last one that was read: a day that rests on the projection is the earliest, and says so.
  calendar: "EU",
  regime: read("liquidated", "Regulation 2022/1925, art. 31(2); Regulation 2022/2065, art. 76(2)", DMA_31),
  ceiling: read(
    { turnoverPercent: "5" },
    "Regulation 2022/1925, art. 31(1); Regulation 2022/2065, art. 76(1); Regulation 1/2003, art. 24",
    DMA_31,
  ),
  periods: {
    order: { rule: read("eu-1182-71", "Regulation (EEC, Euratom) 1182/71, art. 3", REGULATION), note: "The decision sets the length." },
    appeal: {
      length: read("P2M", "TFEU, art. 263, sixth paragraph", "https://eur-lex.europa.eu/eli/treaty/tfeu_2012/art_263/oj"),
      rule: inferred("eu-courts", "Case T-125/06, paragraphs 22–24; Case T-85/97", COURTS),
      note: "To the General Court. From publication in the Official Journal it runs from the end of the fourteenth day after: P14D, then P2M.",
    },
    "time-bar": {
      length: read(
        "P5Y",
        "Regulation 2022/1925, art. 33",
        "https://ecommercekit.it/dma/?lang=EN&num=33&search=%3Cspan+class%3D%27high_search%27%3Etaken%3C%2Fspan%3E",
      ),
      note: "Of the enforcement, from the day on which the decision is final; suspended while time to pay is allowed.",
    },
  },
};
