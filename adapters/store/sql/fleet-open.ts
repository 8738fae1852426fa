import { sql } from "kysely";
import type { Probe } from "../../../src/ports/probe.ts";
import { installJobs } from "./boss.ts";
import type { DatabaseClock } from "./database-clock.ts";
import type { Database, Engine } from "./engine.ts";
import { openProcesses } from "./fleet.ts";
import { type FleetDesk, fleetDesk } from "./fleet-desk.ts";
import { NOW } from "./lease.ts";

/** The processes of a database that several may serve. */
export interface OpenFleet {
  desk(name: string): FleetDesk;
  close(): Promise<void>;
}

/** Read only where a server holds the register: pg-boss is nothing that one machine with a file needs. */
export async function openFleet(db: Database, engine: Engine, clock: DatabaseClock, probe: Probe): Promise<OpenFleet> {
  await clock.compare(async () => Number((await sql<{ now: number }>`select ${sql.raw(NOW)} as now`.execute(db)).rows[0]!.now));
  const queue = await installJobs(db, engine);
  const processes = openProcesses(db, engine, queue, clock, probe);
  return { desk: (name) => fleetDesk(db, engine, processes, name, probe), close: processes.close };
}
