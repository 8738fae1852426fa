import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../src/time/clock.ts";
import type { Seen } from "./playground-steps.ts";

export interface Circumstances {
  readonly root: string;
  /** What was fetched, with versions. */
  readonly packages: readonly string[];
  readonly browser: string;
}

/** Writes the page that shows the pictures: what was run, on what, when, and what was seen at each step. */
export function recorded(folder: string, seen: readonly Seen[], { root, packages, browser }: Circumstances): void {
  const steps = seen.map(({ name, picture, shows, words }) => {
    const image = picture === null ? "" : `![${name}](${picture})\n\n`;
    return `## ${capital(name)}\n\n${shows}\n\n${image}The card's words begin:\n\n> ${escaped(words)}\n`;
  });
  const page = `# In the Agents Playground

Made by \`npm run test:playground\` on ${systemClock.now().slice(0, 10)}, at ${commitOf(root)}, with Node ${process.versions.node}, ${browser}, ${packages.map((name) => `\`${name}\``).join(" and ")}.

The playground is Microsoft's own client for trying bots, in a browser. It is not Teams: it has no manifest, no dialogs, no throttling, no private answers in channels, and no sign-in. The program ran as it does
for a team, but for the tokens (\`TEAMS_INSECURE_FOR_TESTS\`), on a register of its own.

It printed:

\`\`\`
${seen.map(({ name }) => `ok  ${name}`).join("\n")}
every step was seen
\`\`\`

${steps.join("\n")}`;
  writeFileSync(join(folder, "README.md"), page);
}

function commitOf(root: string): string {
  try {
    const git = (...args: readonly string[]) =>
      execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    const changed = git("status", "--porcelain", "--", "src", "adapters", "scripts", "package.json").length > 0;
    return `commit \`${git("rev-parse", "--short=12", "HEAD")}\`${changed ? " with changes that were not committed yet" : ""}`;
  } catch {
    return "a commit that could not be told";
  }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The card's own words are no markup of this page. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#|]/g, "\\$&");
}
