import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where settings may lie, in the folder in which the program is started. */
export const DOTENV = ".env";

let isLoaded = false;

/** Whether settings lie in the folder that nobody has asked for. */
export function isUnread(folder: string): boolean {
  return !isLoaded && existsSync(join(folder, DOTENV));
}

/**
 * Puts what a file like .env.example sets into the environment. What stands there already wins, even where it is empty. A file that is not there
 * sets nothing; one that is written wrongly sets nothing either, and every problem is returned with its line and without the value.
 */
export function loadDotenv(file: string): readonly string[] {
  isLoaded = true;
  if (!existsSync(file)) return [];
  const problems = problemsOf(readFileSync(file, "utf8")).map((problem) => `${file}:${problem}`);
  if (problems.length === 0) process.loadEnvFile(file);
  return problems;
}

/** What Node would pass over without a word, or read as something else than a shell does. */
export function problemsOf(text: string): readonly string[] {
  const problems: string[] = [];
  const known = new Map<string, number>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const at = index + 1;
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name, value = ""] = /^(?:export )?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name === undefined) {
      problems.push(`${at}: write NAME=value, or # before a comment`);
      continue;
    }
    const wrong = valueProblem(value);
    if (wrong !== null) problems.push(`${at}: ${name}: ${wrong}`);
    const before = known.get(name);
    if (before !== undefined) problems.push(`${at}: ${name}: stands in line ${before} already`);
    known.set(name, at);
  }
  return problems;
}

function valueProblem(value: string): string | null {
  const quoted = /^(["'`])(.*?)\1(.*)$/.exec(value);
  if (quoted !== null) return /^\s*(#.*)?$/.test(quoted[3]!) ? null : "something follows the closing quote";
  if (/^["'`]/.test(value)) return "the quote is not closed on this line";
  if (/^\s+\S/.test(value) && !/^\s+#/.test(value)) return "no space after =";
  const bare = value.replace(/\s+#.*$/, "").trimEnd();
  if (bare.includes("#")) return "put the value in quotes: a # begins a comment";
  return /\s/.test(bare) ? "put the value in quotes: it holds a space" : null;
}
