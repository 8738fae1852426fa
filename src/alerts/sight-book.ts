import { PUBLIC_SIGHT, type Sight } from "../matter/sight.ts";
import type { Access } from "../ports/access.ts";
import type { AdapterState, Place } from "../ports/chat.ts";
import type { MatterIndex } from "../ports/matter-index.ts";
import type { Clock } from "../time/clock.ts";
import { millisecondsOf } from "../time/instant.ts";
import type { Sights } from "./sights.ts";

/** What each place was seen to see, kept from one tick to the next. */
export interface SightMemory {
  /** Of the access tables, when the places were asked; null before the first time. */
  version: number | null;
  admitted: ReadonlyMap<string, ReadonlySet<string>>;
  readonly seen: Map<Place, Seen>;
}

interface Seen {
  readonly sight: Sight;
  /** When it was asked, and since when it has been seen to see that; in milliseconds. */
  readonly at: number;
  readonly since: number;
  /** Of who reads there, as it was when it was asked. */
  readonly turn: number;
}

export function freshSightMemory(): SightMemory {
  return { version: null, admitted: new Map(), seen: new Map() };
}

export interface SightHost {
  readonly sights: Sights;
  readonly access: Pick<Access, "version" | "admitted" | "admissions" | "confirmations">;
  /** What places were seen to see by processes before this one. */
  readonly seen: AdapterState;
  readonly index: Pick<MatterIndex, "wake">;
  readonly clock: Clock;
  readonly memory: { readonly sights: SightMemory };
}

/** What was asked so lately is still so; a place to which nothing is said is asked that often. */
const LATELY = 10_000;
const NOW_AND_THEN = 60_000;
/** Places asked in one go: a platform is not called hundreds of times in one tick. */
const AT_ONCE = 16;

/**
 * Asks some of the places what they may see, those that were not asked for longest, and all of them where roles, admissions, confirmations or the
 * policy have changed. Where one sees otherwise than before, every matter is looked at again; where only somebody was let in or sent away, that
 * matter: nothing waits until its next day.
 */
export async function watchSights(host: SightHost, places: readonly Place[]): Promise<void> {
  const { access, memory, seen, index } = host;
  const held = memory.sights;
  const version = await access.version();
  if (version === held.version) return look(host, overdue(host, places).slice(0, AT_ONCE));
  const before = held.version ?? (await seen.get("version")) ?? 0;
  const admitted = await access.admitted();
  // A process that has just begun cannot tell what has changed since the one before.
  if (held.version !== null) await wakeSome(host, differing(held.admitted, admitted));
  else if (before !== version) await index.wake("all");
  await look(host, [...new Set([...places, ...held.seen.keys()])]);
  held.admitted = admitted;
  held.version = version;
  if (before !== version) await seen.set("version", version);
}

/** What was seen of these places holds no longer. */
export function forgetSights({ memory }: Pick<SightHost, "memory">, which: (place: Place) => boolean): void {
  for (const place of memory.sights.seen.keys()) if (which(place)) memory.sights.seen.delete(place);
}

/** What each of the places may see now. */
export async function sightsNow(host: SightHost, places: Iterable<Place>): Promise<ReadonlyMap<Place, Sight>> {
  const all = [...new Set(places)];
  const { seen } = host.memory.sights;
  await look(
    host,
    all.filter((place) => !isFresh(host, place, LATELY)),
  );
  return new Map(all.map((place) => [place, seen.get(place)?.sight ?? PUBLIC_SIGHT]));
}

/** What the place was seen to see when it was asked last: in a tick, what sightsNow has just answered. */
export function sightLately({ memory }: Pick<SightHost, "memory">, place: Place): Sight {
  return memory.sights.seen.get(place)?.sight ?? PUBLIC_SIGHT;
}

