import { whyCard } from "../../cards/answers.ts";
import { explainItem } from "../../matter/why.ts";
import type { Command } from "../command.ts";
import { askedItems } from "../find.ts";
import { findingJson, stepJson } from "../json.ts";
import { reviewJson, statusOf, subjectsOf, withReviews } from "../reviews.ts";

export const why: Command = {
  verb: "why",
  summary: "help.why",
  group: "ask",
  access: "reads",
  who: "reader",
  positionals: [
    { name: "ref", kind: "matter", required: true },
    { name: "item", kind: "id", offers: "item" },
  ],
  options: [
    { name: "on", kind: "day" },
    { name: "known-at", kind: "instant" },
  ],
  examples: ["why SAN-2023-018", "why SAN-2023-018 dpo --on 2024-04-04"],
  async run(values, context) {
    const { language } = context;
    const found = await askedItems(values, context);
    if ("refused" in found) return found;
    const { matter, standing, asked } = found;
    const cards = [];
    const steps = [];
    const assumptions = [];
    for (const id of asked) {
      const explained = explainItem(matter, standing, id);
      const item = standing.items.find((one) => one.id === id)!;
      const explanation = { steps: explained.steps, assumptions: explained.findings, warnings: item.warnings };
      cards.push(whyCard(language, standing, item, explanation));
      const named = standing.items.length > 1 ? { item: id } : {};
      steps.push(...explained.steps.map((step) => ({ ...named, ...stepJson(step, language) })));
      assumptions.push(...explained.findings.map((finding) => ({ ...named, ...findingJson(finding, language) })));
    }
    if (cards.length === 0) cards.push(whyCard(language, standing, null, { steps: [], assumptions: [], warnings: standing.warnings }));
    const reviews = await statusOf(subjectsOf(matter.facts, asked), context);
    const last = withReviews(cards.at(-1)!, reviews, context);
    return { cards: [...cards.slice(0, -1), last], json: { steps, assumptions, reviews: reviews.map(reviewJson) } };
  },
};
