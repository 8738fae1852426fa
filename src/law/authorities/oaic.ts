import { type AuthorityFacts, read, unverified } from "../authority.ts";
import { AU } from "./places.ts";

export const oaic: AuthorityFacts = {
  code: "OAIC",
  english: "Office of the Australian Information Commissioner",
  own: [],
  law: "Privacy Act 1988",
  ...AU,
  calendar: "AU",
  regime: unverified("court-set"),
  ceiling: unverified(null),
  periods: {
    appeal: {
      rule: read(
        "au-aia",
        "Acts Interpretation Act 1901, s. 36",
        "https://www.ato.gov.au/law/view/print?DocID=PAC%2F19010002%2F36&PiT=99991231235958",
      ),
      note: "The time was not read. A statutory time rolls over Saturdays, Sundays and holidays of the place.",
    },
  },
};
