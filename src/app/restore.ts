import { existsSync, statSync } from "node:fs";
import { mkdtemp, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { STORE } from "../../adapters/index.ts";
import { noteRestored } from "../alerts/after-restore.ts";
import type { Key, SaidArgs } from "../cards/say.ts";
import type { Copied, DeskCopied, Restored } from "../commands/terminal.ts";
import type { Store } from "../ports/store.ts";
import { systemClock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { databaseFileOf, makeOwnFolder, openDatabase, openDeskFile } from "./database.ts";
import { HOUSE_DESK } from "./desk-names.ts";
import { type ErasedAt, eraseAgain, erasedIn, missingList, notedErasures, readErasures } from "./erasures.ts";
import { progress, refused, sentence, type TerminalOptions } from "./files.ts";
import { isRefused } from "./move.ts";

/** Puts a checked copy in the place of a register that is empty or not there. */
export async function restore(from: string, file: string, options: TerminalOptions): Promise<Copied> {
  const { database, house } = options;
  if (database === "sqlite::memory:") return { code: "restore-refused", args: { detail: database } };
  const inspected = await STORE.inspect(from);
  if (!inspected.ok) {
    const detail = "detail" in inspected ? { detail: inspected.detail } : {};
    return refused("restore-refused", file, `restore.${inspected.reason}`, detail);
  }
  if (inspected.newer) return refused("restore-refused", file, "restore.newer");
  const register = databaseFileOf(database, options.folder);
  const held = await eventsOf(house);
  if (held > 0) return { code: "restore-not-empty", args: { file: register ?? STORE.nameOf(database), events: held } };
  const forgotten = [...(await erasedIn(house)), ...(register === null ? [] : await notedErasures(register))];
  const place = register === null ? intoServer : intoFile;
  const copied = await place(options, register ?? database, async (part) => {
    const checked = await checkedCopy(from, part, inspected.head.hash, forgotten, inspected.lastAt);
    if ("key" in checked) return refused("restore-refused", file, checked.key, checked.args);
    return { file, ...checked, ...severalOf(inspected.desks) };
  });
  if ("code" in copied) return copied;
  await noteOutside(options, inspected.lastAt);
  if (forgotten.length > 0) return copied;
  if (register === null) return { ...copied, unaware: STORE.nameOf(database) };
  const unlisted = missingList(register);
  return unlisted === null ? copied : { ...copied, unlisted };
}

/** Where one desk is all that there is, its chain is the register's. */
export function severalOf(desks: readonly DeskCopied[]): { readonly desks?: readonly DeskCopied[] } {
  return desks.length > 1 ? { desks } : {};
}

type Checking = (part: string) => Promise<Copied>;

/** Written beside the register, flushed, then renamed. */
async function intoFile({ house, folder }: TerminalOptions, register: string, check: Checking): Promise<Copied> {
  makeOwnFolder(register, folder);
  if (!existsSync(dirname(register))) return refused("restore-refused", dirname(register), "restore.no-folder");
  const part = `${register}.part`;
  const checked = await check(part);
  if ("code" in checked) {
    await removeDatabase(part);
    return checked;
  }
  const handle = await open(part, "r+");
  await handle.sync();
  await handle.close();
  await house.close();
  for (const ending of ["-wal", "-shm"]) await rm(`${register}${ending}`, { force: true });
  await rename(part, register);
  return checked;
}

/** Checked in a file of its own, then moved in as a register is; one that breaks off goes on when the same copy is restored again. */
async function intoServer(_options: TerminalOptions, database: string, check: Checking): Promise<Copied> {
  await removeLeft();
  const folder = await mkdtemp(join(tmpdir(), `${SCRATCH}${process.pid}-`));
  let isBegun = false;
  const begun = () => {
    isBegun = true;
  };
  try {
    const part = join(folder, "register.db");
    const checked = await check(part);
    if ("code" in checked) return checked;
    await STORE.move({ from: `sqlite:${part}`, to: database, unserved: true, work: "restore", progress, begun });
    return checked;
  } catch (error) {
    if (isRefused(error)) return { code: error.code, args: error.args };
    return { code: isBegun ? "restore-failed" : "restore-refused", args: { detail: sentence(error) } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const SCRATCH = "curewatch-restore-";

/** What a restore that was killed has left holds the whole register, with what was erased since. */
async function removeLeft(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const by = new RegExp(`^${SCRATCH}(\\d+)-`).exec(name)?.[1];
    if (by === undefined || isAlive(Number(by))) continue;
    // Somebody else's is not ours to remove.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * The database was put back by its own means. What a list says was erased is erased again; and at every desk it is looked for what may have been
 * posted since the last moment of which the database knows.
 */
export async function restored(file: string | null, typed: string, { house }: TerminalOptions): Promise<Restored> {
  if (file !== null && !existsSync(file)) return { code: "file-not-found", args: { file: typed } };
  if (file !== null && statSync(file).isDirectory()) return { code: "file-is-directory", args: { file: typed } };
  const list = file === null ? null : readErasures(await readFile(file, "utf8"));
  if (list !== null && "line" in list) return { code: "restored-no-erasure", args: { file: typed, line: list.line } };
  const desks = await house.desks();
  const erased = await eraseAgain(house, list?.erasures ?? []);
  await markRestored(house, await house.lastAt());
  if (list === null) return { desks: desks.length, erased };
  const strange = list.erasures.filter(({ desk }) => !desks.includes(desk)).length;
  return { desks: desks.length, erased, list: { file: typed, erasures: list.erasures.length, strange, cut: list.cut } };
}

/** From now on nothing is posted that was not looked for before, where it may stand there already. */
async function markRestored(house: Store, since: Instant | null): Promise<void> {
  if (since === null) return;
  const at = systemClock.now();
  for (const name of await house.desks()) await noteRestored((await house.desk(name)).state("desk"), { since, at });
}

/** What is kept by key outside of the register did not come with the copy, and the note belongs there. */
async function noteOutside({ database, folder, keyv }: TerminalOptions, since: Instant | null): Promise<void> {
  if (keyv === undefined) return;
  const store = await openDatabase(database, folder, keyv);
  try {
    await markRestored(store, since);
  } finally {
    await store.close();
  }
}

/** Of all desks: a copy takes the place of every one. */
async function eventsOf(house: Store): Promise<number> {
  let events = 0;
  for (const name of await house.desks()) events += (await (await house.desk(name)).ledger.head()).events;
  return events;
}

/** The copy is whole when the chain of each desk holds, and the house's has the head in it that the source showed before. */
async function checkedCopy(
  from: string,
  part: string,
  head: string,
  forgotten: readonly ErasedAt[],
  lastAt: Instant | null,
): Promise<{ readonly events: number; readonly head: string; readonly erased: number } | { readonly key: Key; readonly args: SaidArgs }> {
  await removeDatabase(part);
  try {
    await STORE.copyFile(from, part);
    return await openDeskFile(part, async (opened) => {
      for (const name of await opened.desks()) {
        const verified = await (await opened.desk(name)).ledger.verify(name === HOUSE_DESK ? head : undefined);
        if (!verified.ok) return { key: `verify.${verified.fault.kind}`, args: verified.fault } as const;
      }
      const erased = await eraseAgain(opened, forgotten);
      await markRestored(opened, lastAt);
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
