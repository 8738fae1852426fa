import type { Instant } from "../time/instant.ts";
import type { Card } from "./card.ts";
import type { DeliveryKey, Log, MayGoOn, Place, PostRef } from "./chat.ts";
import type { Claim, Settled } from "./delivery-log.ts";

/** One message, ready to be posted by whichever process is free. */
export interface Parcel {
  readonly place: Place;
  readonly once: DeliveryKey;
  readonly card: Card;
  readonly under?: PostRef | undefined;
  /** It is about something restricted: no log names it, nor its place. */
  readonly restricted?: true | undefined;
  readonly dues: readonly ParcelDue[];
}

/** One of the things that a message says, with what is needed to reckon what its outcome is. */
export interface ParcelDue {
  readonly key: DeliveryKey;
  readonly kind: string;
  readonly stream: string | null;
  /** How often it was tried before. */
  readonly attempts: number;
  /** How many of those attempts may have shown it, as far as anybody knows now. */
  readonly doubts: number;
  /** From when on it is given up where that may have shown it once more; absent where something outdates it, or it was never tried. */
  readonly givenUpFrom?: Instant | undefined;
}

/** What a process does for one desk. */
export interface Crew {
  /** Posts, and says what came of it; never throws. */
  post(parcel: Parcel, mayGoOn: MayGoOn): Promise<readonly Settled[]>;
  /** Look at once: a person has `acted` in another process, or something has become due by what befell one. */
  nudged(acted: boolean): void;
  readonly log: Log;
}

/** How the processes of one database stand, by the database's clock. */
export interface FleetVitals {
  /** This process, by an id that is made anew each time it starts. */
  readonly process: string;
  /** The one that leads; null where none does now. */
  readonly leader: string | null;
  readonly alive: number;
  /** Those that were lost within the last hour: neither seen lately nor ended in order. */
  readonly lost: number;
  /** Messages that no process has taken yet. */
  readonly waiting: number;
  /** Messages that some process is posting. */
  readonly underWay: number;
  /** For how long this process has been able to take no messages, or not to write down what came of them, and why; absent where it can. */
  readonly stuck?: { readonly seconds: number; readonly reason: string };
}

/**
 * Several equal processes on one database, as one desk sees them. One of them leads: it alone says what is to be posted. All of them post. A
 * process that is not seen for three seconds by the database's clock is lost: what it had begun to post is in doubt, and nothing else is.
 */
export interface Fleet {
  /**
   * From now on this process is one of them, may lead, and posts for this desk. Answers how it ends: what it has taken is posted and settled
   * first, what it has not begun stays for the others, and with its last desk it gives up the lead, for another to take at once.
   */
  serve(crew: Crew): () => Promise<void>;
  /** Whether this process leads, and has heard so recently that no other can by now; false after a sleep until it has asked. */
  leads(): boolean;
  /**
   * Gives up the lead where this process has it and others live, for one of them to take at once; it takes it again within seconds where none does,
   * and keeps it then for some minutes. Answers whether it gave it up; never throws.
   */
  giveWay(): Promise<boolean>;
  /** A person has acted: makes the loops of this desk in all processes look at once; never throws. */
  nudge(): void;
  /**
   * DeliveryLog.turn, and in the same transaction the messages of what was taken, which other processes see with it or not at all. `parcels` makes
   * them of the keys that were taken; it may be asked before for all that are wanted, and what it answers last counts. Throws LeadLost where this process leads no more, ErasedSince as DeliveryLog.turn does: nothing is written then.
   */
  send(
    settled: readonly Settled[],
    wanted: readonly Claim[],
    at: Instant,
    parcels: (taken: ReadonlySet<DeliveryKey>) => readonly Parcel[],
    erasures?: number,
  ): Promise<ReadonlySet<DeliveryKey>>;
  /**
   * What came of the keys, as soon as it is known of all of them, whoever posted them and whoever had them posted. A key that was forgotten
   * meanwhile is left out. Throws LeadLost as soon as this process leads no more.
   */
  outcomes(keys: readonly DeliveryKey[]): Promise<readonly Settled[]>;
  vitals(): Promise<FleetVitals>;
}

/** Whether this process may lead could not be asked, so that nobody here knows whether another one does. The message says why. */
export class LeadUnknown extends Error {
  override readonly name = "LeadUnknown";
}

/** Another process leads by now, or may: whatever this one was about to do as the leader was not done. */
export class LeadLost extends Error {
  override readonly name = "LeadLost";
  constructor() {
    super("another process leads by now");
  }
}
