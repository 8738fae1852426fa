import { isDeepStrictEqual } from "node:util";

/** A fact that an import fills in or registers, by its path: fines.fine.amount. */
export interface Difference {
  readonly field: string;
  /** Null where nothing was known. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What the facts of a matter come to, field by field, against what they were; things in lists are named by their ids. */
export function differencesOf(before: object | null, after: object): readonly Difference[] {
  const [was, is] = [leavesOf(before ?? {}), leavesOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((field) => {
    const [one, other] = [was.get(field) ?? null, is.get(field) ?? null];
    return isDeepStrictEqual(one, other) ? [] : [{ field, before: one, after: other }];
  });
}

function leavesOf(value: unknown, path = ""): ReadonlyMap<string, string> {
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  if (Array.isArray(value)) {
    if (value.every((entry) => typeof entry !== "object" || entry === null)) return new Map([[path, value.join(", ")]]);
    return merged(value.map((entry, index) => leavesOf(entry, at(idOf(entry) ?? String(index)))));
  }
  if (typeof value !== "object" || value === null) return new Map(value === undefined ? [] : [[path, String(value)]]);
  return merged(
    Object.entries(value)
      .filter(([name]) => name !== "id" || path === "")
      .map(([name, inner]) => leavesOf(inner, at(name))),
    path,
  );
}

/** A thing that has nothing but its id stands there all the same. */
function merged(maps: readonly ReadonlyMap<string, string>[], path = ""): ReadonlyMap<string, string> {
  const all = new Map(maps.flatMap((map) => [...map]));
  return all.size === 0 && path !== "" ? new Map([[path, path.slice(path.lastIndexOf(".") + 1)]]) : all;
}

function idOf(entry: unknown): string | null {
  return typeof entry === "object" && entry !== null && "id" in entry ? String(entry.id) : null;
}
