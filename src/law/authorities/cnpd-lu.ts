import { type AuthorityFacts, read } from "../authority.ts";
import { LUXEMBOURG_APPEAL } from "./lu.ts";
import { LU } from "./places.ts";

const ACT = "http://data.legilux.public.lu/eli/etat/leg/loi/2018/08/01/a686/jo";

export const cnpdLu: AuthorityFacts = {
  code: "CNPD-LU",
  english: "Luxembourg Data Protection Authority",
  own: ["Commission nationale pour la protection des données"],
  aliases: ["CNPD (Luxembourg)", "CNPD (LU)"],
  law: "Loi du 1er août 2018, art. 49",
  ...LU,
  calendar: "LU",
  regime: read("liquidated", "Loi du 1er août 2018, art. 49(2)", ACT),
  ceiling: read({ turnoverPercent: "5" }, "Loi du 1er août 2018, art. 49(1)", ACT),
  periods: {
    order: { note: "The decision sets the day from which the penalty runs. None against the State and the communes." },
    appeal: LUXEMBOURG_APPEAL,
    "time-bar": {
      length: read("P5Y", "Loi du 1er août 2018, art. 54", ACT),
      note: "Of fines and penalties, from the day on which the decision is final.",
    },
  },
};
