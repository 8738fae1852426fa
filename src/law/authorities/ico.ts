import { type AuthorityFacts, read, unverified } from "../authority.ts";
import { GB } from "./places.ts";

export const ico: AuthorityFacts = {
  code: "ICO",
  english: "Information Commissioner's Office",
  own: [],
  law: "Data Protection Act 2018",
  ...GB,
  calendar: "GB-ENG",
  regime: unverified("court-set"),
  ceiling: unverified(null),
  periods: {
    order: {
      note: "An enforcement notice sets the time; not before the end of the appeal period, and an appeal suspends it (Data Protection Act 2018, s. 150).",
    },
    appeal: {
      length: read(
        "P28D",
        "General Regulatory Chamber Rules 2009, r. 22",
        "https://legislation.gov.uk/id/uksi/2009/1976/rule/22/6/j?view=plain",
      ),
      rule: read(
        "uk-grc",
        "General Regulatory Chamber Rules 2009, r. 12, 22",
        "https://legislation.gov.uk/id/uksi/2009/1976/rule/22/6/j?view=plain",
      ),
      note: "To the First-tier Tribunal (Data Protection Act 2018, s. 162), received by 17:00.",
    },
  },
};
