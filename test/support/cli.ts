import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, onTestFinished } from "vitest";
import { COMPILED, start } from "./child.ts";
import { ROOT } from "./source.ts";

/** What a call of the command line came to. */
export interface Called {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own, gone when the test is over. */
export function folderOfTest(): string {
  return folderUntil(onTestFinished);
}

/** A folder of its own for the tests of a file, gone when they are over. */
export function folderOfFile(): string {
  return folderUntil(afterAll);
}

function folderUntil(over: (tidy: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), "curewatch-test-"));
  over(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The arguments of node for a call of the command line. */
export function nodeArguments(words: readonly string[]): readonly string[] {
  return [join(ROOT, "src/app/start.js"), "cli", ...words];
}

/** An environment in which nothing of the machine's own configures Curewatch. `typedIn` is the folder in which the user typed. */
export function bareEnvironment(typedIn: string): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, INIT_CWD: typedIn, NODE_COMPILE_CACHE: COMPILED, ...(TMPDIR === undefined ? {} : { TMPDIR }) };
}

/** Calls the command line in a process of its own, from the project's folder, as `npm run curewatch` does. */
export async function call(
  words: readonly string[],
  typedIn: string,
  environment: NodeJS.ProcessEnv = bareEnvironment(typedIn),
): Promise<Called> {
  const { status, output, errors } = await start(nodeArguments(words), environment);
  return { status, out: output, err: errors };
}

/** What `--json` prints of a sum. */
export interface Sum {
  readonly amount: string;
  readonly currency: string;
}

/** What the tests read of `show --json`. */
export interface Shown {
  readonly ref: string;
  readonly state: string;
  readonly through: string;
  readonly items: readonly ShownItem[];
  readonly fines: readonly { readonly id: string; readonly amount: Sum | null; readonly paid: Sum; readonly refundDue: Sum }[];
  readonly totals: readonly object[];
  readonly warnings: readonly { readonly code: string; readonly text: string }[];
}

export interface ShownItem {
  readonly id: string;
  readonly state: string;
  readonly expiry: string | null;
  readonly units: number | null;
  readonly theoretical: Sum | null;
  readonly capReached: string | null;
  readonly warnings: readonly { readonly code: string; readonly text: string }[];
}

/** A register in a folder of its own, and the command line on it. */
export interface Desk {
  readonly folder: string;
  /** Writes a file into the folder. */
  write(name: string, content: string | Uint8Array): void;
  call(...words: string[]): Promise<Called>;
  /** The JSON document of a call that ended well. */
  ask<Answer = Shown>(...words: string[]): Promise<Answer>;
}

export function deskIn(folder: string): Desk {
  const onDesk = (...words: string[]) => call([...words, "--db", "sqlite:x.db"], folder);
  return {
    folder,
    write(name, content) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    },
    call: onDesk,
    async ask(...words) {
      const { status, out, err } = await onDesk(...words, "--json");
      if (status !== 0) throw new Error(`${words.join(" ")}: exit status ${status}\n${err}`);
      return JSON.parse(out);
    },
  };
}
