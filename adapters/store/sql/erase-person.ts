import { sql } from "kysely";
import type { Writing } from "./engine.ts";

/**
 * Whether they were known. With them goes what their adapter keeps of them, and where their own conversation was named stands their opaque id:
 * whoever writes again is met anew.
 */
export async function erasePerson(tx: Writing, desk: string, person: string): Promise<boolean> {
  const known = await tx.selectFrom("person").select(["ref", "name"]).where("desk", "=", desk).where("id", "=", person).executeTakeFirst();
  if (known === undefined) return false;
  await tx.deleteFrom("person").where("desk", "=", desk).where("id", "=", person).execute();
  const own = new Set([known.ref, ...(await forgetState(tx, known.ref))]);
  const [adapter, id] = partsOf(known.ref);
  const isTheirs = names(id);
  const all = await placesOf(tx, desk, adapter);
  const theirs = all.filter((place) => own.has(place) || own.has(lastPart(place)) || isTheirs(place)).sort();
  for (const [index, place] of theirs.entries())
    await renamePlace(tx, desk, place, `${adapter}erased/${person}${index === 0 ? "" : `-${index + 1}`}`);
  await renameInSettings(tx, desk, [known.ref, ...theirs], known.name, person);
  await forgetFeeds(tx, desk, known.ref);
  await renameInHouse(tx, desk, (place) => own.has(place) || own.has(lastPart(place)) || isTheirs(place), adapter, person);
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

/** The id as a word of its own: U3 is not U33. */
function names(id: string): (text: string) => boolean {
  const escaped = id.replace(/[\\^$*+?.()|[\]{}]/g, "\\$&");
  const word = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "u");
  return (text) => word.test(text);
}

/**
 * Drafts, conversations and names that an adapter keeps by the person's own id on their platform, for whichever desk. Answers the conversations
 * that were kept as theirs alone.
 */
async function forgetState(tx: Writing, ref: string): Promise<readonly string[]> {
  const [adapter, id] = partsOf(ref);
  const isTheirs = names(id);
  const rows = await tx
    .selectFrom("keyv")
    .select(["desk", "key", "value"])
    .where(sql<boolean>`substr(key, 1, length(${adapter})) = ${adapter}`)
    .where((of) => of.or([sql<boolean>`instr(key, ${id}) > 0`, sql<boolean>`instr(value, ${id}) > 0`]))
    .execute();
  const own: string[] = [];
  for (const { desk, key, value } of rows) {
    if (!isTheirs(key.slice(adapter.length)) && !isTheirs(value)) continue;
    own.push(...pairedWith(id, ref, key, value));
    await tx.deleteFrom("keyv").where("desk", "=", desk).where("key", "=", key).execute();
  }
  // What is kept of their own conversation without naming them.
  for (const conversation of own) {
    const about = tx.deleteFrom("keyv").where(sql<boolean>`substr(key, 1, length(${adapter})) = ${adapter}`);
    await about.where(sql<boolean>`instr(key || '/', ${`/${conversation}/`}) > 0`).execute();
  }
  return own;
}

/** No conversation's id on any platform, but what somebody is, such as member. */
const WORD = /^[a-z]*$/;

/** What one note pairs with the person alone: the conversation by its person, the person by their conversation, or both in one record. */
function pairedWith(id: string, ref: string, key: string, value: string): readonly string[] {
  const held = (JSON.parse(value) as { readonly value?: unknown }).value;
  if (typeof held === "string")
    return held === id || held === ref ? [lastPart(key)] : lastPart(key) === id && !WORD.test(held) ? [held] : [];
  if (typeof held !== "object" || held === null) return [];
  const { person, conversation } = held as { readonly person?: unknown; readonly conversation?: unknown };
  return (person === id || person === ref) && typeof conversation === "string" ? [conversation] : [];
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
    .where((of) => of.or([sql<boolean>`instr(value, ${`"person":${named}`}) > 0`, sql<boolean>`substr(key, -length(${ref})) = ${ref}`]))
    .execute();
}

const OPERATIONS = "desk:operations";
const HOUSE_KEYS = sql<boolean>`(key = ${OPERATIONS} or substr(key, 1, 12) = 'first-place:')`;

/** Other places that pass something on to them do so no more; a filter by them, or by their name, matches nobody. */
async function renameInSettings(tx: Writing, desk: string, named: readonly string[], name: string, person: string): Promise<void> {
  for (const one of named) {
    await sql`update place_setting set escalation = null where desk = ${desk} and json_extract(escalation, '$.to') = ${one}`.execute(tx);
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
