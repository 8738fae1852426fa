import { FILTER_NAMES } from "../../alerts/filter.ts";
import { helpCard, verbCard } from "../../cards/help-card.ts";
import { refuse } from "../../law/finding.ts";
import { nearest } from "../../matter/nearest.ts";
import type { Command, Context, Outcome } from "../command.ts";
import { misunderstood } from "../command.ts";
import { aboutsOf, usageOf } from "../parser.ts";

export const help: Command = {
  verb: "help",
  summary: "help.help",
  group: "ask",
  access: "reads",
  who: "reader",
  standalone: true,
  positionals: [{ name: "verb", kind: "word" }],
  options: [],
  form: null,
  examples: ["help", "help show"],
  run: async (values, context) => explain(values.verb as string | undefined, context),
};

/** The list is asked for when it is needed: help is itself in it. */
async function explain(verb: string | undefined, { language, terminal }: Context): Promise<Outcome> {
  const { COMMANDS } = await import("../index.ts");
  const here = COMMANDS.filter(({ terminalOnly }) => terminalOnly !== true || terminal !== null);
  if (verb === undefined) {
    const listed = here.map(({ verb: name, summary, group }) => ({ verb: name, summary, group }));
    return {
      cards: [helpCard(language, listed)],
      json: { commands: here.map((one) => ({ verb: one.verb, usage: usageOf(one), examples: one.examples })) },
    };
  }
  const command = here.find((one) => one.verb === verb.toLowerCase());
  if (command === undefined) {
    if (COMMANDS.some((one) => one.verb === verb.toLowerCase())) return refuse("command-needs-terminal", { verb: verb.toLowerCase() });
    const near = nearest(
      verb,
      here.map((one) => one.verb),
    );
    return misunderstood("verb-unknown", { got: verb, ...(near === null ? {} : { near }) });
  }
  const usage = usageOf(command);
  const filters = command.positionals.some(({ kind }) => kind === "filter") ? { filters: FILTER_NAMES.map((name) => `${name}:`) } : {};
  return {
    cards: [verbCard(language, { summary: command.summary, usage, examples: command.examples, abouts: aboutsOf(command), ...filters })],
    json: { verb: command.verb, usage, examples: command.examples },
  };
}
