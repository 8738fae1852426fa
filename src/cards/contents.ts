import type { Finding, Step } from "../law/finding.ts";
import type { Money } from "../law/money.ts";
import type { RecordedEvent } from "../matter/events.ts";
import type { Ahead, ItemStanding, Next, RelatedDeadline, Standing, State } from "../matter/standing-types.ts";
import type { Reason } from "../ports/delivery-log.ts";
import type { Day } from "../time/day.ts";
import type { Instant, Zone } from "../time/instant.ts";
import type { RunningTotal, StandingTotal, Stopped } from "./totals.ts";

/** What cards are made of: plain data, before any word. */

/** Something to be said about one matter, apart from the digest. */
export interface Utterance {
  readonly kind: "reminder" | "total" | "cap-near" | "cap-reached" | "overdue" | "correction" | "event";
  /** Days before the expiry, "last-working-day", or "missing-fact" for a draft that waits; null for other kinds. */
  readonly stage: number | "last-working-day" | "missing-fact" | null;
  readonly reason: Reason;
  readonly standing: Standing;
  /** Null where it concerns the matter as a whole. */
  readonly item: ItemStanding | null;
  /** The deadline of which a reminder speaks: the expiry, a draft's earliest one, or a related clock. */
  readonly deadline: SpokenDeadline | null;
  /** The civil day at the authority when it is said. */
  readonly today: Day;
  /** The moment at which it is said: a deadline may end at an hour of that day. */
  readonly now?: Instant;
  /** The zone of the place, whose time is told beside the authority's where it differs. */
  readonly readerZone?: Zone;
  /** The last working day before the deadline. */
  readonly lastWorkingDay: Day | null;
  /** The day on which the cap of the year before was reached, where that is said in this one: the sums are those of now. Of one that is near: a day of its year. */
  readonly capOfYear?: Day;
  readonly event: RecordedEvent | null;
  /** For a correction: the event that it mends, as it was recorded. */
  readonly corrected: RecordedEvent | null;
  /** What a correction's fields were before it, by their names. */
  readonly was?: Readonly<Record<string, unknown>>;
  /** For a correction that no event made: what was said under other rules, and what is right now. */
  readonly law?: LawChange;
  /** No watch of the place holds the matter any more: it is the last that is said of it there. */
  readonly left?: true;
  /** As things stand, no watch of the place holds the matter from that day on. */
  readonly leaves?: Day;
  /** Days that the event has moved and of which somebody may have been told before. */
  readonly moved?: readonly MovedDay[];
  /** The stage that it asks to be taken note of, by its name and the deadline's day; absent where nothing asks. */
  readonly asks?: { readonly stage: string; readonly deadline: Day };
  /** Who had acknowledged the stage before: it has lapsed, and this one asks again. */
  readonly lapsed?: Acknowledged;
  /** The place that was told before and from which nobody answered. */
  /** From where it goes on, and when it was said there, or the earlier stage that waited for an answer. */
  readonly escalated?: { readonly from: string; readonly toldAt: Instant; readonly isEarlier?: boolean };
}

/** A rule, a calendar or what is known of an authority has changed a figure that was said. Sums and units are those of the day on which it was said. */
export interface LawChange {
  readonly saidOn: Day;
  readonly through: Day;
  readonly was: LawFigures;
  readonly is: LawFigures;
  /** Of a clock beside the cure periods, when that was spoken of: the figures above are the same then. */
  readonly clock?: MovedDay & { readonly id: string };
  /** What has changed of that by which it is counted: rule:ID, calendar:ID, authority:CODE. Empty where nobody noted it. */
  readonly changed: readonly string[];
}

/** The day of a clock that moved: what was said, and what is right now; null where it is none any more. */
export interface MovedDay {
  /** expiry, or the kind of a related clock. */
  readonly what: string;
  readonly item: string;
  readonly was: Day;
  readonly is: Day | null;
}

export interface LawFigures {
  /** A draft's earliest day, else its expiry. */
  readonly expiry: Day | null;
  readonly units: number | null;
  readonly sum: Money | null;
}

/** Of a related clock, or a fine's day of payment: which one it is, and at what time of day it ends where it runs in hours. */
export interface SpokenDeadline {
  readonly day: Day;
  readonly what: "expiry" | "earliest-expiry" | RelatedDeadline["kind"];
  readonly time?: string | null;
  readonly clock?: string;
  readonly fine?: string | null;
}

/** Who has taken note of a deadline, as it is shown. */
export interface Acknowledged {
  readonly name: string;
  readonly at: Instant;
  readonly stage: string;
}

