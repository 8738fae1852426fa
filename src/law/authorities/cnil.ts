import { type AuthorityFacts, inferred, read } from "../authority.ts";
import { FR } from "./places.ts";

const DECREE = "https://www.legifrance.gouv.fr/jorf/article_jo/JORFARTI000038528751";
const CJA = "https://www.legifrance.gouv.fr/codes/id/LEGITEXT000006070933";
const KOUROU = "CNIL SAN-2023-018, SAN-2024-009 (Commune de Kourou)";

export const cnil: AuthorityFacts = {
  code: "CNIL",
  short: "CNIL",
  english: "French Data Protection Authority",
  own: ["Commission nationale de l'informatique et des libertés"],
  law: "Loi 78-17, art. 20; décret 2019-536, art. 44",
  ...FR,
  calendar: "FR",
  regime: read("liquidated", "Décret 2019-536, art. 44", DECREE),
  ceiling: read(
    { perDay: "100000", perDaySimplified: "100" },
    "CNIL, powers of the restricted committee; simplified: loi 78-17, art. 22-1, as told by accens-avocats.com on 25 January 2022",
    "https://cnil.fr/fr/les-pouvoirs-de-la-formation-restreinte",
  ),
  periods: {
    order: {
      rule: inferred("cure", KOUROU),
      note: "The decision sets the length. Evidence of compliance is due on the same date (décret 2019-536, art. 44).",
    },
    notice: {
      rule: inferred("cure", KOUROU),
      note: "The notice sets the length; 24 hours in an emergency (loi 78-17, art. 20 II). How it ends was seen in an injunction, not in a notice.",
    },
    observations: {
      length: read("P15D", "Décret 2019-536, art. 44", DECREE),
      note: "From the notification of the grounds and amount of an intended liquidation.",
    },
    appeal: {
      length: read("P2M", "Code de justice administrative, art. R.421-1", CJA),
      rule: read("fr-franc", "Code de justice administrative, art. R.421-1, R.421-7", CJA),
      note: "To the Conseil d'État. One month more overseas (fr-franc-overseas), two months more abroad (fr-franc-abroad).",
    },
  },
};
