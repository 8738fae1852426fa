import type { Command } from "../command.ts";
import { nameOf } from "../find.ts";
import { withLeftOut } from "../left-out.ts";
import { erasedProposals, proposalJson, waitingCard, waitingProposals } from "../proposed.ts";
import { buttonOf } from "../proposing.ts";

export const proposals: Command = {
  verb: "proposals",
  summary: "help.proposals",
  group: "ask",
  access: "reads",
  who: "reader",
  positionals: [],
  options: [],
  form: null,
  examples: ["proposals"],
  async run(_values, context) {
    const waiting = await waitingProposals(context);
    const written = [];
    const erased = await erasedProposals(context);
    for (const { proposal, matter } of [...waiting, ...erased]) written.push(await proposalJson(proposal, matter, context));
    const gone = erased.map(({ proposal, matter, own }) => ({
      id: proposal.id,
      button: buttonOf(proposal, context),
      ref: nameOf(matter),
      own,
    }));
    const card = await withLeftOut(waitingCard(waiting, context, "proposals.title", gone), context);
    return { cards: [card], json: { proposals: written } };
  },
};
