import type { Field, FieldKind, FormValues } from "../../../src/ports/form.ts";

/** What an input is called: apart from whatever else a press sends, and telling how its value is to be read. */
const PREFIXES = { one: "one:", many: "many:", tick: "tick:" } as const;

export function inputName({ name, kind }: Pick<Field, "name" | "kind">): string {
  if (kind.type === "flag") return `${PREFIXES.tick}${name}`;
  return `${isMany(kind) ? PREFIXES.many : PREFIXES.one}${name}`;
}

export function isMany(kind: FieldKind): boolean {
  return (kind.type === "choice" || kind.type === "lookup") && kind.many;
}

/** Several values in the one string that Teams takes, which has commas between them. */
export function writeMany(values: readonly string[]): string {
  return values.map((value) => encodeURIComponent(value.toWellFormed())).join(",");
}

/** What was entered into a form, by the fields' names. */
export function valuesIn(data: Readonly<Record<string, unknown>>): FormValues {
  const entries = Object.entries(data).flatMap(([name, held]): readonly (readonly [string, readonly string[]])[] => {
    const text = ["string", "number", "boolean"].includes(typeof held) ? String(held) : "";
    const prefix = Object.values(PREFIXES).find((one) => name.startsWith(one));
    if (prefix === undefined || text === "") return [];
    const field = name.slice(prefix.length);
    if (prefix === PREFIXES.tick) return text === "yes" ? [[field, ["yes"]]] : [];
    if (prefix === PREFIXES.one) return [[field, [text]]];
    const values = text
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== "");
    return values.length === 0 ? [] : [[field, values.map(read)]];
  });
  return Object.fromEntries(entries);
}

function read(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
