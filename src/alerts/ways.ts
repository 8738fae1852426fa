import type { DeliveryKey } from "../ports/chat.ts";
import type { Claim, Settled } from "../ports/delivery-log.ts";
import type { Fleet, Parcel } from "../ports/fleet.ts";
import { breathe } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { BATCH, type DeliveryHost, type Due, type Message } from "./delivery.ts";
import { faulty, parcelOf, postSafely } from "./post-one.ts";

/** A message that is claimed, of as many of its things as were left to say. */
export interface Begun {
  readonly message: Message;
  /** What comes of it is written down when it is heard. */
  readonly isSaved: boolean;
  /** Asked for once: what comes of it. */
  posted(): Promise<readonly Settled[]>;
}

/** How messages get to their places. */
export interface Way {
  /** Keys between claim and settle, at most. */
  readonly most: number;
  /** When so many have ended, what came of them is written down and others are claimed without waiting for more. */
  readonly together: number;
  /** Writes down what came of earlier ones and claims these, in one transaction; answers those of which anything was claimed. */
  begin(settled: readonly Settled[], claims: readonly Claim[], chosen: readonly Message[], at: Instant): Promise<readonly Begun[]>;
}

/** By this process itself, or by whichever is free where several serve the register. */
export function wayOf(host: DeliveryHost): Way {
  return host.fleet === undefined ? bySelf(host) : byFleet(host, host.fleet);
}

function bySelf(host: DeliveryHost): Way {
  return {
    most: BATCH,
    together: BATCH,
    async begin(settled, claims, chosen, at) {
      const taken = await host.deliveries.turn(settled, claims, at, erasuresKnown(host));
      return left(chosen, taken).map((message) => ({ message, isSaved: false, posted: () => postSafely(host, message) }));
    },
  };
}

/** Keys that are handed to the others and not settled: enough to keep several processes at work. */
const HANDED = 512;
/** As many as a process takes: what others need next is claimed in one transaction. */
const TOGETHER = 64;

function byFleet(host: DeliveryHost, fleet: Fleet): Way {
  return {
    most: HANDED,
    together: TOGETHER,
    async begin(settled, claims, chosen, at) {
      const made = await madeOf(chosen);
      let begun: readonly Message[] = [];
      const parcels = (taken: ReadonlySet<DeliveryKey>) => {
        begun = left(chosen, taken);
        return begun.flatMap((message): readonly Parcel[] => {
          // Of one that says less than it was to, the card is another.
          const one = made.get(message) ?? making(message);
          made.set(message, one);
          return "parcel" in one ? [one.parcel] : [];
        });
      };
      await fleet.send(settled, claims, at, parcels, erasuresKnown(host));
      return begun.map((message) => {
        const one = made.get(message)!;
        // A bug in a card is one delivery that failed, never the end of the others.
        if ("error" in one) return { message, isSaved: false, posted: async () => faulty(host, message, one.error) };
        return { message, isSaved: true, posted: () => fleet.outcomes(message.dues.map(({ key }) => key)) };
      });
    },
  };
}

type Made = { readonly parcel: Parcel } | { readonly error: unknown };

function making(message: Message): Made {
  try {
    return { parcel: parcelOf(message) };
  } catch (error) {
    return { error };
  }
}

/** So many cards are made in one go: some milliseconds. */
const AT_A_TIME = 32;

/**
 * Before the transaction begins in which they are claimed: the card of a digest of a large register takes seconds, and the server ends a transaction
 * in which nothing is said for so long.
 */
async function madeOf(chosen: readonly Message[]): Promise<Map<Message, Made>> {
  const made = new Map<Message, Made>();
  for (const [index, message] of chosen.entries()) {
    if (index > 0 && index % AT_A_TIME === 0) await breathe();
    made.set(message, making(message));
  }
  return made;
}

/** What is claimed was read when there had been so many. */
function erasuresKnown({ memory }: DeliveryHost): number | undefined {
  return memory.erasures ?? undefined;
}

/** The messages with what was taken of them, without those of which nothing was. */
function left(chosen: readonly Message[], taken: ReadonlySet<DeliveryKey>): readonly Message[] {
  return chosen.flatMap((message) => {
    if (message.dues.every(({ key }) => taken.has(key))) return message;
    const dues: readonly Due[] = message.dues.filter(({ key }) => taken.has(key));
    return dues.length === 0 ? [] : { ...message, dues };
  });
}
