import { authorityOf } from "../law/catalogue.ts";
import { type Arg, type Refusal, refuse } from "../law/finding.ts";
import type { Day } from "../time/day.ts";
import { amountProblems, checkMatter, type Problem } from "./check.ts";
import type { EventOf, RecordedEvent } from "./events.ts";
import { type Facts, factsSchema } from "./facts.ts";
import { heldOn, type Matter } from "./history.ts";
import { faultOf, NO_FIELD } from "./issue-code.ts";

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

/** Sets facts by their paths, lists of things by their ids: decided, items.dpo.penalty.rate. Null takes a fact away. */
export function mendFacts(facts: Facts, correction: EventOf<"corrected">, events: readonly RecordedEvent[]): Facts | Refusal {
  if (correction.void === true) return refuse("registration-not-void");
  let mended: Facts = facts;
  for (const [path, value] of Object.entries(correction.set ?? {})) {
    const parts = path.split(".");
    if (KEY.has(parts[0]!)) return refuse("correction-of-key", { field: parts[0]! });
    const asTyped = parsed(mended, parts, value);
    const next =
      "fault" in asTyped && typeof value === "string" && /^\d{1,9}$/.test(value) ? parsed(mended, parts, Number(value)) : asTyped;
    if ("fault" in next) return refuse("correction-invalid", { field: path, event: REGISTRATION, ...next.fault });
    mended = next.facts;
  }
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

type Parsed = { readonly facts: Facts } | { readonly fault: Readonly<Record<string, Arg>> };

function parsed(facts: Facts, path: readonly string[], value: unknown): Parsed {
  const copy = structuredClone(facts) as unknown as Record<string, unknown>;
  if (!setAt(copy, path, value)) return { fault: NO_FIELD };
  const checked = factsSchema.safeParse(copy, { reportInput: true });
  return checked.success ? { facts: checked.data } : { fault: faultOf(checked.error) };
}

function setAt(into: Record<string, unknown>, [field, ...rest]: readonly string[], value: unknown): boolean {
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
  if (typeof next !== "object" || next === null) return false;
  return setAt(next as Record<string, unknown>, rest, value);
}