/** Whether the place may not be told the desk's matters, by what it was seen to see when it was asked last; of one that was never asked it is not known. */
export function isSeenNarrow({ memory }: Pick<SightHost, "memory">, place: Place): boolean {
  return memory.sights.seen.get(place)?.sight.desk === false;
}

/** A platform in trouble may not tell for a while who reads in a place: what stands there is not taken away for that before so long. */
const PASSING = 3 * 60_000;

/** Whether it has to be waited for, until that moment in milliseconds: nobody has said who reads there, and it was told before. Null where it is settled. */
export async function unsettledUntil({ sights, memory }: SightHost, place: Place): Promise<number | null> {
  const { audience, confirmation } = await sights.placeOf(place);
  if (audience.kind !== "unknown" || confirmation !== null) return null;
  return (memory.sights.seen.get(place)?.since ?? 0) + PASSING;
}

function overdue(host: SightHost, places: readonly Place[]): readonly Place[] {
  const { seen } = host.memory.sights;
  const at = (place: Place) => seen.get(place)?.at ?? 0;
  return [...new Set([...places, ...seen.keys()])]
    .filter((place) => !isFresh(host, place, NOW_AND_THEN))
    .sort((one, other) => at(one) - at(other));
}

function isFresh(host: SightHost, place: Place, longest: number): boolean {
  const seen = host.memory.sights.seen.get(place);
  if (seen === undefined || isOver(host, place)) return false;
  const age = millisecondsOf(host.clock.now()) - seen.at;
  return age >= 0 && age < longest;
}

interface Over extends Pick<SightHost, "memory"> {
  readonly sights?: Sights;
}

/** Whether others read there, or may, than when the place was asked: what was made by what it saw then is not said. */
export function isOver({ sights, memory }: Over, place: Place): boolean {
  const seen = memory.sights.seen.get(place);
  return sights !== undefined && seen !== undefined && seen.turn !== sights.turnOf(place);
}

async function look(host: SightHost, places: readonly Place[]): Promise<void> {
  for (let from = 0; from < places.length; from += AT_ONCE) {
    const some = places.slice(from, from + AT_ONCE);
    const turns = some.map((place) => host.sights.turnOf(place));
    const sights = await Promise.all(some.map((place) => host.sights.ofPlace(place)));
    for (const [index, place] of some.entries()) await note(host, place, sights[index]!, turns[index]!);
  }
}

/** Before anybody was asked every place saw the desk's matters and their amounts: one that still does has not changed. */
async function note({ memory, seen, index, clock }: SightHost, place: Place, sight: Sight, turn: number): Promise<void> {
  const before = memory.sights.seen.get(place);
  const name = nameOf(sight);
  const at = millisecondsOf(clock.now());
  const isSame = before !== undefined && nameOf(before.sight) === name;
  memory.sights.seen.set(place, { sight, at, since: isSame ? before.since : at, turn });
  if (isSame) return;
  const known = before === undefined ? ((await seen.get(`place ${place}`)) as string | undefined) : nameOf(before.sight);
  if (known === name || (known === undefined && name === USUAL)) return;
  await seen.set(`place ${place}`, name);
  await index.wake("all");
}

/** Admissions are noticed by themselves: here stands what holds for all matters alike. */
function nameOf({ any, desk, amounts, restricted }: Sight): string {
  return JSON.stringify([any, desk, amounts, restricted === "all"]);
}

const USUAL = nameOf({ any: true, desk: true, amounts: true, restricted: new Set() });

async function wakeSome({ index }: SightHost, streams: readonly string[]): Promise<void> {
  if (streams.length > 0) await index.wake(streams);
}

type Admitted = ReadonlyMap<string, ReadonlySet<string>>;

function differing(one: Admitted, other: Admitted): readonly string[] {
  const nameIn = (admitted: Admitted, stream: string) => [...(admitted.get(stream) ?? [])].sort().join(" ");
  return [...new Set([...one.keys(), ...other.keys()])].filter((stream) => nameIn(one, stream) !== nameIn(other, stream));
}
