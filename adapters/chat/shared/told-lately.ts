import type { AdapterState } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/time/clock.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";
import { soon } from "./soon.ts";

/** What a platform tells of many things that may change; each is asked anew ten minutes after it was told, or as late as is said. */
export interface ToldLately<Value> {
  /** What is known of it: `ask` answers null where the platform cannot tell just now, and is not called while what it told is fresh. */
  of(key: string, ask: () => Promise<Value | null>): Promise<Value>;
  /** It was told in passing, such as with a list of many. */
  learn(key: string, value: Value): void;
  /** It may have changed: it is asked anew the next time. */
  forget(key: string): void;
}

export interface Telling {
  /** How long what was told is fresh, in milliseconds. */
  readonly fresh?: number;
  /** So long whoever asks waits for another word while the last one holds, in milliseconds; until it is there without it. */
  readonly patience?: number;
  /** Where the last word is kept, under that beginning, for the program that runs next; in memory alone without it. */
  readonly kept?: { readonly state: AdapterState; readonly under: string };
}

const MINUTE = 60_000;
/** The port promises a quarter of an hour, and what is asked may take its time. */
const FRESH = 10 * MINUTE;
/** While the platform fails the last word holds for a day, and it is asked again a minute later. */
const HOLDS = 1_440 * MINUTE;
const AGAIN = MINUTE;
/** The same word is kept again when the one that is kept is an hour old. */
const KEPT_AGAIN = 60 * MINUTE;
const REMEMBERED = 10_000;

interface Said<Value> {
  readonly value: Value;
  readonly at: number;
}

interface Told<Value> extends Said<Value> {
  /** Asked again from then on. */
  readonly until: number;
}

/**
 * Each is asked once at a time, and what throws counts as not told. `unknown` is what holds of something of which nothing was told for a day. With
 * `kept`, a program that starts while the platform is in trouble, or lets itself be asked so much only, goes by what the one before it was told.
 */
export function toldLately<Value>(
  clock: () => Clock | undefined,
  unknown: Value,
  { fresh = FRESH, patience, kept }: Telling = {},
): ToldLately<Value> {
  const told = new Map<string, Told<Value>>();
  const asking = new Map<string, Promise<Value>>();

  function remember(key: string, one: Told<Value>): Value {
    told.delete(key);
    told.set(key, one);
    if (told.size > REMEMBERED) told.delete(told.keys().next().value!);
    return one.value;
  }

  async function lastSaid(key: string): Promise<Said<Value> | undefined> {
    const known = told.get(key);
    if (known !== undefined || kept === undefined) return known;
    const said = (await kept.state.get(`${kept.under}/${key}`)) as Said<Value> | undefined;
    return typeof said?.at === "number" ? said : undefined;
  }

  async function keep(key: string, { value, at }: Said<Value>, before: Said<Value> | undefined): Promise<void> {
    const isSame = before !== undefined && JSON.stringify(before.value) === JSON.stringify(value);
    const isKept = isSame && Math.floor(before.at / KEPT_AGAIN) === Math.floor(at / KEPT_AGAIN);
    if (kept !== undefined && !isKept) await kept.state.set(`${kept.under}/${key}`, { value, at }, HOLDS);
  }

  async function look(key: string, now: number, ask: () => Promise<Value | null>, isLatest: () => boolean): Promise<Value> {
    const before = await lastSaid(key).catch(() => undefined);
    const value = await Promise.resolve()
      .then(ask)
      .catch(() => null);
    if (value !== null && !isLatest()) return value;
    if (value !== null) {
      // What could not be kept costs a later look, after the next start.
      await keep(key, { value, at: now }, before).catch(() => undefined);
      return remember(key, { value, at: now, until: now + fresh });
    }
    // It was forgotten meanwhile: whoever asks next asks anew.
    const again = isLatest() ? now + AGAIN : Number.NEGATIVE_INFINITY;
    const holds = before !== undefined && isHeld(before, now) ? before : { value: unknown, at: Number.NEGATIVE_INFINITY };
    return remember(key, { value: holds.value, at: holds.at, until: again });
  }

  function lookOnce(key: string, now: number, ask: () => Promise<Value | null>): Promise<Value> {
    const looking: Promise<Value> = look(key, now, ask, () => asking.get(key) === looking).finally(() => {
      if (asking.get(key) === looking) asking.delete(key);
    });
    asking.set(key, looking);
    return looking;
  }

  return {
    async of(key, ask) {
      const time = clock();
      if (time === undefined) return unknown;
      const now = millisecondsOf(time.now());
      const known = told.get(key);
      // A clock that was set back makes nothing fresh for longer.
      if (known !== undefined && now < known.until && known.until - now <= fresh) return known.value;
      const looking = asking.get(key) ?? lookOnce(key, now, ask);
      return known !== undefined && patience !== undefined && isHeld(known, now) ? soon(looking, patience, known.value) : looking;
    },
    learn(key, value) {
      const time = clock();
      if (time === undefined) return;
      const now = millisecondsOf(time.now());
      remember(key, { value, at: now, until: now + fresh });
    },
    forget(key) {
      // What is being asked may be answered as it was before: it is asked again.
      asking.delete(key);
      const known = told.get(key);
      if (known !== undefined) told.set(key, { ...known, until: Number.NEGATIVE_INFINITY });
    },
  };
}

function isHeld({ at }: Said<unknown>, now: number): boolean {
  return Math.abs(now - at) < HOLDS;
}
