import { startPostgres } from "../../test/support/postgres.ts";
import type { Ending } from "../ending.ts";
import type { Ground } from "./registers.ts";

/** A PostgreSQL of the bench's own, gone at its end. */
export async function postgresGround(ending: Ending): Promise<Ground> {
  const server = await startPostgres();
  ending.add(() => server.stop());
  return { name: "PostgreSQL", url: () => server.database() };
}
