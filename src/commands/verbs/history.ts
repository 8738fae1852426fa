import { namesApart } from "../../alerts/names.ts";
import { historyCard } from "../../cards/answers.ts";
import { standingNow } from "../../matter/standing.ts";
import type { Command, Context } from "../command.ts";
import { findMatter, namesOf, todayOf, withPeople } from "../find.ts";
import { eventJson } from "../json.ts";
import { approvalsOf } from "../proposing.ts";

export const history: Command = {
  verb: "history",
  summary: "help.history",
  group: "ask",
  access: "reads",
  who: "reader",
  positionals: [{ name: "ref", kind: "matter", required: true }],
  options: [],
  examples: ["history SAN-2023-018"],
  async run(values, context) {
    const matter = await findMatter(values.ref as string, context, "by-respondent");
    if ("refused" in matter) return matter;
    const names = await namesOf(matter.events, context);
    const standing = await withPeople(standingNow(matter, todayOf(matter, context)), matter, context);
    const approvers = await approvalsOf(matter, context);
    const approvals = await namesOfApprovers(approvers, context);
    const card = historyCard(context.language, standing, matter.events, names, approvals);
    const events = matter.events.map((recorded) => {
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
