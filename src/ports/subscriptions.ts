import type { Instant } from "../time/instant.ts";
import type { Place } from "./chat.ts";

/** Matters that a place watches. A place may have several. */
export interface Watch {
  /** w1, w2 … within the register. */
  readonly id: string;
  /** Filters as typed: authority:CNIL state:accruing. Empty watches everything. */
  readonly filters: readonly string[];
  /** Who set it up: an opaque person id. */
  readonly by: string;
  readonly since: Instant;
}

/** How a place is spoken to, whatever it watches. */
export interface PlaceSettings {
  readonly place: Place;
  readonly language: "en" | "fr";
  readonly zone: string;
  /** The wall-clock time of its digest, HH:mm in its zone. */
  readonly at: string;
  /** The days of the week on which it is spoken to, 1 Monday to 7 Sunday. */
  readonly weekdays: readonly number[];
  /** A calendar whose holidays are silent too, such as FR; null for none. */
  readonly holidays: string | null;
  /** Days before an expiry on which it is reminded; null for the house's own (30, 14, 7, 3, 1, 0). */
  readonly stages: readonly number[] | null;
  /** Hours of the night without a post, HH:mm in its zone; `from` may be later than `to`. */
  readonly quiet: { readonly from: string; readonly to: string } | null;
  readonly digest: "daily" | "weekly" | "monthly" | "off";
  /** False for a person's own digest: it reminds of nothing by itself. */
  readonly reminders: boolean;
  /** Where a stage goes that nobody has acknowledged so many minutes after it was said. */
  readonly escalation: { readonly to: Place; readonly afterMinutes: number } | null;
  /** Who set it so: an opaque person id. */
  readonly by: string;
  readonly since: Instant;
}

/** What can be set anew of a place. */
export type Settable = Exclude<keyof PlaceSettings, "place" | "since">;

export interface Subscription extends PlaceSettings {
  /** The oldest first; none means that nothing is watched, and only escalations reach the place. */
  readonly watches: readonly Watch[];
}

/** Who is told what: what test/contracts/subscriptions.ts demands. */
export interface Subscriptions {
  /** The oldest place first. */
  all(): Promise<readonly Subscription[]>;
  of(place: Place): Promise<Subscription | null>;
  /**
   * Sets how a place is spoken to; its watches stay. The first `since` of a place is kept. With `named`, of a place that has settings those alone
   * are changed, in one step: what somebody else sets at the same moment stands.
   */
  settle(settings: PlaceSettings, named?: readonly Settable[]): Promise<void>;
  /** One watch more in a place that has settings. The same filters again are the watch that is there. */
  add(place: Place, watch: Omit<Watch, "id">): Promise<Watch>;
  /** Gives a watch of the place other filters; its id, and who set it up and when, stay. Null where the place has no such watch, or it has not the filters any more that are named by `was`. */
  refilter(place: Place, id: string, filters: readonly string[], was?: readonly string[]): Promise<Watch | null>;
  /** Removes one watch, or all of the place. Answers how many. The settings stay. */
  remove(place: Place, id: string | null): Promise<number>;
  /** Removes the place, its watches and its settings. */
  forget(place: Place): Promise<boolean>;
}
