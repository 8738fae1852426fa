import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { z } from "zod";
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
 * What the file beside a register says was erased from it: it stays where it is when the register is moved away or lost.
 */
export async function notedErasures(databaseFile: string): Promise<readonly ErasedAt[]> {
  const file = listOf(databaseFile);
  return existsSync(file) ? erasuresOf(await readFile(file, "utf8")) : [];
}

/** What a list of erasures holds. One line each, in JSON; a line that was cut off, as by a disk that was full, is passed over. */
function erasuresOf(list: string): readonly ErasedAt[] {
  return list.split("\n").flatMap((line): readonly ErasedAt[] => {
    try {
      return [JSON.parse(line) as ErasedAt];
    } catch {
      return [];
    }
  });
}

/** What a list that somebody hands over holds. */
export interface ErasureList {
  readonly erasures: readonly ErasedAt[];
  /** The last line was cut off, as by a disk that was full: it is left out. */
  readonly cut: boolean;
}

const listed = z.object({
  desk: z.string(),
  what: z.union([
    z.object({ kind: z.literal("text"), stream: z.string(), eventId: z.string(), path: z.string() }),
    z.object({ kind: z.literal("person"), person: z.string() }),
  ]),
  row: z.string().nullable(),
  by: z.string(),
  at: z.string(),
  because: z.string(),
});

/** Reads a list as `erasures` prints it. A line that is none, but for a last one that was cut off, refuses the whole: its number is answered. */
export function readErasures(text: string): ErasureList | { readonly line: number } {
  const lines = text.split("\n");
  const erasures: ErasedAt[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const erasure = erasureIn(line);
    if (erasure !== null) erasures.push(erasure);
    else if (index === lines.length - 1 && erasures.length > 0 && line.startsWith("{")) return { erasures, cut: true };
    else return { line: index + 1 };
  }
  return { erasures, cut: false };
}

function erasureIn(line: string): ErasedAt | null {
  try {
    const read = listed.safeParse(JSON.parse(line));
    return read.success ? (read.data as ErasedAt) : null;
  } catch {
    return null;
  }
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
