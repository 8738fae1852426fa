import { sql } from "kysely";
import type { DeliveryKey } from "../../../src/ports/chat.ts";
import type { DeliveryLog } from "../../../src/ports/delivery-log.ts";
import { type Fleet, LeadLost } from "../../../src/ports/fleet.ts";
import type { Probe } from "../../../src/ports/probe.ts";
import { amid, queueKnown } from "./boss.ts";
import { erasing, settledIn, tell, telling } from "./carried.ts";
import { claimMany } from "./claim-many.ts";
import type { Database, Engine, Writing } from "./engine.ts";
import type { Processes } from "./fleet.ts";
import { jobsOf, packed, textsOf } from "./fleet-packs.ts";
import { JOBS } from "./jobs-schema.ts";
import { type Acting, fence, LEAD } from "./lease.ts";
import { abandonOpen } from "./lost.ts";
import { stepsOf, unerasedOf } from "./turn.ts";
import { type Sent, waitsOf } from "./waits.ts";

/** What one desk does with the processes of its database. */
export interface FleetDesk {
  readonly fleet: Fleet;
  /** See Store.lead. */
  lead(of?: string): Promise<boolean>;
  /** As the delivery log has them, where this process still leads or never did. */
  readonly turn: DeliveryLog["turn"];
  readonly abandon: DeliveryLog["abandon"];
}

/** Characters that may take longer to send, over a slow line or by a busy process, than a leader's transaction may rest otherwise. */
const LONG = 1_000_000;

async function patient(tx: Writing): Promise<void> {
  await sql`set local idle_in_transaction_session_timeout = '10s'`.execute(tx);
}

export function fleetDesk(db: Database, engine: Engine, processes: Processes, desk: string, probe: Probe): FleetDesk {
  const steps = stepsOf(db, desk);
  const unerased = unerasedOf(db, desk);
  const waits = waitsOf(db, desk);
  /** The lead in whose right this desk acts, as of the last time at which it was asked for. */
  let acting: Acting | null = null;
  /** The epoch of the lead since which all that is on its way is known. */
  let inherited: number | null = null;

  /** Still the same lead, and no later one: what was thought of before another had it in between may be out of date. */
  function isSame(): boolean {
    const held = acting === null ? null : processes.held(acting.name);
    return held !== null && held.epoch === acting!.epoch;
  }

  processes.listen((notice) => {
    if (notice === null) {
      if (acting !== null && !isSame()) {
        waits.end(new LeadLost());
        // Forgotten with those who waited for it, and perhaps still on its way if the lead turns out to be this process's after all.
        inherited = null;
      }
      waits.look("all");
      return;
    }
    const jobs = settledIn(notice, desk);
    if (jobs !== null) waits.look(jobs.length === 0 ? "any" : new Set(jobs));
  });

  async function asLeader<Answer>(work: (tx: Writing) => Promise<Answer>, erasures?: number): Promise<Answer> {
    return db.transaction().execute(async (tx) => {
      // Before the lead is held fast: its renewal must not wait for whoever erases.
      if (erasures !== undefined) await notErased(tx, erasures);
      if (acting !== null) await fence(tx, acting);
      return work(tx);
    });
  }

  /** Nothing is erased from here on until the transaction ends, and nothing was since what is wanted was read. */
  async function notErased(tx: Writing, erasures: number): Promise<void> {
    await erasing(tx, desk, "shared");
    await engine.scriptIn!(tx, () => unerased(erasures));
  }

  /** What a leader before has left on its way keeps its lanes: what is said next in the same places comes after it. */
  async function inherit(tx: Writing): Promise<void> {
    if (acting !== null && acting.epoch === inherited) return;
    const { rows } = await sql<Sent & { readonly key: string }>`select delivery.key, delivery.place, delivery.job, job.singleton_key as lane
      from delivery join ${sql.table(`${JOBS}.job`)} as job on job.name = ${processes.queue} and job.id = delivery.job::uuid
      where delivery.desk = ${desk} and (delivery.outcome is null or delivery.outcome <> 'delivered') and delivery.outcome is null
      order by job.created_on`.execute(tx);
    waits.inherit(rows.map(({ key, ...by }) => [key, by]));
    inherited = acting?.epoch ?? null;
  }

  return {
    async lead(of) {
      const held = await processes.lead(of === undefined ? LEAD : `${LEAD} ${of}`);
      if (held !== null) acting = held;
      return held !== null;
    },
    async turn(settled, wanted, at, erasures) {
      if (settled.length === 0 && wanted.length === 0) return new Set();
      const known = wanted.length > 0 ? erasures : undefined;
      return asLeader((tx) => engine.scriptIn!(tx, () => steps(settled, wanted, at)), known);
    },
    abandon(at, adapter) {
      const { boss, queue } = processes;
      return asLeader((tx) => abandonOpen(tx, { boss, queue, gone: processes.gone() }, desk, at, adapter));
    },
    fleet: {
      serve: (crew) => processes.serve(desk, crew),
      leads: isSame,
      giveWay: processes.giveWay,
      nudge: () => void tell(db, `acted ${desk}`).catch(() => undefined),
      async send(settled, wanted, at, parcels, erasures) {
        await queueKnown(processes.boss, processes.queue);
        // Before the transaction begins: a message may be long, and mostly all that is wanted is taken.
        const texts = textsOf(parcels(new Set(wanted.map(({ key }) => key))));
        const taken = await asLeader(
          async (tx) => {
            if (settled.length > 0) await engine.scriptIn!(tx, () => steps(settled, [], at));
            await inherit(tx);
            const packs = packed(wanted, waits.laneOf);
            // Before it is known to be written: whether a connection was lost then or not, nothing of these places overtakes it.
            waits.carry(wanted.map(({ key, message, basis: { place } }) => [key.toWellFormed(), { ...packs.get(message)!, place }]));
            const claimed = await claimMany(tx, desk, wanted, at, (message) => packs.get(message)!.job);
            const jobs = jobsOf(desk, parcels(claimed), packs, texts);
            if (jobs.reduce((size, { data }) => size + data.parcels!.length, 0) > LONG) await patient(tx);
            if (jobs.length > 0) await processes.boss.insert(processes.queue, jobs, { db: amid(tx, [], [telling("posts")]) });
            return claimed;
          },
          wanted.length > 0 ? erasures : undefined,
        );
        probe("job-sent");
        return taken;
      },
      outcomes(keys: readonly DeliveryKey[]) {
        if (!isSame()) return Promise.reject(new LeadLost());
        return waits.of(keys);
      },
      vitals: processes.vitals,
    },
  };
}
