import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import type { Access } from "./access.ts";
import type { Attention } from "./attention.ts";
import type { AdapterState } from "./chat.ts";
import type { DeliveryLog } from "./delivery-log.ts";
import type { DeskMembers } from "./desk-members.ts";
import type { Fleet } from "./fleet.ts";
import type { Ledger, People } from "./ledger.ts";
import type { LiveCards, MatterFinder, MatterIndex } from "./matter-index.ts";
import type { Privacy } from "./privacy.ts";
import type { Proposals } from "./proposals.ts";
import type { Reviews } from "./reviews.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { Trail } from "./trail.ts";

/** One database with everything that Curewatch keeps. */
export interface Store {
  /** The desk's name. */
  readonly name: string;
  /** What time it is for what is recorded and told: where several processes share the database, by its clock, however theirs differ. */
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly people: People;
  readonly deliveries: DeliveryLog;
  /** The processes that serve the database together; null where only one can deliver. */
  readonly fleet: Fleet | null;
  readonly subscriptions: Subscriptions;
  readonly attention: Attention;
  readonly index: MatterIndex;
  readonly finder: MatterFinder;
  readonly liveCards: LiveCards;
  readonly access: Access;
  readonly trail: Trail;
  readonly proposals: Proposals;
  readonly privacy: Privacy;
  readonly reviews: Reviews;
  /** Which workspaces and places belong to which desk: the same for all desks of the database. */
  readonly members: DeskMembers;
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
  /** Throws which right on its tables the program's role lacks: what needs it fails, and nothing else. */
  hasRights(): Promise<void>;
  /**
   * Another desk of the same database, which is made where it is not there: nothing of one is seen in the other. It has the same lead, since one
   * process delivers for all; closing it does nothing, as it lives as long as this one.
   */
  desk(name: string): Promise<Store>;
  /** The names of all desks, this one among them, in order. */
  desks(): Promise<readonly string[]>;
  /** A consistent copy of everything, all desks, while others read and write. */
  backup(file: string, progress?: (done: number, of: number) => void): Promise<void>;
  /** The last moment of which the register knows that something was recorded or said, at any desk; null where nothing ever was. */
  lastAt(): Promise<Instant | null>;
  close(): Promise<void>;
}
