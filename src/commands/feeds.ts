import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { AdapterState, PersonRef } from "../ports/chat.ts";
import type { Instant } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";

/** A calendar that somebody has subscribed to at a secret address. It shows what they may see when it is asked for, and no more. */
export interface Feed {
  readonly id: string;
  readonly person: PersonRef;
  /** All of them have to hold. */
  readonly filters: readonly string[];
  readonly amounts: boolean;
  readonly language: Language;
  readonly createdAt: Instant;
}

/** The feed as it is kept: of its secret the SHA-256 alone, in hex. */
interface Kept extends Feed {
  readonly hash: string;
}

/** Where the feeds of a desk are kept. */
export const FEED_STATE = "feed";
/** The address of a feed is this, its secret and .ics. */
export const FEED_PATH = "/feed/";
/** So many a person may have. */
export const MOST_FEEDS = 20;

/** 256 bits, as an address can hold them. */
const SECRET_BYTES = 32;

/** Makes a feed. Its secret is answered this once: nobody can read it from what is kept. Null where the person has as many as they may. */
export async function createFeed(
  state: AdapterState,
  feed: Omit<Feed, "id">,
): Promise<{ readonly feed: Feed; readonly secret: string } | null> {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const kept: Kept = { ...feed, id: `f${randomBytes(4).toString("hex")}`, hash: hashOf(secret) };
  const made = await changeList(state, feed.person, async (list) => {
    if (list.length >= MOST_FEEDS) return null;
    await state.set(feedKey(kept.hash), kept);
    return [...list, kept.hash];
  });
  return made ? { feed: shown(kept), secret } : null;
}

/** The feeds that a person has made, the oldest first. */
export async function feedsOf(state: AdapterState, person: PersonRef): Promise<readonly Feed[]> {
  return (await keptOf(state, person)).map(shown);
}

/** From now on the address is one that never was. False where the person has no such feed. */
export async function revokeFeed(state: AdapterState, person: PersonRef, id: string): Promise<boolean> {
  const found = (await keptOf(state, person)).find((feed) => feed.id === id);
  if (found === undefined) return false;
  await state.delete(feedKey(found.hash));
  await changeList(state, person, async (list) => list.filter((hash) => hash !== found.hash));
  return true;
}

/** The feed of a secret. One that is wrong and one that was revoked are looked for in the same way and are not there; it is found by its digest. */
export async function feedOf(state: AdapterState, secret: string): Promise<Feed | null> {
  const hash = hashOf(secret);
  const kept = (await state.get(feedKey(hash))) as Kept | undefined;
  if (kept === undefined || !timingSafeEqual(Buffer.from(kept.hash, "hex"), Buffer.from(hash, "hex"))) return null;
  return shown(kept);
}

function shown({ hash: _, ...feed }: Kept): Feed {
  return feed;
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function feedKey(hash: string): string {
  return `feed:${hash}`;
}

function listKey(person: PersonRef): string {
  return `of:${person}`;
}

async function keptOf(state: AdapterState, person: PersonRef): Promise<readonly Kept[]> {
  const hashes = ((await state.get(listKey(person))) ?? []) as readonly string[];
  const kept = await Promise.all(hashes.map((hash) => state.get(feedKey(hash))));
  return kept.filter((feed): feed is Kept => feed !== undefined);
}

/** Who makes two at once has two: one change of a person's list waits for the one before it. */
const changing = new Map<PersonRef, Promise<unknown>>();

/** False where the change is none. What decides whether a feed answers is the feed itself, never the list. */
function changeList(
  state: AdapterState,
  person: PersonRef,
  change: (list: readonly string[]) => Promise<readonly string[] | null>,
): Promise<boolean> {
  const after = (changing.get(person) ?? Promise.resolve()).then(async () => {
    const list = await change(((await state.get(listKey(person))) ?? []) as readonly string[]);
    if (list !== null) await state.set(listKey(person), list);
    return list !== null;
  });
  const settled = after
    .catch(() => undefined)
    .finally(() => {
      if (changing.get(person) === settled) changing.delete(person);
    });
  changing.set(person, settled);
  return after;
}
