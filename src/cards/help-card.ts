import type { Block, Card } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { isKey, say } from "./say.ts";
import { factLabel } from "./typography.ts";

const GROUPS = ["ask", "record", "watch", "terminal"] as const;

/** All commands with a line each, by what they are for. */
export function helpCard(language: Language, commands: readonly { verb: string; summary: string; group: (typeof GROUPS)[number] }[]): Card {
  const blocks: Block[] = [];
  for (const group of GROUPS) {
    const rows = commands
      .filter((command) => command.group === group)
      .map(({ verb, summary }) => [[{ bold: verb }], [sayIf(language, summary)]]);
    if (rows.length > 0) blocks.push({ kind: "rows", heading: [say(language, `help.group-${group}`)], rows });
  }
  return { title: say(language, "help.title"), tone: "calm", blocks: [...blocks, { kind: "note", text: [say(language, "help.more")] }] };
}

/** One command: what it does, how it is written, by what it filters, examples. */
export function verbCard(
  language: Language,
  command: {
    readonly summary: string;
    readonly usage: string;
    readonly examples: readonly string[];
    readonly filters?: readonly string[];
    /** The keys of what there is to say of its arguments. */
    readonly abouts: readonly string[];
  },
): Card {
  const { filters, abouts } = command;
  const rows = command.examples.map((example) => [[example]]);
  return {
    title: command.usage.split(" ")[0]!,
    tone: "calm",
    blocks: [
      { kind: "text", text: [sayIf(language, command.summary)] },
      { kind: "facts", facts: [{ label: factLabel(language, say(language, "help.usage")), value: [command.usage] }] },
      ...(filters === undefined ? [] : [{ kind: "text", text: [say(language, "help.filters", { filters })] } as const]),
      ...abouts.map((about) => ({ kind: "note", text: [sayIf(language, about)] }) as const),
      { kind: "rows", heading: [say(language, "help.examples")], rows },
    ],
  };
}

function sayIf(language: Language, key: string): string {
  if (!isKey(key)) throw new Error(`no words for ${key}`);
  return say(language, key);
}
