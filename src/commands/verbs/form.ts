import { formTitle } from "../../cards/form-words.ts";
import { verbCard } from "../../cards/help-card.ts";
import { say } from "../../cards/say.ts";
import { type Refusal, refuse } from "../../law/finding.ts";
import { EVENT_TYPES } from "../../matter/events.ts";
import { nearest } from "../../matter/nearest.ts";
import type { FormValues } from "../../ports/form.ts";
import { broughtByCard } from "../card-form.ts";
import { type Command, type Context, misunderstood, type Outcome } from "../command.ts";
import { formOf, hasForm } from "../forms.ts";
import { aboutsOf, usageOf } from "../parser.ts";
import { refusedTo } from "../permission.ts";

/** Opens the form of a command where the platform has forms, and says how it is typed where it has none: what a button carries that needs more. */
export const form: Command = {
  verb: "form",
  summary: "help.form",
  group: "ask",
  access: "reads",
  who: "reader",
  form: null,
  positionals: [
    { name: "verb", kind: "word", required: true },
    { name: "ref", kind: "matter" },
  ],
  options: [{ name: "item", kind: "id", offers: "item" }],
  examples: ["form register", "form snooze SAN-2023-018", "form record SAN-2023-018", "form complied SAN-2023-018 --item dpo"],
  run: async (values, context) => {
    const known: Record<string, readonly string[]> = {};
    for (const name of ["ref", "item"]) if (typeof values[name] === "string") known[name] = [values[name]];
    return open(values.verb as string, known, context);
  },
};

/** Asks first which event, then for what that event needs. */
export const record: Command = {
  verb: "record",
  summary: "help.record",
  group: "record",
  access: "reads",
  who: "editor",
  positionals: [
    { name: "ref", kind: "matter", required: true },
    { name: "what", kind: "choice", allowed: EVENT_TYPES, required: true },
  ],
  options: [],
  examples: ["record SAN-2023-018 paid"],
  run: async (values, context) => open(values.what as string, { ref: [values.ref as string] }, context),
};

async function open(typed: string, known: FormValues, context: Context): Promise<Outcome> {
  const { language } = context;
  // The list is asked for when it is needed: these verbs are themselves in it.
  const { COMMANDS } = await import("../index.ts");
  const verb = typed.toLowerCase();
  const command = COMMANDS.find((one) => one.verb === verb);
  if (command === undefined) {
    const near = nearest(
      verb,
      COMMANDS.filter(hasForm).map((one) => one.verb),
    );
    return misunderstood("verb-unknown", { got: typed, ...(near === null ? {} : { near }) });
  }
  if (!hasForm(command)) return refuse("form-none", { verb });
  const lacking = await refusedTo(command, context);
  if (lacking !== null) return lacking;
  const fields = [...command.positionals, ...command.options].map(({ name }) => name);
  const extra = Object.entries(known).find(([name]) => !fields.includes(name));
  if (extra !== undefined) return misunderstood("argument-extra", { got: extra[1].join(" "), usage: usageOf(command) });
  const brought = await broughtByCard(verb, known, context);
  if ("refused" in brought) return brought as Refusal;
  const made = await formOf(command, { ...brought, ...known }, context);
  if (made === null) return refuse("form-none", { verb });
  if ("refused" in made) return made;
  const usage = usageOf(command);
  const card = verbCard(language, { summary: command.summary, usage, examples: command.examples, abouts: aboutsOf(command) });
  const intro = made.intro === undefined ? [] : [{ kind: "text" as const, text: made.intro }];
  const how = { kind: "text" as const, text: [say(language, "form.typed")] };
  const shown = { ...card, title: formTitle(language, verb), blocks: [...intro, how, ...card.blocks] };
  return { cards: [shown], json: { verb, usage, form: made }, form: made };
}
