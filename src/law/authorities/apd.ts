import { type AuthorityFacts, read, unverified } from "../authority.ts";
import { BE } from "./places.ts";

export const apd: AuthorityFacts = {
  code: "APD",
  english: "Belgian Data Protection Authority",
  own: ["Autorité de protection des données", "Gegevensbeschermingsautoriteit"],
  aliases: ["GBA"],
  law: "Loi du 3 décembre 2017",
  ...BE,
  calendar: "BE",
  regime: unverified("court-set"),
  ceiling: read(
    { other: "EUR 25,000 a day or 5 % of the average daily worldwide turnover, whichever is higher: the Litigation Chamber's own policy" },
    "Litigation Chamber, policy on penalty payments of 23 December 2020",
    "https://www.lexgo.be/fr/articles/ip-it-telecom/droit-de-l-informatique/a-christmas-present-say-hello-to-penalty-fines-in-belgium-for-gdpr-infringements,140987.html",
  ),
  periods: {
    order: {
      note: "The decision sets the length; it is enforceable at once (art. 108 § 1). The Judicial Code's counting is not that of an authority's decision (art. 48).",
    },
    appeal: {
      length: read(
        "P30D",
        "Loi du 3 décembre 2017, art. 108 § 1",
        "https://www.sub-rosa.be/en/blog/gdpr-het-marktenhof-kan-de-gegevensbeschermin",
      ),
      note: "To the Market Court, from notification. It does not suspend, but for the erasure of data.",
    },
  },
};
