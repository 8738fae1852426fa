import { z } from "zod";
import { plainCard } from "../../cards/answers.ts";
import { say } from "../../cards/say.ts";
import { refuse } from "../../law/finding.ts";
import { fileSchema } from "../../matter/facts.ts";
import type { Language } from "../../time/wording.ts";
import type { Command, Context, Outcome } from "../command.ts";
import type { Copied } from "../terminal.ts";

export const backup: Command = {
  verb: "backup",
  summary: "help.backup",
  group: "terminal",
  access: "reads",
  who: "admin",
  terminalOnly: true,
  needsRegister: true,
  positionals: [{ name: "file", kind: "file", required: true }],
  options: [],
  examples: ["backup curewatch-backup.db"],
  run: async (values, context) => copied(await context.terminal!.backup(values.file as string), "backup.done", context),
};

export const restore: Command = {
  verb: "restore",
  summary: "help.restore",
  group: "terminal",
  access: "writes",
  who: "admin",
  terminalOnly: true,
  positionals: [{ name: "file", kind: "file", required: true }],
  options: [],
  examples: ["restore curewatch-backup.db"],
  run: async (values, context) => copied(await context.terminal!.restore(values.file as string), "restore.done", context),
};

function copied(result: Copied, key: "backup.done" | "restore.done", { language }: Context): Outcome {
  if ("code" in result) return refuse(result.code, { ...result.args, ...detailOf(result, language) });
  const { file, events, head, desks = [], erased, unlisted, unaware } = result;
  const card = plainCard(language, key, { file, events, head: head.slice(0, 12) });
  const each = desks.map((one) => plainCard(language, "copied.desk", { ...one, head: one.head.slice(0, 12) }));
  const again = erased === undefined || erased === 0 ? [] : [plainCard(language, "restore.erased", { n: erased })];
  const unsure = unlisted === undefined ? [] : [plainCard(language, "restore.no-erasures", { file: unlisted })];
  const untold = unaware === undefined ? [] : [plainCard(language, "restore.no-list", { file: unaware })];
  const told = {
    ...(desks.length === 0 ? {} : { desks }),
    ...(unaware === undefined ? {} : { unaware }),
    ...(erased === undefined ? {} : { erased }),
    ...(unlisted === undefined ? {} : { unlisted }),
  };
  return { cards: [card, ...each, ...again, ...unsure, ...untold], json: { file, events, head, ...told } };
}

function detailOf({ because }: Extract<Copied, { code: string }>, language: Language): { readonly detail?: string } {
  if (because === undefined) return {};
  return { detail: say(language, "problems.at", { path: because.file, text: say(language, because.key, because.args) }) };
}

export const serve: Command = {
  verb: "serve",
  summary: "help.serve",
  group: "terminal",
  access: "writes",
  who: "admin",
  terminalOnly: true,
  positionals: [],
  options: [],
  examples: ["serve"],
  async run(_values, { terminal }) {
    if (!(await terminal!.serve())) return refuse("serve-nothing");
    return { cards: [], json: { served: true }, written: true };
  },
};

export const schema: Command = {
  verb: "schema",
  summary: "help.schema",
  group: "terminal",
  access: "reads",
  who: "reader",
  standalone: true,
  terminalOnly: true,
  positionals: [],
  options: [],
  examples: ["schema"],
  async run(_values, { terminal }) {
    const described = z.toJSONSchema(fileSchema, { io: "input", unrepresentable: "any" });
    terminal!.writeLine(JSON.stringify(described, null, 2));
    return { cards: [], json: described, written: true };
  },
};
