import { plainCard } from "../../cards/answers.ts";
import { type Key, type SaidArgs, say } from "../../cards/say.ts";
import { refuse } from "../../law/finding.ts";
import type { Language } from "../../time/wording.ts";
import type { Command } from "../command.ts";

/** Brings the whole register into another database. An address that is not typed is the configured one, so that no password need be typed. */
export const move: Command = {
  verb: "move",
  summary: "help.move",
  group: "terminal",
  access: "writes",
  who: "admin",
  standalone: true,
  terminalOnly: true,
  positionals: [],
  options: [
    { name: "from", kind: "text" },
    { name: "to", kind: "text" },
  ],
  examples: ["move --from sqlite:data/curewatch.db", "move --to sqlite:data/curewatch.db"],
  async run(values, { terminal, language }) {
    const moved = await terminal!.move(values.from as string | undefined, values.to as string | undefined);
    if ("code" in moved) return refuse(moved.code, detailed(moved.args, language));
    const { from, to, rows, desks } = moved;
    const chains = desks.map(({ desk, events, head }) => plainCard(language, "move.desk", { desk, events, head: head.slice(0, 12) }));
    return { cards: [plainCard(language, "move.done", { from, to, rows }), ...chains], json: { from, to, rows, desks } };
  },
};

/** A chain that is broken is told of as `verify` tells of it. */
function detailed({ fault, ...args }: Readonly<Record<string, string | number>>, language: Language) {
  if (fault === undefined) return args;
  const said = JSON.parse(String(fault)) as SaidArgs & { readonly kind: string };
  return { ...args, detail: say(language, `verify.${said.kind}` as Key, said) };
}

/** What was erased, one line each, to be kept where no back-up of the database reaches. */
export const erasures: Command = {
  verb: "erasures",
  summary: "help.erasures",
  group: "terminal",
  access: "reads",
  who: "admin",
  terminalOnly: true,
  needsRegister: true,
  positionals: [],
  options: [],
  examples: ["erasures"],
  async run(_values, { terminal }) {
    const all = await terminal!.erasures();
    if (!terminal!.json) for (const one of all) terminal!.writeLine(JSON.stringify(one));
    return { cards: [], json: { erasures: all }, written: !terminal!.json };
  },
};

/** The database was put back by its own means, such as pg_restore: what `restore` would have seen to is seen to now. */
export const restored: Command = {
  verb: "restored",
  summary: "help.restored",
  group: "terminal",
  access: "writes",
  who: "admin",
  terminalOnly: true,
  needsRegister: true,
  positionals: [],
  options: [{ name: "erasures", kind: "file" }],
  examples: ["restored", "restored --erasures curewatch.erasures"],
  async run(values, { terminal, language }) {
    const told = await terminal!.restored(values.erasures as string | undefined);
    if ("code" in told) return refuse(told.code, told.args);
    const { desks, erased, list } = told;
    const cards = [plainCard(language, "restored.done", { desks })];
    if (list !== undefined) {
      const { file, erasures: held, strange } = list;
      cards.push(plainCard(language, "restored.erased", { file, held, erased, strange }));
      if (list.cut) cards.push(plainCard(language, "restored.cut", { file }));
    }
    return { cards, json: { desks, erased, ...(list === undefined ? {} : { list }) } };
  },
};
