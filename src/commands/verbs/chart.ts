import { chartCard, noChartCard } from "../../cards/chart-card.ts";
import { refuse } from "../../law/finding.ts";
import { chartPoints } from "../chart-points.ts";
import type { Command } from "../command.ts";
import { askedStanding } from "../find.ts";
import { moneyJson } from "../json.ts";

/** The running total over time. What another day of delay would cost is told by cost, to the asker alone. */
export const chart: Command = {
  verb: "chart",
  summary: "help.chart",
  group: "ask",
  access: "reads",
  positionals: [
    { name: "ref", kind: "matter", required: true },
    { name: "item", kind: "id", offers: "item" },
  ],
  options: [{ name: "on", kind: "day" }],
  examples: ["chart SAN-2023-018", "chart SAN-2023-018 dpo --on 2024-04-04"],
  async run(values, context) {
    const { language } = context;
    const asked = await askedStanding(values, context);
    if ("refused" in asked) return asked;
    const { matter, standing } = asked;
    const ids = standing.items.map(({ id }) => id);
    const item = values.item as string | undefined;
    if (item !== undefined && !ids.includes(item)) return refuse("item-unknown", { item, items: ids });
    const metered = standing.items.filter(({ id, rate }) => (item === undefined ? rate !== null : id === item));
    const drawn = metered.map((one) => ({ item: one, points: one.rate === null ? [] : chartPoints(matter, one.id, standing.through) }));
    const cards = drawn.map((one) => chartCard(language, standing, one.item, one.points));
    const points = drawn.flatMap((one) =>
      one.points.map(({ day, theoretical }) => ({
        ...(ids.length > 1 ? { item: one.item.id } : {}),
        day,
        theoretical: moneyJson(theoretical),
      })),
    );
    return { cards: cards.length === 0 ? [noChartCard(language, standing)] : cards, json: { ref: standing.facts.ref, points } };
  },
};
