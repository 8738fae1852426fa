import { chartCard, noChartCard } from "../../cards/chart-card.ts";
import { chartPoints } from "../chart-points.ts";
import type { Command } from "../command.ts";
import { askedItems } from "../find.ts";
import { moneyJson } from "../json.ts";

/** The running total over time. What another day of delay would cost is told by cost, to the asker alone. */
export const chart: Command = {
  verb: "chart",
  summary: "help.chart",
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
  examples: ["chart SAN-2023-018", "chart SAN-2023-018 dpo --on 2024-04-04"],
  async run(values, context) {
    const { language } = context;
    const found = await askedItems(values, context);
    if ("refused" in found) return found;
    const { matter, standing, asked } = found;
    const metered = standing.items.filter(({ id, rate }) => asked.includes(id) && (rate !== null || values.item !== undefined));
    const drawn = metered.map((one) => ({ item: one, points: one.rate === null ? [] : chartPoints(matter, one.id, standing.through) }));
    const cards = drawn.map((one) => chartCard(language, standing, one.item, one.points));
    const points = drawn.flatMap((one) =>
      one.points.map(({ day, theoretical, theoreticalMax }) => ({
        ...(standing.items.length > 1 ? { item: one.item.id } : {}),
        day,
        theoretical: moneyJson(theoretical),
        ...(theoreticalMax === null ? {} : { theoreticalMax: moneyJson(theoreticalMax) }),
      })),
    );
    return { cards: cards.length === 0 ? [noChartCard(language, standing)] : cards, json: { ref: standing.facts.ref, points } };
  },
};
