import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import { CHAT, STORE } from "../../adapters/index.ts";
import type { Key, SaidArgs } from "../cards/say.ts";
import type { Copied, Terminal } from "../commands/terminal.ts";
import { LARGEST_FILE } from "../exchange/matter-file.ts";
import type { Store } from "../ports/store.ts";
import { stopwatch } from "../time/clock.ts";
import { openDeskFile } from "./database.ts";
import { HOUSE_DESK } from "./desk-names.ts";
import { type ErasedAt, eraseAgain, erasedIn, missingList, notedErasures } from "./erasures.ts";

interface TerminalOptions {
  readonly folder: string;
  readonly json: boolean;
  readonly store: () => Store;
  /** The store that the others are desks of: it alone can be closed. */
  readonly house: Store;
  readonly databaseFile: string | null;
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
      try {
        await options.store().backup(at(file));
      } catch (error) {
        return { code: "backup-refused", args: { detail: sentence(error) } };
      }
      const { events, hash } = await options.store().ledger.head();
      return { file, events, head: hash };
    },
    restore: (file) => restore(at(file), file, options),
    serve: options.serve,
  };
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

/** Puts a checked copy in the place of a register that is empty or not there: written beside it, flushed, then renamed. */
async function restore(from: string, file: string, { databaseFile, house }: TerminalOptions): Promise<Copied> {
  if (databaseFile === null) return { code: "restore-refused", args: { detail: "sqlite::memory:" } };
  const inspected = await STORE.inspect(from);
  if (!inspected.ok) {
    const detail = "detail" in inspected ? { detail: inspected.detail } : {};
    return refused("restore-refused", file, `restore.${inspected.reason}`, detail);
  }
  if (inspected.newer) return refused("restore-refused", file, "restore.newer");
  const held = await eventsOf(house);
  if (held > 0) return { code: "restore-not-empty", args: { file: databaseFile, events: held } };
  await mkdir(dirname(databaseFile), { recursive: true });
  const part = `${databaseFile}.part`;
  const forgotten = [...(await erasedIn(house)), ...(await notedErasures(databaseFile))];
  const unlisted = forgotten.length > 0 ? null : missingList(databaseFile);
  const copied = await checkedCopy(from, part, inspected.head.hash, forgotten);
  if ("key" in copied) {
    await removeDatabase(part);
    return refused("restore-refused", file, copied.key, copied.args);
  }
  const handle = await open(part, "r+");
  await handle.sync();
  await handle.close();
  await house.close();
  for (const ending of ["-wal", "-shm"]) await rm(`${databaseFile}${ending}`, { force: true });
  await rename(part, databaseFile);
  return { file, ...copied, ...(unlisted === null ? {} : { unlisted }) };
}

/** Of all desks: a copy takes the place of every one. */
async function eventsOf(house: Store): Promise<number> {
  let events = 0;
  for (const name of await house.desks()) events += (await (await house.desk(name)).ledger.head()).events;
  return events;
}

function refused(code: string, file: string, key: Key, args: SaidArgs = {}): Copied {
  return { code, args: {}, because: { file, key, args } };
}

/** The copy is whole when the chain of each desk holds, and the house's has the head in it that the source showed before. */
async function checkedCopy(
  from: string,
  part: string,
  head: string,
  forgotten: readonly ErasedAt[],
): Promise<{ readonly events: number; readonly head: string; readonly erased: number } | { readonly key: Key; readonly args: SaidArgs }> {
  await removeDatabase(part);
  try {
    const { copyRegister } = await import("../../adapters/store/sql/backup.ts");
    await copyRegister(from, part);
    return await openDeskFile(part, async (opened) => {
      for (const name of await opened.desks()) {
        const verified = await (await opened.desk(name)).ledger.verify(name === HOUSE_DESK ? head : undefined);
        if (!verified.ok) return { key: `verify.${verified.fault.kind}`, args: verified.fault } as const;
      }
      const erased = await eraseAgain(opened, forgotten);
      const { events, hash } = await opened.ledger.head();
      return { events, head: hash, erased };
    });
  } catch (error) {
    return { key: "restore.unreadable", args: { detail: sentence(error) } };
  }
}

/** A file that an earlier attempt left, with what SQLite keeps beside it. */
async function removeDatabase(file: string): Promise<void> {
  for (const ending of ["", "-wal", "-shm", ".part"]) await rm(`${file}${ending}`, { force: true });
}

/** A bar on a terminal; nothing in a pipe. Only work that takes long is shown. */
let began = 0;
function progress(done: number, of: number): void {
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
