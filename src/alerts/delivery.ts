import type { Card } from "../ports/card.ts";
import type { ChatAdapter, DeliveryKey, Log, Place, PostRef } from "../ports/chat.ts";
import type { Basis, Delivery, DeliveryLog, Outcome, Settled } from "../ports/delivery-log.ts";
import type { Fleet } from "../ports/fleet.ts";
import type { Probe } from "../ports/probe.ts";
import type { Clock } from "../time/clock.ts";
import type { Day } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import type { RestoredHost } from "./after-restore.ts";
import type { NamesAsked } from "./kept-by-name.ts";
import type { NarrowedMemory } from "./narrowed.ts";
import { freshSightMemory, type SightMemory } from "./sight-book.ts";
import type { Sights } from "./sights.ts";

/** Claimed and not yet settled at any moment: what a crash makes doubtful. */
export const BATCH = 16;

/** Something to be said in a place, with what it rests on. */
export interface Due {
  readonly key: DeliveryKey;
  readonly basis: Basis;
  /** What the log holds of it; null where it was never claimed. */
  readonly before: Delivery | null;
  /** An attempt before may have shown it, and nobody can tell: it says so. */
  readonly doubtful?: true;
  /** A part of it stands there: it is as doubtful as before, and the rest that follows is no repeat. */
  readonly partly?: true;
}

/** What is posted at once: one thing, or a burst of at most BATCH. */
export interface Message {
  readonly place: Place;
  readonly language: Language;
  /** What the platform knows the message by: it stays the same when only a part of it is left to be said. */
  readonly once: DeliveryKey;
  readonly dues: readonly Due[];
  /** Made only when it is said, of those that are said. */
  card(dues: readonly Due[]): Card;
  /** It is about something restricted: no log names it, nor its place. */
  readonly restricted?: true;
  /** The card of the same matter that stands in the place. */
  readonly under?: PostRef;
}

/** What it takes to post. */
export interface PostHost {
  readonly clock: Clock;
  readonly log: Log;
  readonly probe: Probe;
  /** The adapter that minted the place; null where it is not running. */
  adapterOf(place: Place): ChatAdapter | null;
  /** Told of each post, with the seconds that it took. */
  posted?(adapter: string, outcome: Outcome["kind"], seconds: number): void;
}

export interface DeliveryHost extends PostHost {
  readonly deliveries: DeliveryLog;
  /** The processes that post together; absent where this one posts what it says. */
  readonly fleet?: Fleet;
  /** How many erasures there have been (Privacy.version); absent where nothing is ever erased. */
  erasures?(): Promise<number>;
  /** Whether the register was lately put back from a copy, and when; absent where it never is. */
  restored?(): Promise<RestoredHost | null>;
  /** Kept from one delivery to the next. */
  readonly memory: DeliveryMemory;
  /** Where others read, or may, than when what is to be said there was made: it is not said, and made anew in the next tick. Absent where all read all. */
  readonly sights?: Sights;
  /** Nothing new is begun. */
  stopping(): boolean;
  /** Real time, where there is any: posts that end within a few milliseconds of each other are written down together. */
  pause?(milliseconds: number): Promise<void>;
}

export interface DeliveryMemory {
  /** Until that moment (in milliseconds) nothing is posted in the place: its platform's pace, or what it asked for. And when that was noted. */
  readonly free: Map<Place, { readonly noted: Instant; readonly until: number }>;
  /** So often an attempt has ended with its process, or may have, since the last tick that came to its end began. */
  cuts: number;
  /** Places in which something was cut short, and that rest. */
  resting: ReadonlySet<Place>;
  /** By place, what was cut short there and is said before anything else in this tick; where it is nothing, nothing more is said in it. */
  readonly firsts: Map<Place, Set<DeliveryKey>>;
  /** The day of the last digest of each place that is settled for good: it is not asked for again. */
  readonly digests: Map<Place, Day>;
  /** When a digest that could not be made is tried again. */
  readonly brokenDigests: Map<Place, Instant>;
  /** What came out and could not be written down: it goes before everything else. */
  unsaved: readonly Settled[];
  /** How many erasures there had been when the tick began to read; null before the first. */
  erasures: number | null;
  /** A person has just acted: the cards of what is due show it at once. */
  hurried: boolean;
  /** The matters whose cards were not changed as figures had changed lately, and when that was found. */
  readonly early: Map<string, Instant>;
  /** What each place was seen to see. */
  readonly sights: SightMemory;
  /** The last day for which it was looked whether every restricted matter has somebody, and the last on which it was said that one has not. */
  readonly unheard: { looked: Day | null; said: Day | null };
  readonly narrowed: NarrowedMemory;
  readonly namesAsked: NamesAsked;
}

export function freshMemory(): DeliveryMemory {
  const unheard = { looked: null, said: null };
  return {
    free: new Map(),
    cuts: 0,
    resting: new Set(),
    firsts: new Map(),
    digests: new Map(),
    brokenDigests: new Map(),
    unsaved: [],
    erasures: null,
    hurried: false,
    early: new Map(),
    sights: freshSightMemory(),
    unheard,
    narrowed: { looked: null, again: null, pending: [] },
    namesAsked: new Map(),
  };
}
