/** Names and free texts of facts and events: kept apart in the register, so that they can be erased. */
const PRIVATE: ReadonlySet<string> = new Set(["respondent", "title", "order", "because", "note", "text"]);

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** Takes the names and free texts out, each by its path (items.0.order). */
export function splitTexts(value: object, assignee = false): { data: { [key: string]: Plain }; texts: Record<string, string> } {
  const texts: Record<string, string> = {};
  const data = without(value as unknown as Plain, [], texts, assignee) as { [key: string]: Plain };
  return { data, texts };
}

function without(value: Plain, path: readonly string[], texts: Record<string, string>, assignee: boolean): Plain {
  if (Array.isArray(value)) return value.map((entry: Plain, index) => without(entry, [...path, String(index)], texts, assignee));
  if (typeof value !== "object" || value === null) return value;
  const kept: Record<string, Plain> = {};
  for (const [field, entry] of Object.entries(value)) {
    if (entry === undefined) continue;
    const isText = PRIVATE.has(field) || (assignee && field === "to" && path.length === 0);
    if (typeof entry === "string" && isText) texts[[...path, field].join(".")] = entry;
    else kept[field] = without(entry, [...path, field], texts, assignee);
  }
  return kept;
}

/** Puts the texts back; those that were erased read [erased]. */
export function joinTexts(data: object, texts: Readonly<Record<string, string>>, erased: readonly string[]): Record<string, unknown> {
  const whole = structuredClone(data) as Record<string, unknown>;
  for (const [path, text] of [...Object.entries(texts), ...erased.map((path) => [path, "[erased]"] as const)]) {
    const parts = path.split(".");
    let at: Record<string, unknown> = whole;
    for (const part of parts.slice(0, -1)) at = at[part] as Record<string, unknown>;
    at[parts.at(-1)!] = text;
  }
  return whole;
}
