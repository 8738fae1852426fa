import type { z } from "zod";
import { authorityOf } from "../law/catalogue.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import type { Day } from "../time/day.ts";
import { amountProblems, checkMatter, type Problem } from "./check.ts";
import type { EventOf, RecordedEvent } from "./events.ts";
import { type Facts, factsSchema } from "./facts.ts";
import { heldOn, type Matter } from "./history.ts";
import { faultOf, NO_FIELD } from "./issue-code.ts";
import { unturned } from "./turns.ts";

/** What a correction names where it mends not an event but a fact of the matter itself. */
export const REGISTRATION = "registered";

/** What a matter is by its key: another number is another matter. */
const KEY: ReadonlySet<string> = new Set(["ref", "authority", "addressee"]);

/** The matter with its facts as the corrections that hold on the day have mended them. */
export function asOf(matter: Matter, on: Day): Matter {
  let { facts } = matter;
  if (!matter.events.some(({ event }) => event.type === "corrected")) return matter;
  for (const { event } of heldOn(matter.events, on)) {
    if (event.type !== "corrected" || event.event !== REGISTRATION) continue;
    const mended = mendFacts(facts, event, matter.events);
    if (!("refused" in mended)) facts = mended;
  }
  return facts === matter.facts ? matter : { ...matter, facts };
}

/** Sets facts by their paths, lists of things by their ids: decided, items.dpo.penalty.rate. Null takes a fact away. They are read together: one may need another. */
export function mendFacts(facts: Facts, correction: EventOf<"corrected">, events: readonly RecordedEvent[]): Facts | Refusal {
  if (correction.void === true) return refuse("registration-not-void");
  const entries = Object.entries(unturned(correction.set ?? {}));
  const copy = unturned(facts) as unknown as Fields;
  for (const [path, value] of entries) {
    const parts = path.split(".");
    if (KEY.has(parts[0]!)) return refuse("correction-of-key", { field: parts[0]! });
    if (!setAt(copy, parts, value)) return refuse("correction-invalid", { field: path, event: REGISTRATION, ...NO_FIELD });
  }
  const checked = parsed(copy, entries);
  if (!checked.success) {
    const field = fieldOf(checked.error, copy, entries);
    return refuse("correction-invalid", { field, event: REGISTRATION, ...faultOf(checked.error) });
  }
  const mended = checked.data;
  // What was wrong before, by a check that came later than the matter, stands in the way of no other correction.
  const known = new Set(problemsOf(facts, events, correction.on).map(placed));
  const problem = problemsOf(mended, events, correction.on).find((one) => !known.has(placed(one)));
  if (problem === undefined) return mended;
  // A correction says what is known on its day: of a later one it can know nothing.
  if (problem.code === "day-in-future") return refuse("correction-before-day", { day: problem.args.day!, on: correction.on });
  return refuse(problem.code, problem.args);
}

function problemsOf(facts: Facts, events: readonly RecordedEvent[], on: Day): readonly Problem[] {
  const currency = facts.currency ?? authorityOf(facts.authority)!.currency;
  const amounts = events.flatMap(({ id, event }) => amountProblems(event, currency).map((one) => ({ ...one, path: [id, ...one.path] })));
  return [...checkMatter(facts, on), ...amounts];
}

function placed({ path, code }: Problem): string {
  return `${path.join(".")} ${code}`;
}

type Fields = Record<string, unknown>;
type Entries = readonly (readonly [string, unknown])[];

/** A line holds text alone: where a fact is a number, it is read as one. */
function parsed(copy: Fields, entries: Entries): ReturnType<typeof factsSchema.safeParse> {
  let read = factsSchema.safeParse(copy, { reportInput: true });
  for (const [path, value] of entries) {
    if (read.success) return read;
    if (typeof value !== "string" || !/^\d{1,9}$/.test(value)) continue;
    setAt(copy, path.split("."), Number(value));
    const again = factsSchema.safeParse(copy, { reportInput: true });
    if (again.success || again.error.issues.length < read.error.issues.length) read = again;
    else setAt(copy, path.split("."), value);
  }
  return read;
}

/** The path that was set and is at fault, things in lists by their ids; the fault's own where it is what another one lacks. */
function fieldOf({ issues }: z.ZodError, copy: Fields, entries: Entries): string {
  let at: unknown = copy;
  const parts = issues[0]!.path.map((part) => {
    const [list, next] = [at, (at as Record<PropertyKey, unknown> | undefined)?.[part]];
    at = next;
    return Array.isArray(list) ? String((next as { id?: unknown } | undefined)?.id ?? part) : String(part);
  });
  const fault = parts.join(".");
  return entries.find(([path]) => fault === path || fault.startsWith(`${path}.`) || path.startsWith(`${fault}.`))?.[0] ?? fault;
}

function setAt(into: Fields, [field, ...rest]: readonly string[], value: unknown): boolean {
  if (field === undefined || field === "__proto__") return false;
  if (rest.length === 0) {
    if (value === null) delete into[field];
    else into[field] = value;
    return true;
  }
  const next = into[field];
  if (Array.isArray(next)) {
    const [id, ...inside] = rest;
    const entry = next.find((one) => typeof one === "object" && one !== null && one.id === id);
    return entry !== undefined && inside.length > 0 && setAt(entry, inside, value);
  }
  // What is not there yet is made of what is set in it, and read as the rest is: a cap that was forgotten.
  if (next === undefined && rest.length === 1) into[field] = {};
  else if (typeof next !== "object" || next === null) return false;
  return setAt(into[field] as Fields, rest, value);
}
