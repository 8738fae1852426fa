import type { PgBoss } from "pg-boss";
import { type Crew, type FleetVitals, LeadUnknown } from "../../../src/ports/fleet.ts";
import type { Probe } from "../../../src/ports/probe.ts";
import { stopwatch } from "../../../src/time/clock.ts";
import { type Ask, type Beat, EVERY, openBeat } from "./beat.ts";
import { bossOn } from "./boss.ts";
import type { DatabaseClock } from "./database-clock.ts";
import type { Database, Engine } from "./engine.ts";
import { fleetVitals } from "./fleet-vitals.ts";
import { type Acting, giveUpLease, LEAD, NOW, takeLease } from "./lease.ts";
import { findLost, forgetLost } from "./lost.ts";
import { processOf, sessionsOf } from "./pool-postgres.ts";
import { openSightings, type Seen } from "./sightings.ts";
import { openWorker, type Worker } from "./worker.ts";

/** This process among those that serve the database. Nothing is begun before it is asked for. */
export interface Processes {
  readonly id: string;
  readonly boss: PgBoss;
  /** The register's own: another one's may lie in the same database. */
  readonly queue: string;
  /** The other processes that are lost, as far as this one can tell by now. */
  gone(): readonly Seen[];
  /** Takes the lead, or renews it; null while another process has it. Throws LeadUnknown where the database cannot be asked, or refuses. */
  lead(name: string): Promise<Acting | null>;
  /** See Fleet.giveWay. */
  giveWay(): Promise<boolean>;
  /** The lead as it is held now, and nobody else can have by now; null where it is not. */
  held(name: string): Acting | null;
  /** From now on messages are taken for the desk. Answers how that ends. */
  serve(desk: string, crew: Crew): () => Promise<void>;
  /** Told after each beat, of what others say on the channel, and with null where some of it may have been missed. */
  listen(heard: (notice: string | null) => void): void;
  vitals(): Promise<FleetVitals>;
  /** Gives up what it leads; what was taken must be settled by then. */
  close(): Promise<void>;
}

const SEEN = `insert into process (id, since, seen_at) values ($1, ${NOW}, ${NOW}) on conflict (id) do update set seen_at = excluded.seen_at
  returning seen_at`;

const TELL_OTHERS = "select pg_notify('curewatch', 'lead')";

const END = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = any($1)";

/** For so long whoever gave way leaves the lead to others, and so long it does not give way again: where all lack the same, one of them leads. */
const ASIDE = 3_000;
const GIVES_WAY_EVERY = 300_000;

