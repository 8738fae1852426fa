import { sql } from "kysely";
import type { FleetVitals } from "../../../src/ports/fleet.ts";
import { LOST } from "./beat.ts";
import type { Database } from "./engine.ts";
import { JOBS } from "./jobs-schema.ts";
import { LEAD, NOW, SET_BACK } from "./lease.ts";

/** By a clock that may have been set back, too. */
const seen = sql.raw(`(seen_at >= ${NOW} - ${LOST} and seen_at <= ${NOW} + ${SET_BACK})`);

/** See FleetVitals, of all desks together. */
export async function fleetVitals(db: Database, process: string, queue: string): Promise<FleetVitals> {
  const { rows } = await sql<Omit<FleetVitals, "process">>`select
      (select holder from lead where name = ${LEAD} and until >= ${sql.raw(NOW)}) as leader,
      (select count(*) from process where ${seen}) as alive,
      (select count(*) from process where not ${seen}) as lost,
      (select count(*) from ${sql.table(`${JOBS}.job`)} where name = ${queue} and state < 'active') as waiting,
      (select count(*) from ${sql.table(`${JOBS}.job`)} where name = ${queue} and state = 'active') as "underWay"`.execute(db);
  const { leader, alive, lost, waiting, underWay } = rows[0]!;
  return { process, leader, alive: Number(alive), lost: Number(lost), waiting: Number(waiting), underWay: Number(underWay) };
}
