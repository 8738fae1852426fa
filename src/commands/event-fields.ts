import { problemText } from "../cards/findings.ts";
import { problemsOf } from "../exchange/issues.ts";
import type { Refusal } from "../law/finding.ts";
import { canEase } from "../matter/easing.ts";
import { EVENTS, type EventType, type MatterEvent } from "../matter/events.ts";
import { type Command, type Context, type Misunderstanding, misunderstood, type Parameter, type Values } from "./command.ts";
import { typedWord } from "./tokens.ts";

/** How each field of an event is typed. Fields that differ by type stand under "type.field". */
const FIELDS: Readonly<Record<string, Omit<Parameter, "name">>> = {
  on: { kind: "day", required: true },
  // The last word counts, whatever its day: it is said today.
  "visibility.on": { kind: "day" },
  id: { kind: "id" },
  item: { kind: "id", offers: "item" },
  ref: { kind: "text" },
  because: { kind: "text", offers: "lines" },
  source: { kind: "text" },
  note: { kind: "text", offers: "lines" },
  at: { kind: "time" },
  until: { kind: "day" },
  by: { kind: "period" },
  how: { kind: "choice", allowed: ["payment", "offset", "write-off"] },
  scope: { kind: "choice", allowed: ["accrual", "collection"] },
  with: { kind: "text" },
  rate: { kind: "amount" },
  count: { kind: "count" },
  counted: { kind: "choice", allowed: ["true", "false"] },
  from: { kind: "day" },
  to: { kind: "day" },
  "reduced.to": { kind: "amount" },
  "referred.to": { kind: "text" },
  "assigned.to": { kind: "text", offers: "person" },
  "visibility.to": { kind: "choice", allowed: ["public", "desk", "restricted"] },
  as: { kind: "choice", allowed: ["assignee", "owner"] },
  amount: { kind: "amount" },
  for: { kind: "text", offers: "payable" },
  "reduced.for": { kind: "text", offers: "reducible" },
  suspends: { kind: "choice", allowed: ["no", "yes", "by-order"] },
  fine: { kind: "id", offers: "fine" },
  liquidation: { kind: "text", offers: "liquidation" },
  matter: { kind: "flag" },
  what: { kind: "choice", allowed: ["expiry", "firstPenaltyDay", "units"] },
  value: { kind: "word" },
  text: { kind: "text", offers: "lines" },
  event: { kind: "id", offers: "event" },
  set: { kind: "text", many: true, offers: "several-lines" },
  void: { kind: "flag" },
};

/** The version of the matter that whoever records has seen, and a look without recording: for what ends, lowers or postpones. */
const ASKED: readonly Parameter[] = [
  { name: "confirmed", kind: "version", unasked: true, about: "help.confirmed" },
  { name: "dry-run", kind: "flag", unasked: true },
];

/** The options of the command that records an event of that kind. */
export function optionsOf(type: EventType): readonly Parameter[] {
  const shape = EVENTS[type].shape as Readonly<Record<string, { safeParse(value: unknown): { success: boolean } }>>;
  const fields = Object.keys(shape)
    .filter((name) => name !== "type")
    .map((name) => {
      const optional = shape[name]!.safeParse(undefined).success;
      const own = FIELDS[`${type}.${name}`];
      return { name, ...(own ?? FIELDS[name])!, ...(optional || (name === "on" && own !== undefined) ? {} : { required: true }) };
    });
  return canEase(type) ? [...fields, ...ASKED] : fields;
}

/** The first argument names the matter; --ref is the number of the decision that the event is. */
export function splitRef(values: Values): { named: string; fields: Values } {
  const { ref, "option:ref": decision, ...rest } = values;
  return { named: ref as string, fields: decision === undefined ? rest : { ...rest, ref: decision } };
}

/** The event as its fields were typed. */
export function eventFrom(type: EventType, fields: Values, { language }: Context): MatterEvent | Misunderstanding | Refusal {
  const raw: Record<string, unknown> = { ...fields, type };
  for (const name of ["count"]) if (raw[name] !== undefined) raw[name] = Number(raw[name]);
  if (raw.counted !== undefined) raw.counted = raw.counted === "true";
  if (type === "overridden" && raw.what === "units" && /^\d+$/.test(String(raw.value))) raw.value = Number(raw.value);
  if (Array.isArray(raw.set)) {
    const set = settingsFrom(raw.set as readonly string[]);
    if ("misunderstood" in set) return set as Misunderstanding;
    raw.set = set;
  }
  const parsed = EVENTS[type].safeParse(raw, { reportInput: true });
  if (parsed.success) return parsed.data as MatterEvent;
  const problems = problemsOf(parsed.error, raw, ["matters", 0, "events", 0]);
  // The matter is named by ref too, so the decision's number has a name of its own.
  const wrong = problems.map(({ path: [field], code, args }) => ({ at: field === "ref" ? "option:ref" : String(field), code, args }));
  return { ...misunderstood("event-field", { detail: problemText(language, problems[0]!) }), wrong };
}

function settingsFrom(texts: readonly string[]): Record<string, unknown> | Misunderstanding {
  const set: Record<string, unknown> = {};
  for (const text of texts) {
    const equals = text.indexOf("=");
    if (equals < 1) return misunderstood("value-invalid", { name: "set", got: text, allowed: "amount=6900" });
    const [field, value] = [text.slice(0, equals), text.slice(equals + 1)];
    set[field] = value === "true" ? true : value === "false" ? false : value === "" ? null : field === "count" ? Number(value) : value;
  }
  return set;
}

/** The words that record the event when they are typed, the matter named by its key; null where a word cannot be typed as it stands. */
export function wordsOf(
  command: Pick<Command, "verb" | "positionals" | "options">,
  key: string,
  event: MatterEvent,
): readonly string[] | null {
  const words: (string | null)[] = [command.verb, typedWord(key)];
  for (const parameter of command.options) {
    // The decision's number is typed as --ref, beside the matter's own.
    const value = (event as Readonly<Record<string, unknown>>)[parameter.name];
    if (value === undefined) continue;
    if (parameter.name === "set")
      for (const [field, to] of Object.entries(value as object)) words.push("--set", typedWord(`${field}=${to ?? ""}`));
    else if (parameter.kind === "flag") words.push(`--${parameter.name}`);
    else if (String(value).startsWith("--")) words.push(typedWord(`--${parameter.name}=${String(value)}`));
    else words.push(`--${parameter.name}`, typedWord(String(value)));
  }
  return words.some((word) => word === null) ? null : (words as string[]);
}
