import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";
import { CHAT, STORE } from "../../adapters/index.ts";
import type { Key, SaidArgs } from "../cards/say.ts";
import type { Copied, Terminal } from "../commands/terminal.ts";
import { LARGEST_FILE } from "../exchange/largest-file.ts";
import { type InTheWay, NotNow } from "../ports/not-now.ts";
import type { Store } from "../ports/store.ts";
import { stopwatch } from "../time/clock.ts";
import { erasedIn } from "./erasures.ts";
import { move } from "./move.ts";
import { restore, restored, severalOf } from "./restore.ts";

export interface TerminalOptions {
  readonly folder: string;
  readonly json: boolean;
  readonly store: () => Store;
  /** The store that the others are desks of: it alone can be closed. */
  readonly house: Store;
  /** The register's address. */
  readonly database: string;
  /** Where adapters keep what they keep by key, where that is not the register itself. */
  readonly keyv?: string | undefined;
  readonly serve: () => Promise<boolean>;
  readonly fault: (about: object) => void;
}

/** What only a terminal can do. File names are resolved against the folder in which the user typed. */
export function openTerminal(options: TerminalOptions): Terminal {
  const at = (file: string) => (isAbsolute(file) ? file : resolve(options.folder, file));
  return {
    json: options.json,
    readFile: (file) => readMatterFile(file, at(file)),
    openScratch: () => STORE.open({ url: "sqlite::memory:" }),
    scratchAdapter: (write) => CHAT.console({ write }),
    writeLine: (line) => void process.stdout.write(`${line}\n`),
    fault: options.fault,
    progress,
    async backup(file): Promise<Copied> {
      if (existsSync(at(file))) return refused("backup-refused", file, "backup.exists");
      if (existsSync(`${at(file)}.part`)) return refused("backup-refused", `${file}.part`, "backup.left");
      const untraced = await whyUntraced(options.store());
      if (untraced !== null) return refused("backup-refused", file, "backup.untraced", { detail: untraced });
      try {
        await options.store().backup(at(file), progress);
      } catch (error) {
        return { code: "backup-refused", args: { detail: sentence(error) } };
      }
      const { events, hash } = await options.store().ledger.head();
      const inspected = await STORE.inspect(at(file));
      return { file, events, head: hash, ...(inspected.ok ? severalOf(inspected.desks) : {}) };
    },
    restore: (file) => restore(at(file), file, options),
    move: (from, to) => move(from, to, options),
    erasures: () => erasedIn(options.house),
    restored: (list) => restored(list === undefined ? null : at(list), list ?? "", options),
    serve: options.serve,
  };
}

/** These do not pass while a copy is made; a lock does. */
const LASTS: ReadonlySet<InTheWay> = new Set(["readonly", "full", "away", "rights"]);

/** Why it could not be noted afterwards that a copy was made, null where it can: nothing is taken out without a trace. */
async function whyUntraced(store: Store): Promise<string | null> {
  try {
    await store.canWrite();
  } catch (error) {
    // What else stands in the way of posting, such as a key-value store that is away, does not stand in the way of a trace.
    if (error instanceof NotNow && LASTS.has(error.why)) return error.message.replace(/\.$/, "");
  }
  return null;
}

/** The byte order marks of UTF-16. */
const UTF16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
] as const;

async function readMatterFile(file: string, path: string): ReturnType<Terminal["readFile"]> {
  try {
    const { size } = await stat(path).then((found) => {
      if (found.isDirectory()) throw Object.assign(new Error("directory"), { code: "EISDIR" });
      return found;
    });
    if (size > LARGEST_FILE) return { code: "file-too-large", args: { file, bytes: size, limit: LARGEST_FILE } };
    const bytes = await readFile(path);
    if (UTF16.some(([first, second]) => bytes[0] === first && bytes[1] === second)) return { code: "file-utf16", args: { file } };
    try {
      return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
    } catch {
      return { code: "file-unreadable", args: { file, detail: "not UTF-8" } };
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return { code: "file-not-found", args: { file } };
    if (code === "EISDIR") return { code: "file-is-directory", args: { file } };
    return { code: "file-unreadable", args: { file, detail: String(code) } };
  }
}

export function refused(code: string, file: string, key: Key, args: SaidArgs = {}): Copied {
  return { code, args: {}, because: { file, key, args } };
}

/** A bar on a terminal; nothing in a pipe. Only work that takes long is shown. */
let began = 0;
export function progress(done: number, of: number): void {
  if (process.stderr.isTTY !== true) return;
  if (done === 0 || began === 0) began = stopwatch();
  const waited = stopwatch() - began;
  if (done >= of) {
    if (waited > 500) process.stderr.write("\r\x1b[K");
    began = 0;
  } else if (waited > 500) process.stderr.write(`\r${done} / ${of}`);
}

export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
