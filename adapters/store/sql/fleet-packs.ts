import { randomUUID } from "node:crypto";
import type { DeliveryKey } from "../../../src/ports/chat.ts";
import type { Claim } from "../../../src/ports/delivery-log.ts";
import type { Parcel } from "../../../src/ports/fleet.ts";

/**
 * Messages in one job, at most. What is handed out together shares jobs: to make one, to fetch it and to end it costs the database as much as the
 * deliveries of three messages do. Each message of it is settled for itself, as soon as it is posted.
 */
export const PACKED = 16;

/** What a job holds: the desk, and the parcels as text, since the database's own JSON takes less than a message may hold. */
export interface JobData {
  readonly desk: string;
  readonly parcels?: string;
  /** In its place where a program of before has made it, which may still run beside this one: a job was one message. */
  readonly parcel?: string;
}

export function parcelsIn({ parcels, parcel }: JobData): readonly Parcel[] {
  return JSON.parse(parcels ?? `[${parcel}]`) as readonly Parcel[];
}

/** The job of a message. */
export interface Pack {
  readonly job: string;
  /** Of the jobs with the same one runs at a time, in the order in which they were made. */
  readonly lane: string;
}

/**
 * The pack of each message. A place of which something is open stays in the lane that it has, so that its messages wait for one another; no job
 * holds two of them.
 */
export function packed(wanted: readonly Claim[], laneOf: (place: string) => string | null): ReadonlyMap<DeliveryKey, Pack> {
  const packs = new Map<DeliveryKey, Pack>();
  const lanes = new Map<string, string>();
  // By lane; the one of those that are in none yet is made by the first of them.
  const filling = new Map<string | null, { readonly pack: Pack; readonly places: Set<string> }>();
  for (const { message, basis } of wanted) {
    if (packs.has(message)) continue;
    const lane = lanes.get(basis.place) ?? laneOf(basis.place);
    let into = filling.get(lane);
    if (into === undefined || into.places.size === PACKED || into.places.has(basis.place)) {
      const job = randomUUID();
      into = { pack: { job, lane: lane ?? job }, places: new Set() };
      filling.set(lane, into);
    }
    into.places.add(basis.place);
    lanes.set(basis.place, into.pack.lane);
    packs.set(message, into.pack);
  }
  return packs;
}

export type Texts = ReadonlyMap<Parcel, string>;

/** Parcels as a job holds them. */
export function textsOf(parcels: readonly Parcel[]): Texts {
  return new Map(parcels.map((one) => [one, JSON.stringify(one)]));
}

/** The jobs of the parcels that were made, as pg-boss takes them; what of them is text already is not written anew. */
export function jobsOf(desk: string, parcels: readonly Parcel[], packs: ReadonlyMap<DeliveryKey, Pack>, texts: Texts = new Map()) {
  const together = Map.groupBy(parcels, ({ once }) => packs.get(once)!);
  return [...together].map(([{ job, lane }, some]) => {
    const data: JobData = { desk, parcels: `[${some.map((one) => texts.get(one) ?? JSON.stringify(one)).join(",")}]` };
    return { id: job, data, singletonKey: lane, group: { id: desk } };
  });
}
