import { sql } from "kysely";
import type { Writing } from "./engine.ts";
import { type AllOwnKeys, adapterOf, forgetNotes } from "./own-notes.ts";
import { holds } from "./text-within.ts";

/**
 * Whether they were known. With them goes what their adapter keeps of them in what belongs to this desk, and where their own conversation was
 * named stands their opaque id: whoever writes again is met anew.
 */
export async function erasePerson(tx: Writing, desk: string, person: string, ownKeys: AllOwnKeys): Promise<boolean> {
  const known = await tx.selectFrom("person").select(["ref", "name"]).where("desk", "=", desk).where("id", "=", person).executeTakeFirst();
  if (known === undefined) return false;
  await tx.deleteFrom("person").where("desk", "=", desk).where("id", "=", person).execute();
  const keys = adapterOf(known.ref, ownKeys);
  // What was taken for a person and is a workspace or a channel owns nothing: it was a name in the list, and no more.
  const isPerson = keys === null || keys.isPerson(known.ref);
  const conversations = keys === null || !isPerson ? [] : await forgetNotes(tx, desk, known.ref, keys);
  const isTheirs = isPerson ? ownPlaces(known.ref, conversations) : () => false;
  const [adapter] = partsOf(known.ref);
  const theirs = (await placesOf(tx, desk, adapter)).filter(isTheirs).sort();
  for (const [index, place] of theirs.entries())
    await renamePlace(tx, desk, place, `${adapter}erased/${person}${index === 0 ? "" : `-${index + 1}`}`);
  await renameInSettings(tx, desk, [known.ref, ...theirs], known.name, person);
  await forgetFeeds(tx, desk, known.ref);
  await renameInHouse(tx, desk, isTheirs, adapter, person);
  return true;
}

/** slack: and U3, of slack:T1/U3. */
function partsOf(ref: string): readonly [adapter: string, id: string] {
  const adapter = ref.slice(0, ref.indexOf(":") + 1);
  return [adapter, lastPart(ref)];
}

function lastPart(minted: string): string {
  return minted.slice(Math.max(minted.lastIndexOf("/"), minted.indexOf(":")) + 1);
}

/** Their own conversation, by the id that it has or by theirs: slack:T1/D7, slack:T1/U3, teams:TENANT/person:ID. */
function ownPlaces(ref: string, conversations: readonly string[]): (place: string) => boolean {
  const [adapter, id] = partsOf(ref);
  const own = new Set([id, `person:${id}`, ...conversations]);
  return (place) => place === ref || (place.startsWith(adapter) && own.has(lastPart(place)));
}

const PLACED = ["place_setting", "watch", "delivery", "live_card", "acknowledgement", "snooze", "place_confirmation", "proposal"] as const;

async function placesOf(tx: Writing, desk: string, adapter: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const table of PLACED) {
    const rows = await sql<{ place: string }>`select distinct place from ${sql.table(table)}
      where desk = ${desk} and substr(place, 1, length(${adapter})) = ${adapter}`.execute(tx);
    for (const { place } of rows.rows) found.add(place);
  }
  return [...found];
}

/** Nothing is told there any more; who took note, put off or was told what stays, under another name. */
async function renamePlace(tx: Writing, desk: string, place: string, to: string): Promise<void> {
  for (const table of ["place_setting", "watch", "live_card"] as const) {
    await tx.deleteFrom(table).where("desk", "=", desk).where("place", "=", place).execute();
  }
  for (const table of ["acknowledgement", "snooze", "place_confirmation", "proposal"] as const) {
    await sql`update ${sql.table(table)} set place = ${to} where desk = ${desk} and place = ${place}`.execute(tx);
  }
  await sql`update delivery set place = ${to}, key = replace(key, ${place}, ${to}), message = replace(message, ${place}, ${to}),
    posted = case when posted is null then null else ${to} end
    where desk = ${desk} and place = ${place}`.execute(tx);
}

/**
 * What the house keeps by key: an operations place is forgotten; that a platform has had its first place stays, so that nobody else's becomes
 * that.
 */
async function renameInHouse(
  tx: Writing,
  desk: string,
  isTheirs: (place: string) => boolean,
  adapter: string,
  person: string,
): Promise<void> {
  const rows = await tx.selectFrom("keyv").select(["key", "value"]).where("desk", "=", desk).where(HOUSE_KEYS).execute();
  for (const { key, value } of rows) {
    const { value: place } = JSON.parse(value) as { readonly value?: unknown };
    if (typeof place !== "string" || !place.startsWith(adapter) || !isTheirs(place)) continue;
    const to = JSON.stringify({ value: `${adapter}erased/${person}` });
    if (key === OPERATIONS) await tx.deleteFrom("keyv").where("desk", "=", desk).where("key", "=", key).execute();
    else await tx.updateTable("keyv").set({ value: to }).where("desk", "=", desk).where("key", "=", key).execute();
  }
}

/** Calendars at secret addresses that they have made answer no more: each names its maker, and so does the list of theirs. */
async function forgetFeeds(tx: Writing, desk: string, ref: string): Promise<void> {
  const named = JSON.stringify(ref);
  const feeds = tx.deleteFrom("keyv").where("desk", "=", desk).where(sql<boolean>`substr(key, 1, 5) = 'feed:'`);
  await feeds
    .where((of) =>
      of.or([holds(sql.ref("value"), `"person":${named}`), sql<boolean>`substr(key, length(key) - length(${ref}) + 1) = ${ref}`]),
    )
    .execute();
}

const OPERATIONS = "desk:operations";
const HOUSE_KEYS = sql<boolean>`(key = ${OPERATIONS} or substr(key, 1, 12) = 'first-place:')`;

/** Other places that pass something on to them do so no more; a filter by them, or by their name, matches nobody. */
async function renameInSettings(tx: Writing, desk: string, named: readonly string[], name: string, person: string): Promise<void> {
  const settings = tx.selectFrom("place_setting").select(["place", "escalation"]).where("desk", "=", desk);
  for (const { place, escalation } of await settings.where("escalation", "is not", null).execute()) {
    const { to } = JSON.parse(escalation!) as { readonly to?: string };
    if (to === undefined || !named.includes(to)) continue;
    await tx.updateTable("place_setting").set({ escalation: null }).where("desk", "=", desk).where("place", "=", place).execute();
  }
  const gone = new Set([...named, name].map((one) => one.replace(/^@/, "").toLowerCase()));
  for (const { number, filters } of await tx.selectFrom("watch").select(["number", "filters"]).where("desk", "=", desk).execute()) {
    const before = JSON.parse(filters) as readonly string[];
    const after = before.map((filter) => withoutPerson(filter, gone, person));
    if (after.every((filter, index) => filter === before[index])) continue;
    await sql`update watch set filters = ${JSON.stringify(after)} where desk = ${desk} and number = ${number}`.execute(tx);
  }
}

const OF_PEOPLE = /^(assigned|owner|people):(.+)$/is;

/** A filter by people names each by the name and the reference, between commas. */
function withoutPerson(filter: string, gone: ReadonlySet<string>, person: string): string {
  const [, of = "", who = ""] = OF_PEOPLE.exec(filter) ?? [];
  const people = who.split(",");
  const isGone = (one: string) => gone.has(one.trim().replace(/^@/, "").toLowerCase());
  if (!people.some(isGone)) return filter;
  return `${of}:${[...new Set(people.map((one) => (isGone(one) ? person : one)))].join(",")}`;
}
