import { type RawBuilder, sql } from "kysely";
import type { FleetVitals } from "../../../src/ports/fleet.ts";
import { LOST } from "./beat.ts";
import type { Database } from "./engine.ts";
import { JOBS } from "./jobs-schema.ts";
import { LEAD, NOW, SET_BACK } from "./lease.ts";

/** By a clock that may have been set back, too. */
const seen = sql.raw(`(seen_at >= ${NOW} - ${LOST} and seen_at <= ${NOW} + ${SET_BACK})`);

/** See FleetVitals, of all desks together, but for what this process alone can tell. */
export async function fleetVitals(db: Database, process: string, queue: string): Promise<Omit<FleetVitals, "stuck">> {
  const { rows } = await sql<Omit<FleetVitals, "process" | "stuck">>`select
      (select holder from lead where name = ${LEAD} and until >= ${sql.raw(NOW)}) as leader,
      (select count(*) from process where ${seen}) as alive,
      (select count(*) from process where not ${seen}) as lost,
      ${messages(queue, sql<boolean>`job.state < 'active'`)} as waiting,
      ${messages(queue, sql<boolean>`job.state = 'active'`)} as "underWay"`.execute(db);
  const { leader, alive, lost, waiting, underWay } = rows[0]!;
  return { process, leader, alive: Number(alive), lost: Number(lost), waiting: Number(waiting), underWay: Number(underWay) };
}

/** How many messages are not settled whose jobs are such. */
function messages(queue: string, such: RawBuilder<boolean>): RawBuilder<number> {
  return sql`(select count(distinct (delivery.desk, coalesce(nullif(delivery.message, ''), delivery.key))) from delivery
    join ${sql.table(`${JOBS}.job`)} as job on job.name = ${queue} and job.id = delivery.job::uuid
    where (delivery.outcome is null or delivery.outcome <> 'delivered') and delivery.outcome is null and ${such})`;
}
