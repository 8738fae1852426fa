import { isAbsolute, resolve } from "node:path";
import { STORE } from "../../adapters/index.ts";
import type { Store } from "../ports/store.ts";

/** The file of a sqlite: address, against the folder in which the user typed; null for one in memory. */
export function databaseFileOf(url: string, folder: string): string | null {
  const path = url.replace(/^sqlite:(\/\/(?=\/))?/, "");
  if (path === ":memory:") return null;
  return isAbsolute(path) ? path : resolve(folder, path);
}

export async function openDatabase(url: string, folder: string): Promise<Store> {
  const file = databaseFileOf(url, folder);
  return STORE.open({ url: file === null ? "sqlite::memory:" : `sqlite:${file}` });
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
