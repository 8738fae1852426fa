import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";

/**
 * Fewer pages for each delivery, since a turn waits until all that it wrote is on the disk: what was said of a matter is found by the matter
 * alone; what was said last is kept in order only where it is of no matter, such as digests, of which it is asked; and a message that is known
 * by the key of what it says is not written twice. Released, so never edited: what must change is a later migration.
 */
export async function migration0003(db: QueryExecutorProvider): Promise<void> {
  const steps: readonly RawBuilder<unknown>[] = [
    sql`drop index delivery_about`,
    sql`drop index delivery_said`,
    sql`update delivery set message = '' where message = key`,
    sql`create index delivery_about on delivery (desk, stream) where stream is not null`,
    sql`create index delivery_said on delivery (desk, kind, place, settled_at) where outcome = 'delivered' and stream is null`,
  ];
  for (const step of steps) await step.execute(db);
}
