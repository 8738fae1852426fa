import { type QueryExecutorProvider, sql } from "kysely";

/** By whom a matter is worked on, as it is looked for by those who ask for their own. Released, so never edited: what must change is a later migration. */
export async function migration0006(db: QueryExecutorProvider): Promise<void> {
  await sql`create index private_text_people on private_text (position) where path in ('to', 'set.to')`.execute(db);
}
