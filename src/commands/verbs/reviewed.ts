import { reviewCard } from "../../cards/authority-card.ts";
import { AUTHORITIES, authorityOf } from "../../law/catalogue.ts";
import { refuse } from "../../law/finding.ts";
import { RULES, ruleOf } from "../../law/rules/index.ts";
import type { Reviewed } from "../../ports/reviews.ts";
import type { Day } from "../../time/day.ts";
import { dayIn } from "../../time/instant.ts";
import type { Command } from "../command.ts";
import { reviewJson, statusOf, textOf } from "../reviews.ts";

/** Who has reviewed a rule of time or an authority's facts, and on which day. It is kept for the desk, and nothing is taken back: a later one stands. */
export const reviewed: Command = {
  verb: "reviewed",
  summary: "help.reviewed",
  group: "record",
  access: "writes",
  who: "approver",
  positionals: [
    { name: "kind", kind: "choice", allowed: ["rule", "authority"], required: true },
    { name: "id", kind: "word", required: true },
  ],
  options: [
    { name: "by", kind: "text", required: true },
    { name: "on", kind: "day", required: true },
  ],
  form: null,
  examples: ['reviewed rule fr-civil --by "Me X" --on 2024-03-01', 'reviewed authority CNIL --by "Me X" --on 2024-03-01'],
  async run(values, context) {
    const { store, clock, zone, language, person, personName } = context;
    const subject = values.kind as Reviewed;
    const got = values.id as string;
    const id = subject === "rule" ? ruleOf(got.toLowerCase())?.id : authorityOf(got)?.code;
    if (id === undefined && subject === "rule") return refuse("rule-unknown", { got, allowed: RULES.map((rule) => rule.id) });
    if (id === undefined) return refuse("authority-unknown", { got, allowed: AUTHORITIES.map(({ code }) => code) });
    const now = clock.now();
    const [on, today] = [values.on as Day, dayIn(zone, now)];
    if (on > today) return refuse("review-in-future", { day: on, today });
    const enteredBy = await store.people.idOf(person, personName);
    await store.reviews.add({ subject, id, by: (values.by as string).trim(), on, text: textOf({ subject, id }), enteredBy, at: now });
    const [status] = await statusOf([{ subject, id }], context);
    return { cards: [reviewCard(language, status!)], json: reviewJson(status!) };
  },
};
