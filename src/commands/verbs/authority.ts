import { authoritiesCard, authorityCard } from "../../cards/authority-card.ts";
import { AUTHORITIES, type Authority, authorityOf } from "../../law/catalogue.ts";
import { refuse } from "../../law/finding.ts";
import type { Command } from "../command.ts";
import { reviewJson, statusOf, withReviews } from "../reviews.ts";

/** What is known of an authority, each fact with its source, and whether a lawyer has reviewed it; or all of them, a line each. */
export const authority: Command = {
  verb: "authority",
  summary: "help.authority",
  group: "ask",
  access: "reads",
  who: "reader",
  standalone: "if-absent",
  positionals: [{ name: "code", kind: "word", offers: "authority" }],
  options: [],
  form: null,
  examples: ["authority", "authority CNIL"],
  async run(values, context) {
    const { language } = context;
    const got = values.code as string | undefined;
    if (got === undefined) return { cards: [authoritiesCard(language, AUTHORITIES)], json: { authorities: AUTHORITIES.map(rowOf) } };
    const found = authorityOf(got);
    if (found === null) return refuse("authority-unknown", { got, allowed: AUTHORITIES.map(({ code }) => code) });
    const statuses = await statusOf([{ subject: "authority", id: found.code }], context);
    const card = withReviews(authorityCard(language, found), statuses, context);
    const { zone, currency, calendar, regime, ceiling, periods } = found.facts;
    const facts = { law: found.source, zone, currency, calendar, regime, ceiling, periods };
    return { cards: [card], json: { ...rowOf(found), facts, review: reviewJson(statuses[0]!) } };
  },
};

function rowOf({ code, names, aliases }: Authority) {
  return { code, names, aliases };
}
