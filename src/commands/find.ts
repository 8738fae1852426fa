import { authorityOf } from "../law/catalogue.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import type { RecordedEvent } from "../matter/events.ts";
import { knownAt, type Matter } from "../matter/history.ts";
import { matchKeys } from "../matter/key.ts";
import { nearest } from "../matter/nearest.ts";
import { standingNow, standingOn } from "../matter/standing.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Day } from "../time/day.ts";
import { dayIn, parseInstant } from "../time/instant.ts";
import type { Context, Values } from "./command.ts";

/** The one matter that a name means; refused with the candidates, or with what is near. */
export async function findMatter(name: string, { register }: Context): Promise<Matter | Refusal> {
  const matters = await register.all();
  const keys = matters.map(({ key }) => key);
  const found = matchKeys(name, keys);
  if (found.length === 1) return matters.find(({ key }) => key === found[0])!;
  if (found.length > 1) return refuse("matter-ambiguous", { name, candidates: found });
  const near = nearest(name, [...keys, ...keys.map((key) => key.slice(key.indexOf(":") + 1))]);
  return refuse("matter-not-found", { name, ...(near === null ? {} : { near }) });
}

/** The civil day at a matter's authority now. */
export function todayOf(matter: Matter, { clock }: Context): Day {
  return dayIn(authorityOf(matter.facts.authority)!.zone, clock.now());
}

/** A matter as a question asks for it: as recorded by --known-at, on the day of --on or now. A day to come is refused: cost projects. */
export async function askedStanding(
  values: Values,
  context: Context,
): Promise<{ matter: Matter; standing: Standing; asOf: Day | null } | Refusal> {
  const found = await findMatter(values.ref as string, context);
  if ("refused" in found) return found;
  const today = todayOf(found, context);
  const on = (values.on ?? null) as Day | null;
  if (on !== null && on > today) return refuse("on-in-future", { day: on, today });
  const instant = values["known-at"] === undefined ? null : parseInstant(values["known-at"] as string);
  const matter = instant === null ? found : knownAt(found, instant);
  if (matter === null) return refuse("not-known-then", { ref: found.facts.ref, at: String(values["known-at"]) });
  return { matter, standing: on === null ? standingNow(matter, today) : standingOn(matter, on), asOf: on };
}

/** The names behind the opaque ids of those who recorded the events; an erased one stays an id. */
export async function namesOf(events: readonly RecordedEvent[], { store }: Context): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const by of new Set(events.map((event) => event.by))) names.set(by, (await store.people.nameOf(by)) ?? by);
  return names;
}

/** How a matter is named in answers: its reference, with its addressee where it has one. */
export function nameOf({ facts }: Pick<Matter, "facts">): string {
  return facts.addressee === undefined ? facts.ref : `${facts.ref}/${facts.addressee}`;
}
