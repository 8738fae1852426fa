import { type AuthorityFacts, read } from "../authority.ts";
import { LUXEMBOURG_APPEAL } from "./lu.ts";
import { LU } from "./places.ts";

const ACT = "http://data.legilux.public.lu/eli/etat/leg/loi/2022/11/30/a588/jo";

export const acLu: AuthorityFacts = {
  code: "AC-LU",
  english: "Luxembourg Competition Authority",
  own: ["Autorité nationale de concurrence (Luxembourg)"],
  law: "Loi du 30 novembre 2022, art. 48",
  ...LU,
  calendar: "LU",
  regime: read("liquidated", "Loi du 30 novembre 2022, art. 48(3)", ACT),
  ceiling: read({ turnoverPercent: "5" }, "Loi du 30 novembre 2022, art. 48(1)", ACT),
  periods: {
    order: { note: "The decision sets the day from which the penalty runs." },
    appeal: {
      ...LUXEMBOURG_APPEAL,
      note: "Unless the Act on competition sets another time, which was not read. Saturdays count as holidays.",
    },
  },
};
