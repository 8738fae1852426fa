import { namesApart } from "../../alerts/names.ts";
import { historyCard } from "../../cards/answers.ts";
import type { Command, Context } from "../command.ts";
import { askedStanding, namesOf } from "../find.ts";
import { eventJson } from "../json.ts";
import { approvalsOf } from "../proposing.ts";

export const history: Command = {
  verb: "history",
  summary: "help.history",
  group: "ask",
  access: "reads",
  who: "reader",
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
    const approvers = await approvalsOf(matter, context);
    const approvals = await namesOfApprovers(approvers, context);
    const card = historyCard(context.language, standing, told, names, approvals);
    const events = told.map((recorded) => {
      const approvedBy = approvals.get(recorded.id);
      return {
        ...eventJson(recorded, names),
        ...(approvedBy === undefined ? {} : { approvedBy, approvedById: approvers.get(recorded.id) }),
      };
    });
    return { cards: [card], json: { ref: matter.facts.ref, events } };
  },
};

/** The names of those who approved, by the events' ids; an erased one stays an id. */
async function namesOfApprovers(approvals: ReadonlyMap<string, string>, context: Context): Promise<ReadonlyMap<string, string>> {
  const names = await namesApart(approvals.values(), context.store.people);
  return new Map([...approvals].map(([event, id]) => [event, names.get(id) ?? id]));
}
