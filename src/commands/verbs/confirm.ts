import { isKeptLine, proposedEvent } from "../../alerts/proposed-event.ts";
import { refuse } from "../../law/finding.ts";
import type { Command } from "../command.ts";
import { todayOf } from "../find.ts";
import { decidedAlready, findProposal, proposedAlready } from "../proposing.ts";
import { recordIntended, versionSeen } from "../record-event.ts";

/** Records a line that was too long for a button, as its writer saw it. */
export const confirm: Command = {
  verb: "confirm",
  summary: "help.confirm",
  group: "record",
  access: "writes",
  who: "editor",
  positionals: [{ name: "id", kind: "id", required: true }],
  options: [{ name: "confirmed", kind: "version", unasked: true, about: "help.confirmed" }],
  form: null,
  examples: ["confirm a1 --confirmed 4"],
  async run(values, context) {
    const { store, clock } = context;
    const found = await findProposal(values.id as string, context);
    if ("refused" in found) return found;
    const { proposal, matter } = found;
    const { id } = proposal;
    const by = await store.people.idOf(context.person, context.personName);
    if (!isKeptLine(proposal)) return refuse("proposal-not-found", { id });
    if (by !== proposal.by) return refuse("confirm-other", { id });
    const event = proposedEvent(proposal);
    const seen = versionSeen(values.confirmed, matter, context);
    if ("refused" in seen) return seen;
    const decided = await decidedAlready(proposal, context);
    if (decided !== null) {
      // Pressed a second time, where the first has proposed it.
      const waits = event === null || seen.confirmed === null ? null : await proposedAlready({ matter, event }, context);
      return waits === null ? decided : refuse("proposal-waits", { id: waits.id });
    }
    if (event === null) return refuse("proposal-erased", { id });
    const outcome = await recordIntended({ matter, event, today: todayOf(matter, context), ...seen }, context);
    if ("cards" in outcome) await store.proposals.settle(id, { kind: "withdrawn", by, at: clock.now(), eventId: null });
    return outcome;
  },
};
