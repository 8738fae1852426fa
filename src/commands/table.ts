import type { Command, Parameter } from "./command.ts";

/** What stands around a part of the README that is made, not written. */
export const TABLE_BEGIN = "<!-- commands:begin -->";
export const TABLE_END = "<!-- commands:end -->";

const GROUPS = ["ask", "record", "watch", "terminal"] as const;

/** The README's table: every command by what it is for, with what it cannot do without. `say` words a key of src/cards/words. */
export function commandTable(commands: readonly Command[], say: (key: string) => string): string {
  return GROUPS.map((group) => {
    const rows = commands.filter((command) => command.group === group).map((command) => rowOf(command, say));
    return [`**${say(`help.group-${group}`)}**`, "", "| command | what it does |", "| --- | --- |", ...rows].join("\n");
  }).join("\n\n");
}

function rowOf(command: Command, say: (key: string) => string): string {
  const hint = command.options.some(({ required }) => required !== true) ? " …" : "";
  const words = [command.verb, ...command.positionals.map(positional), ...command.options.filter(isRequired).map(option)];
  return `| \`${words.join(" ")}${hint}\` | ${say(command.summary).replaceAll("|", "\\|")} |`;
}

function isRequired({ required }: Parameter): boolean {
  return required === true;
}

function positional({ name, required, many }: Parameter): string {
  const shown = `${name.toUpperCase()}${many === true ? "…" : ""}`;
  return required === true ? shown : `[${shown}]`;
}

function option({ name, kind }: Parameter): string {
  return `--${name} ${kind === "day" || kind === "period" ? kind.toUpperCase() : name.toUpperCase()}`;
}
