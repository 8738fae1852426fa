import { isKeptLine } from "../../alerts/proposed-event.ts";
import { outcomeCard } from "../../cards/proposal-card.ts";
import { type Refusal, refuse } from "../../law/finding.ts";
import type { Proposal } from "../../ports/proposals.ts";
import { type Command, type Context, misunderstood } from "../command.ts";
import { nameOf } from "../find.ts";
import { usageOf } from "../parser.ts";
import { lackingFor } from "../permission.ts";
import { proposalJson } from "../proposed.ts";
import { decidedAlready, findProposal } from "../proposing.ts";
import { noteTrace } from "../trail.ts";

export const decline: Command = {
  verb: "decline",
  summary: "help.decline",
  group: "record",
  access: "writes",
  // Whoever proposed may withdraw it; anybody else has to be an approver.
  who: "editor",
  positionals: [{ name: "id", kind: "id", required: true }],
  options: [{ name: "because", kind: "text", offers: "lines" }],
  form: {},
  examples: ['decline a1 --because "not agreed with counsel"', "decline a1"],
  async run(values, context) {
    const { store, clock, language } = context;
    const found = await findProposal(values.id as string, context);
    if ("refused" in found) return found;
    const { proposal, matter } = found;
    const { id, stream } = proposal;
    const by = await store.people.idOf(context.person, context.personName);
    const isOwn = by === proposal.by;
    const lacking = isOwn ? null : await mayDecline(proposal, context);
    if (lacking !== null) return lacking;
    const decided = await decidedAlready(proposal, context);
    if (decided !== null) return decided;
    const because = values.because as string | undefined;
    if (!isOwn && because === undefined) return misunderstood("argument-missing", { name: "--because", usage: usageOf(decline) });
    const kind = isOwn ? "withdrawn" : "declined";
    const isFirst = await store.proposals.settle(id, { kind, by, at: clock.now(), eventId: null }, because);
    const after = (await store.proposals.of(id))!;
    if (!isFirst) return (await decidedAlready(after, context))!;
    await noteTrace(context, "declined", { verb: "decline", stream, detail: { proposal: id, ...(isOwn ? { withdrawn: true } : {}) } });
    const card = outcomeCard(
      language,
      { id, ref: nameOf(matter), key: stream },
      { kind, name: context.personName, because: because ?? null },
    );
    return { cards: [card], json: { [kind]: await proposalJson(after, matter, context) } };
  },
};

async function mayDecline(proposal: Proposal, context: Context): Promise<Refusal | null> {
  return isKeptLine(proposal) ? refuse("proposal-not-found", { id: proposal.id }) : lackingFor("decline", "approver", context);
}
