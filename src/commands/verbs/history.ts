import { historyCard } from "../../cards/answers.ts";
import type { Command } from "../command.ts";
import { askedStanding, namesOf } from "../find.ts";
import { eventJson } from "../json.ts";

export const history: Command = {
  verb: "history",
  summary: "help.history",
  group: "ask",
  access: "reads",
  positionals: [{ name: "ref", kind: "matter", required: true }],
  options: [
    { name: "on", kind: "day" },
    { name: "known-at", kind: "instant" },
  ],
  examples: ["history SAN-2023-018", "history SAN-2023-018 --on 2024-07-22", "history SAN-2023-018 --known-at 2024-07-22T09:00:00Z"],
  async run(values, context) {
    const asked = await askedStanding(values, context);
    if ("refused" in asked) return asked;
    const { matter, standing, asOf } = asked;
    // What took effect by that day, as it was recorded: what a correction has made of it is told by show and why.
    const told = asOf === null ? matter.events : matter.events.filter(({ event }) => event.on <= asOf);
    const names = await namesOf(told, context);
    const card = historyCard(context.language, standing, told, names);
    const events = told.map((recorded) => eventJson(recorded, names));
    return { cards: [card], json: { ref: matter.facts.ref, events } };
  },
};
