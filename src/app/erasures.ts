import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Erasure } from "../ports/privacy.ts";
import type { Store } from "../ports/store.ts";

/** An erasure, and the desk at which it was made. */
export interface ErasedAt extends Erasure {
  readonly desk: string;
}

/** What was erased from a register, at all its desks. */
export async function erasedIn(house: Store): Promise<readonly ErasedAt[]> {
  const all: ErasedAt[] = [];
  for (const desk of await house.desks()) {
    for (const one of await (await house.desk(desk)).privacy.erasures()) all.push({ desk, ...one });
  }
  return all;
}

/**
 * What the file beside a register says was erased from it: it stays where it is when the register is moved away or lost. One line each, in JSON;
 * a line that was cut off, as by a disk that was full, is passed over.
 */
export async function notedErasures(databaseFile: string): Promise<readonly ErasedAt[]> {
  const file = listOf(databaseFile);
  if (!existsSync(file)) return [];
  return (await readFile(file, "utf8")).split("\n").flatMap((line): readonly ErasedAt[] => {
    try {
      return [JSON.parse(line) as ErasedAt];
    } catch {
      return [];
    }
  });
}

function listOf(databaseFile: string): string {
  return `${databaseFile}.erasures`;
}

/** Where the list of erasures would stand beside a register, where there is none. */
export function missingList(databaseFile: string): string | null {
  const file = listOf(databaseFile);
  return existsSync(file) ? null : file;
}

/** Erases in a register what was erased from the one that it stands in for. Answers how many texts and people went. */
export async function eraseAgain(house: Store, erased: readonly ErasedAt[]): Promise<number> {
  let went = 0;
  const desks = new Set(await house.desks());
  for (const [desk, some] of Map.groupBy(erased, (one) => one.desk)) {
    if (desks.has(desk)) went += await (await house.desk(desk)).privacy.apply(some.map(({ desk: _desk, ...one }) => one));
  }
  return went;
}
