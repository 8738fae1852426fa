import { type AuthorityFacts, read } from "../authority.ts";
import { US } from "./places.ts";

const ACT = "http://codes.lp.findlaw.com/uscode/15/2/I/45";

export const ftc: AuthorityFacts = {
  code: "FTC",
  english: "Federal Trade Commission",
  own: [],
  law: "FTC Act, 15 U.S.C. § 45",
  ...US,
  calendar: "US",
  regime: read("court-set", "15 U.S.C. § 45(l): recovered in a civil action before a district court", ACT),
  ceiling: read(
    {
      other:
        "USD 10,000 for each violation in the statute, adjusted every January (16 CFR 1.98); each day of a continuing failure is a separate one",
    },
    "15 U.S.C. § 45(l)",
    ACT,
  ),
  periods: {
    appeal: {
      length: read("P60D", "15 U.S.C. § 45(c)", "https://app.midpage.ai/document/united-states-v-standard-distributors-inc-8758377"),
      rule: read(
        "us-frap-26a",
        "Federal Rules of Appellate Procedure, r. 26(a): times of a statute that sets no way of counting",
        "https://www.yumpu.com/en/document/view/65850181/federal-rules-of-appellate-procedure-2014-2015-2014a/95",
      ),
      note: "A petition for review by a court of appeals.",
    },
  },
};
