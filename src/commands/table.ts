import type { Command, Parameter } from "./command.ts";
import { writtenPositionals } from "./parser.ts";

/** What stands around a part of the README that is made, not written. */
export const TABLE_BEGIN = "<!-- commands:begin -->";
export const TABLE_END = "<!-- commands:end -->";

const GROUPS = ["ask", "record", "watch", "terminal"] as const;

/** The README's table: every command by what it is for, with what it cannot do without. `say` words a key of src/cards/words. */
export function commandTable(commands: readonly Command[], say: (key: string) => string): string {
  return GROUPS.map((group) => {
    const rows = commands
      .filter((command) => command.group === group)
      .map((command) => [writtenOf(command), say(command.summary)] as const);
    return `**${say(`help.group-${group}`)}**\n\n${tableOf(["command", "what it does"], rows)}`;
  }).join("\n\n");
}

function writtenOf(command: Command): string {
  const { verb, options } = command;
  const words = [verb, ...writtenPositionals(command), ...options.filter(isRequired).map(option)];
  return `\`${words.join(" ")}${options.every(isRequired) ? "" : " …"}\``;
}

/** Columns as wide as their widest cell, as the formatter has them. */
function tableOf(head: readonly [string, string], rows: readonly (readonly [string, string])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const written = cells.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`);
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [written[0]!, rule, ...written.slice(1)].join("\n");
}

function isRequired({ required }: Parameter): boolean {
  return required === true;
}

function option({ name, kind }: Parameter): string {
  return `--${name} ${kind === "day" || kind === "period" ? kind.toUpperCase() : name.toUpperCase()}`;
}
