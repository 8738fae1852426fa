import type { Command } from "../command.ts";
import { proposalJson, waitingCard, waitingProposals } from "../proposed.ts";

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
    for (const { proposal, matter } of waiting) written.push(await proposalJson(proposal, matter, context));
    return { cards: [waitingCard(waiting, context)], json: { proposals: written } };
  },
};
