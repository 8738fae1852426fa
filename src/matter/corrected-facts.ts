import { authorityOf } from "../law/catalogue.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import type { Day } from "../time/day.ts";
import { amountProblems, checkMatter } from "./check.ts";
import type { EventOf, RecordedEvent } from "./events.ts";
import { type Facts, factsSchema } from "./facts.ts";
import { heldOn, type Matter } from "./history.ts";

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
    const next =
      parsed(mended, parts, value) ?? (typeof value === "string" && /^\d{1,9}$/.test(value) ? parsed(mended, parts, Number(value)) : null);
    if (next === null) return refuse("correction-invalid", { field: path, event: REGISTRATION });
    mended = next;
  }
  const currency = mended.currency ?? authorityOf(mended.authority)!.currency;
  const problem = checkMatter(mended, correction.on)[0] ?? events.flatMap(({ event }) => amountProblems(event, currency))[0];
  return problem === undefined ? mended : refuse(problem.code, problem.args);
}

function parsed(facts: Facts, path: readonly string[], value: unknown): Facts | null {
  const copy = structuredClone(facts) as unknown as Record<string, unknown>;
  if (!setAt(copy, path, value)) return null;
  const checked = factsSchema.safeParse(copy);
  return checked.success ? checked.data : null;
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
