import { type AuthorityFacts, inferred, read } from "../authority.ts";
import { FR } from "./places.ts";

const L464_2 = "https://legal.tricoteuses.fr/articles/JORFARTI000001847476";

export const adlc: AuthorityFacts = {
  code: "ADLC",
  english: "French Competition Authority",
  own: ["Autorité de la concurrence"],
  law: "Code de commerce, art. L.464-2",
  ...FR,
  calendar: "FR",
  regime: read("liquidated", "Code de commerce, art. L.464-2 II, as inserted in 2001", L464_2),
  ceiling: read({ turnoverPercent: "5" }, "Code de commerce, art. L.464-2 II, as inserted in 2001", L464_2),
  periods: {
    order: { note: "The decision sets the day from which the penalty runs." },
    appeal: {
      length: read(
        "P1M",
        "Code de commerce, art. L.464-8",
        "https://app.livv.eu/books/LEGITEXT000005634379/LEGISCTA000006083281%2FLEGISCTA000006113741%2FLEGISCTA000019294601%2FLEGISCTA000006146081/LEGIARTI000006232829",
      ),
      rule: inferred(
        "fr-civil",
        "Code de procédure civile, art. 640–642: the appeal goes to the Paris Court of Appeal",
        "https://www.legifrance.gouv.fr/codes/id/LEGITEXT000006070716",
      ),
      note: "It does not suspend. Whether art. 643 adds months for those overseas and abroad was not read for this appeal.",
    },
  },
};
