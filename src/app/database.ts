import { existsSync, mkdirSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import { STORE } from "../../adapters/index.ts";
import type { Log } from "../ports/chat.ts";
import type { Store } from "../ports/store.ts";

/** The file of a sqlite: address, against the folder in which the user typed; null for one in memory, and for a server's. */
export function databaseFileOf(url: string, folder: string): string | null {
  if (!url.startsWith("sqlite:")) return null;
  const path = url.replace(/^sqlite:(\/\/(?=\/))?/, "");
  if (path === ":memory:") return null;
  return isAbsolute(path) ? path : resolve(folder, path);
}

/** The address as a store takes it: a file's with its whole path. */
export function addressOf(url: string, folder: string): string {
  const file = databaseFileOf(url, folder);
  return file === null ? url : `sqlite:${file}`;
}

/** The file that would be made for the register, where it is not there. */
export function unmade(url: string, folder: string): string | null {
  const file = databaseFileOf(url, folder);
  return file === null || existsSync(file) ? null : file;
}

/** Somebody who serves a register usually has one: an empty one in its stead is silence. */
export function warnOfNew(made: string | null, log: Log): void {
  if (made !== null) log.warn({ file: made }, "there was no register at this path: an empty one was made, and nothing is due in it");
}

/** The register's usual folder is made where it is needed. Any other has to be there: one that is not may be a disk that is not mounted. */
export function makeOwnFolder(file: string, folder: string): void {
  const own = resolve(folder, "data");
  if (dirname(file) === own) mkdirSync(own, { recursive: true });
}

/** `keyv` is where adapters keep what they keep by key, where that is not the database itself. */
export async function openDatabase(url: string, folder: string, keyv?: string): Promise<Store> {
  const file = databaseFileOf(url, folder);
  if (file !== null) makeOwnFolder(file, folder);
  return STORE.open({ url: addressOf(url, folder), ...(keyv === undefined ? {} : { keyv }) });
}

/** Opens a register file for one question and closes it again. */
export async function openDeskFile<T>(file: string, ask: (store: Store) => Promise<T>): Promise<T> {
  const store = await STORE.open({ url: `sqlite:${file}` });
  try {
    return await ask(store);
  } finally {
    await store.close();
  }
}
