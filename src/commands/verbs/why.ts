import { whyCard } from "../../cards/answers.ts";
import { refuse } from "../../law/finding.ts";
import { explainItem } from "../../matter/why.ts";
import type { Command } from "../command.ts";
import { askedStanding } from "../find.ts";
import { findingJson, stepJson } from "../json.ts";

export const why: Command = {
  verb: "why",
  summary: "help.why",
  group: "ask",
  access: "reads",
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
    const asked = await askedStanding(values, context);
    if ("refused" in asked) return asked;
    const { matter, standing } = asked;
    const ids = standing.items.map(({ id }) => id);
    const item = values.item as string | undefined;
    if (item !== undefined && !ids.includes(item)) return refuse("item-unknown", { item, items: ids });
    const cards = [];
    const steps = [];
    const assumptions = [];
    for (const id of item === undefined ? ids : [item]) {
      const explained = explainItem(matter, standing, id);
      const found = standing.items.find((one) => one.id === id)!;
      const explanation = { steps: explained.steps, assumptions: explained.findings, warnings: found.warnings };
      cards.push(whyCard(language, standing, found, explanation));
      const named = ids.length > 1 ? { item: id } : {};
      steps.push(...explained.steps.map((step) => ({ ...named, ...stepJson(step, language) })));
      assumptions.push(...explained.findings.map((finding) => ({ ...named, ...findingJson(finding, language) })));
    }
    if (cards.length === 0) cards.push(whyCard(language, standing, null, { steps: [], assumptions: [], warnings: standing.warnings }));
    return { cards, json: { steps, assumptions } };
  },
};
