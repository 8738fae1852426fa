import type { Instant } from "../time/instant.ts";
import type { Access } from "./access.ts";
import type { Attention } from "./attention.ts";
import type { AdapterState } from "./chat.ts";
import type { DeliveryLog } from "./delivery-log.ts";
import type { Ledger, People } from "./ledger.ts";
import type { LiveCards, MatterIndex } from "./matter-index.ts";
import type { Privacy } from "./privacy.ts";
import type { Proposals } from "./proposals.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { Trail } from "./trail.ts";

/** One database with everything that Curewatch keeps. */
export interface Store {
  readonly ledger: Ledger;
  readonly people: People;
  readonly deliveries: DeliveryLog;
  readonly subscriptions: Subscriptions;
  readonly attention: Attention;
  readonly index: MatterIndex;
  readonly liveCards: LiveCards;
  readonly access: Access;
  readonly trail: Trail;
  readonly proposals: Proposals;
  readonly privacy: Privacy;
  /** Since when owners are told of what others change: what was recorded before is no news. */
  announcesSince(): Promise<Instant>;
  /** What an adapter keeps by key, apart from every other adapter's. */
  state(adapter: string): AdapterState;
  /**
   * Makes this process the one that delivers; false while another one is. It stays so until the store is closed or the process ends, however it
   * ends. True again for the one that has it. A terminal delivers to itself alone: it has a lead of its own, by the adapter's name.
   */
  lead(of?: string): Promise<boolean>;
  /** Whether something can be written now: throws what stands in the way (a full or read-only disk, a lock). */
  canWrite(): Promise<void>;
  /**
   * Another desk of the same database, which is made where it is not there: nothing of one is seen in the other. It has the same lead, since one
   * process delivers for all; closing it does nothing, as it lives as long as this one.
   */
  desk(name: string): Promise<Store>;
  /** The names of all desks, this one among them, in order. */
  desks(): Promise<readonly string[]>;
  /** A consistent copy of everything, all desks, while others read and write. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}