/** One line of the digest, about one item of one matter. */
export interface DigestLine {
  readonly standing: Standing;
  readonly item: ItemStanding | null;
  readonly today: Day;
  readonly next: Next | null;
  /** Where the line is about a fine's day of payment or a related clock, and not about the item's own time. */
  readonly due?: Ahead;
  /** Who has acknowledged its latest stage; null where nobody has, absent where nothing asks for it. */
  readonly acknowledged?: Acknowledged | null;
  /** Put off until that day, in this place. */
  readonly snoozed?: { readonly until: Day; readonly name: string; readonly pastExpiry: boolean };
}

export type DigestForm = "daily" | "weekly" | "monthly";

/** Something that did not reach its place. */
export interface Undelivered {
  readonly place: string;
  /** The reference of the matter that it was about; null for a digest. */
  readonly ref: string | null;
  readonly kind: string;
  readonly reason: string;
  readonly at: Instant;
  /** Whether it is still being tried. */
  readonly retried: boolean;
  /** It is tried no more as its time is over: sending it again would say what is not so any more. */
  readonly outOfDate?: true;
  /** An attempt may have shown it, whatever the reason of the last one says. */
  readonly perhapsShown?: boolean;
  /** It was for a person's own conversation, to which nobody can invite the bot. */
  readonly alone?: true;
}

export interface DigestContents {
  readonly form: DigestForm;
  readonly day: Day;
  /** The earliest day through which a sum in it runs: the day before, where no authority is behind. */
  readonly through: Day;
  /** The day through which the digest before counted; null where there was none. */
  readonly before: Day | null;
  readonly at: Instant;
  /** What it tells was known by then: the moment at which it is made, or its own hour where its day is over. */
  readonly until: Instant;
  readonly zone: string;
  readonly watched: number;
  /** It is told where the desk's matters may not be: it holds what is public alone, and of the rest it says neither how many they are nor how they stand. */
  readonly publicOnly?: true;
  readonly drafts: number;
  /** Matters that no place watches. */
  readonly unwatched: number;
  readonly actNow: readonly DigestLine[];
  readonly cannotCount: readonly DigestLine[];
  readonly running: readonly RunningTotal[];
  /**
   * What ran in the digest before and runs no more (capped, claimed, stayed, closed), by currency; nothing of it is taken back. Of one and the
   * same list of matters, theoretical before + change + joined − stopped is theoretical now.
   */
  readonly stopped: readonly Stopped[];
  readonly stands: readonly StandingTotal[];
  /** Deadlines within 30 days that do not stand in what is to be acted on now. */
  readonly upcoming: readonly DigestLine[];
  /** Deadlines within 31 to 90 days. */
  readonly later: readonly DigestLine[];
  /** How many deadlines lie within 7, 30 and 90 days: every one, those to be acted on now among them. */
  readonly withinWeek: number;
  readonly withinMonth: number;
  readonly withinQuarter: number;
  /** Matters whose reminders are put off in this place. */
  readonly snoozed: readonly DigestLine[];
  /** Watches of the place that no matter falls under, as they were typed; how many, where not everybody who reads may know what they name. */
  readonly emptyWatches: readonly string[] | number;
  /** Events recorded since the digest before. */
  readonly corrected: readonly {
    readonly standing: Standing;
    readonly event: RecordedEvent;
    readonly was?: Readonly<Record<string, unknown>>;
  }[];
  readonly undelivered: readonly Undelivered[];
  /** The register's head: the hash of its last row. */
  readonly head: string;
}

export interface ListRow {
  readonly key: string;
  readonly ref: string;
  readonly addressee?: string;
  readonly authority: string;
  readonly respondent: string;
  readonly state: State;
  readonly next: Next | null;
}

/** What has run by a day; null where it cannot be told. */
interface Reckoned {
  readonly units: number | null;
  readonly theoretical: Money | null;
  /** With a notification known within a window: counted from its earliest day; absent otherwise. */
  readonly unitsMax?: number | null;
  readonly theoreticalMax?: Money | null;
  readonly capReached: Day | null;
}

export interface Scenario extends Reckoned {
  readonly comply: Day;
  /** Whether that cap is of its calendar year alone. */
  readonly capOfYear?: boolean;
  /** Of each item, where there are several that have or may have a penalty. */
  readonly parts?: readonly ScenarioPart[];
  /** What the figure rests on, item by item. */
  readonly assumptions?: readonly { readonly item: string; readonly finding: Finding }[];
}

/** What one item comes to by that day. */
export interface ScenarioPart extends Reckoned {
  readonly item: string;
  readonly capOfYear: boolean;
  /** The cap is one that it shares. */
  readonly isShared: boolean;
}

export interface Explanation {
  readonly steps: readonly Step[];
  readonly assumptions: readonly Finding[];
  readonly warnings: readonly Finding[];
}
