import { historyCard } from "../../cards/answers.ts";
import { standingNow } from "../../matter/standing.ts";
import type { Command } from "../command.ts";
import { findMatter, namesOf, todayOf, withPeople } from "../find.ts";
import { eventJson } from "../json.ts";

export const history: Command = {
  verb: "history",
  summary: "help.history",
  group: "ask",
  access: "reads",
  positionals: [{ name: "ref", kind: "matter", required: true }],
  options: [],
  examples: ["history SAN-2023-018"],
  async run(values, context) {
    const matter = await findMatter(values.ref as string, context, "by-respondent");
    if ("refused" in matter) return matter;
    const names = await namesOf(matter.events, context);
    const standing = await withPeople(standingNow(matter, todayOf(matter, context)), matter, context);
    const card = historyCard(context.language, standing, matter.events, names);
    const events = matter.events.map((recorded) => eventJson(recorded, names));
    return { cards: [card], json: { ref: matter.facts.ref, events } };
  },
};