export function openProcesses(db: Database, { connection, suspect }: Engine, queue: string, clock: DatabaseClock, probe: Probe): Processes {
  const id = processOf(connection!);
  const boss = bossOn(db, false);
  const leads = new Map<string, Acting | null>();
  const crews = new Map<string, Crew>();
  const listeners = new Set<(notice: string | null) => void>();
  const sightings = openSightings();
  /** When those whose sessions were ended were seen last. */
  const ended = new Map<string, number>();
  let beat: Beat | null = null;
  let worker: Worker | null = null;
  let isSweeping = false;
  let isUnwell = false;
  let isEnding = false;
  let gaveWayAt = Number.NEGATIVE_INFINITY;
  let suspectedAt = Number.NEGATIVE_INFINITY;

  /** All in one go: each question that waited for the answer to the one before would make this process heard so much more seldom over a slow line. */
  async function say(ask: Ask): Promise<void> {
    if (isEnding) return;
    const told: Promise<void>[] = [];
    if (crews.size > 0) {
      told.push(clock.compare(async () => Number((await ask(SEEN, [id]))[0]!.seen_at)));
      // By those that stand by too: they know then at once who is lost when they come to lead.
      told.push(sightings.look(ask));
    }
    for (const name of leads.keys()) if (!standsAside(name)) told.push(take(ask, name));
    await Promise.all(told);
  }

  async function take(ask: Ask, name: string): Promise<void> {
    const acting = await takeLease(ask, name, id);
    // It was given up meanwhile, on the same connection after it was taken.
    if (!leads.has(name) || standsAside(name)) return;
    const before = leads.get(name);
    leads.set(name, acting);
    if (acting !== null && acting.epoch !== before?.epoch) probe("took-lead");
    if (name === LEAD && acting?.epoch !== before?.epoch) for (const crew of crews.values()) crew.nudged(false);
  }

  function standsAside(name: string): boolean {
    return name === LEAD && stopwatch() - gaveWayAt < ASIDE;
  }

  function heard(notice: string | null): void {
    for (const listener of listeners) listener(notice);
    if (notice === null || notice === "posts") worker?.wake();
    // Somebody gave up the lead: it is tried at once.
    if (notice === "lead" && leads.get(LEAD) === null) void beat?.now();
    for (const word of ["look ", "acted "]) if (notice?.startsWith(word)) crews.get(notice.slice(word.length))?.nudged(word === "acted ");
  }

  function said(well: boolean): void {
    // What has befallen this connection has befallen the others, and would be noticed on each of them much later: while it fails, once at each beat,
    // however often it is asked; and each time that it does well again, for those that were made meanwhile may have met what it had.
    if ((!well && stopwatch() - suspectedAt >= EVERY) || (well && isUnwell)) {
      suspect?.();
      suspectedAt = stopwatch();
    }
    isUnwell = !well;
    for (const listener of listeners) listener(null);
    if (!well) return;
    worker?.wake();
    void sweep();
  }

  async function sweep(): Promise<void> {
    const acting = held(LEAD);
    if (isSweeping || acting === null || crews.size === 0) return;
    isSweeping = true;
    try {
      await endSessions();
      const lost = await findLost(db, { boss, queue, gone: gone() }, acting, clock.now(), () => probe("lost-found"));
      for (const [desk, deliveries] of lost)
        crews
          .get(desk)
          ?.log.warn({ deliveries }, "a process was lost while it was posting: what nobody can tell is said again, and says so");
    } catch {
      // The next beat tries again.
    } finally {
      isSweeping = false;
    }
  }

  /** What a process that stands still has locked would keep all others waiting, one of its sessions after the other; and it is not to write when it goes on. */
  async function endSessions(): Promise<void> {
    const news = gone().filter((one) => ended.get(one.id) !== one.seenAt);
    if (news.length === 0) return;
    await beat!.ask(END, [news.map((one) => sessionsOf(one.id))]);
    for (const one of news) ended.set(one.id, one.seenAt);
  }

  function gone(): readonly Seen[] {
    return sightings.gone(beat?.steadyFor() ?? 0).filter((one) => one.id !== id);
  }

  function begin(): Beat {
    beat ??= openBeat(connection!, { say, heard, said });
    return beat;
  }

  function held(name: string): Acting | null {
    return beat?.fresh() === true ? (leads.get(name) ?? null) : null;
  }

  async function leave(desk: string, crew: Crew): Promise<void> {
    if (crews.get(desk) !== crew) return;
    if (crews.size > 1) {
      crews.delete(desk);
      return;
    }
    // The last one: what is taken is posted by it.
    probe("in-drain");
    await worker?.drain();
    crews.delete(desk);
    worker = null;
    await yieldAll();
  }

  /** At once free for others, who are told. */
  async function yieldAll(): Promise<void> {
    if (beat === null) return;
    const { ask } = beat;
    const mine = [...leads].filter(([, acting]) => acting !== null).map(([name]) => name);
    leads.clear();
    try {
      for (const name of mine) await giveUpLease(ask, name, id);
      await ask("delete from process where id = $1", [id]);
      if (mine.length > 0) await ask(TELL_OTHERS, []);
    } catch {
      // Where the database cannot be told, it is missed after a while.
    }
  }

  async function giveWay(): Promise<boolean> {
    if (held(LEAD) === null || stopwatch() - gaveWayAt < GIVES_WAY_EVERY) return false;
    try {
      if ((await fleetVitals(db, id, queue)).alive < 2) return false;
      gaveWayAt = stopwatch();
      leads.set(LEAD, null);
      await giveUpLease(beat!.ask, LEAD, id);
      await beat!.ask(TELL_OTHERS, []);
      return true;
    } catch {
      // Where the database cannot be told, the lease runs out.
      return false;
    }
  }

  return {
    id,
    boss,
    queue,
    gone,
    async lead(name) {
      const known = held(name);
      if (known !== null) return known;
      if (!leads.has(name)) leads.set(name, null);
      if (!(await begin().now())) throw new LeadUnknown(beat?.trouble() ?? "the database does not answer");
      return held(name);
    },
    held,
    giveWay,
    serve(desk, crew) {
      crews.set(desk, crew);
      if (worker === null) {
        worker = openWorker({ db, boss, queue, process: id, beat: begin(), clock, probe, crews });
        if (!leads.has(LEAD)) leads.set(LEAD, null);
        void forgetLost(db).catch(() => undefined);
      }
      void begin().now();
      worker.wake();
      let leaving: Promise<void> | null = null;
      return () => {
        leaving ??= leave(desk, crew);
        return leaving;
      };
    },
    listen: (listener) => void listeners.add(listener),
    async vitals() {
      const stuck = worker?.stuck() ?? null;
      return { ...(await fleetVitals(db, id, queue)), ...(stuck === null ? {} : { stuck }) };
    },
    async close() {
      isEnding = true;
      await yieldAll();
      await beat?.close();
    },
  };
}
