import { namesBehind } from "../../alerts/names.ts";
import { historyCard } from "../../cards/answers.ts";
import type { Matter } from "../../matter/history.ts";
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
    const approvals = await namesOfApprovers(matter, context);
    const card = historyCard(context.language, standing, matter.events, names, approvals);
    const events = matter.events.map((recorded) => {
      const approvedBy = approvals.get(recorded.id);
      return { ...eventJson(recorded, names), ...(approvedBy === undefined ? {} : { approvedBy }) };
    });
    return { cards: [card], json: { ref: matter.facts.ref, events } };
  },
};

/** Who approved which event, by the events' ids; an erased name stays an id. */
async function namesOfApprovers(matter: Matter, context: Context): Promise<ReadonlyMap<string, string>> {
  const approvals = await approvalsOf(matter, context);
  const names = await namesBehind(approvals.values(), context.store.people);
  return new Map([...approvals].map(([event, id]) => [event, names.get(id) ?? id]));
}
