/** Writes what the README shows of the program itself: the tables of commands and of platforms, and the screens, each by running its command. `npm run readme` */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isKey, say } from "../src/cards/say.ts";
import { COMMANDS } from "../src/commands/index.ts";
import { commandTable, TABLE_BEGIN, TABLE_END } from "../src/commands/table.ts";
import { tokensOf } from "../src/commands/tokens.ts";
import { FEATURES, PARITY_BEGIN, PARITY_END, parityTable } from "./parity.ts";

const ROOT = join(import.meta.dirname, "..");
const SCREEN = /(<!-- screen: (.+?) -->\n)[\s\S]*?(\n<!-- screen end -->)/g;

/** The README's text with every made part made anew. */
export function freshReadme(text: string): string {
  const table = commandTable(COMMANDS, wordsOf);
  const commands = between(text, [TABLE_BEGIN, TABLE_END], table);
  return withScreens(between(commands, [PARITY_BEGIN, PARITY_END], parityTable(FEATURES)));
}

function between(text: string, [begin, end]: readonly [string, string], made: string): string {
  if (!text.includes(begin) || !text.includes(end)) throw new Error(`the README lacks ${begin} or ${end}`);
  return `${text.slice(0, text.indexOf(begin))}${begin}\n\n${made}\n\n${text.slice(text.indexOf(end))}`;
}

function wordsOf(key: string): string {
  if (!isKey(key)) throw new Error(`no words for ${key}`);
  return say("en", key);
}

/** Each screen is the real answer of a register that holds examples/kourou.yaml. */
function withScreens(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "curewatch-readme-"));
  try {
    run("import examples/kourou.yaml", folder);
    return text.replace(
      SCREEN,
      (_whole, begin: string, line: string, end: string) => `${begin}\n\`\`\`\n${run(line, folder)}\n\`\`\`\n${end}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(line: string, folder: string): string {
  const words = tokensOf(line);
  if ("misunderstood" in words) throw new Error(`the README's screen cannot be read: ${line}`);
  const options = ["--db", `sqlite:${join(folder, "register.db")}`, "--lang", "en"];
  // Its files are those of the project, wherever the script was called.
  const env = { PATH: process.env.PATH, INIT_CWD: ROOT };
  return execFileSync(process.execPath, ["src/app/start.js", "cli", ...words, ...options], { cwd: ROOT, env, encoding: "utf8" }).trimEnd();
}

if (process.argv[1] === import.meta.filename) {
  const file = join(ROOT, "README.md");
  writeFileSync(file, freshReadme(readFileSync(file, "utf8")));
}
