import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** Keys, and addresses with a password in them, that may lie in a file instead of the environment, which other programs of the same user can read. */
const IN_FILES = ["DATABASE_URL", "CUREWATCH_KEYV_URL", "CUREWATCH_SECRET_KEY", "CUREWATCH_SECRET_KEY_BEFORE"] as const;

/** Nothing that is longer is a key. */
const LONGEST = 4_096;

/** The keys that lie in files, by the variable that they stand for; a path is resolved against the folder. No problem shows what was read. */
export function secretsOfFiles(
  given: Readonly<Record<string, string>>,
  folder: string,
): { readonly secrets: Readonly<Record<string, string>>; readonly problems: readonly string[] } {
  const secrets: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of IN_FILES) {
    const file = given[`${name}_FILE`];
    if (file === undefined) continue;
    if (given[name] !== undefined) problems.push(`${name}_FILE: is set beside ${name}: set one or the other`);
    const read = onlyLine(resolve(folder, file));
    if ("problem" in read) problems.push(`${name}_FILE: ${shown(name, file)}${read.problem}`);
    else secrets[name] = read.text;
  }
  return { secrets, problems };
}

/** Where an address lies is said. A key may have been put where its file's name belongs, and so may an address: neither is shown. */
function shown(name: string, file: string): string {
  return name.endsWith("_URL") && /^\.{0,2}\//.test(file) ? `${file} ` : "";
}

function onlyLine(file: string): { readonly text: string } | { readonly problem: string } {
  try {
    const text = readFileSync(file, "utf8");
    if (text.length > LONGEST) return { problem: "holds more than a key" };
    // An editor ends the last line; a key has no line end in it, and two that were joined would be shown in part by whatever refuses them.
    const line = text.replace(/[\r\n]+$/, "");
    if (/[\r\n]/.test(line)) return { problem: "holds more than one line" };
    return line === "" ? { problem: "is empty" } : { text: line };
  } catch (error) {
    return { problem: `cannot be read (${(error as NodeJS.ErrnoException).code ?? "no reason given"})` };
  }
}
