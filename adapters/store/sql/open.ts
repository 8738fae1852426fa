import { Keyv } from "keyv";
import { Kysely } from "kysely";
import type { Store } from "../../../src/ports/store.ts";
import { type Clock, systemClock } from "../../../src/time/clock.ts";
import { KeyvStore } from "../keyv/keyv-store.ts";
import { backup } from "./backup.ts";
import { deliveriesOf } from "./deliveries.ts";
import { openSqlite } from "./dialect-sqlite.ts";
import type { Database, Engine } from "./engine.ts";
import { ledgerOf } from "./ledger.ts";
import { migrate } from "./migrate.ts";
import { peopleOf } from "./people.ts";
import type { Tables } from "./schema.ts";
import { watchesOf } from "./watches.ts";

export { type Inspected, inspect } from "./backup.ts";

export interface StoreOptions {
  /** sqlite:PATH, or sqlite::memory: for one that is gone when closed. */
  readonly url: string;
  readonly clock?: Clock;
  /** Whose matters: one register may hold several desks. */
  readonly desk?: string;
}

/** Opens the register, and makes or migrates it where needed. Refuses by throwing a sentence that names the file. */
export async function openStore({ url, clock = systemClock, desk = "main" }: StoreOptions): Promise<Store> {
  const { engine, name } = engineOf(url);
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  try {
    await migrate(db, engine, name, clock);
    await openDesk(db, desk);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    ledger: ledgerOf(db, engine, desk),
    people: peopleOf(db, desk),
    deliveries: deliveriesOf(db, desk),
    watches: watchesOf(db, desk),
    state: (adapter) =>
      new Keyv({ store: new KeyvStore(db.$pickTables<"keyv">(), { url, clock, desk }), namespace: adapter, throwOnErrors: true }),
    backup: (file) => backup(db, engine, file),
    close: () => db.destroy(),
  };
}

function engineOf(url: string): { readonly engine: Engine; readonly name: string } {
  const name = url.startsWith("sqlite:") ? url.slice("sqlite:".length) : "";
  if (name === "") throw new Error(`No register can be opened at "${url}": write sqlite:PATH, such as sqlite:data/register.db.`);
  try {
    return { engine: openSqlite(name), name };
  } catch (error) {
    throw new Error(`The register ${name} cannot be opened: ${(error as Error).message}.`, { cause: error });
  }
}

async function openDesk(db: Database, desk: string): Promise<void> {
  const known = await db.selectFrom("desk").select("id").where("id", "=", desk).executeTakeFirst();
  if (known !== undefined) return;
  await db.transaction().execute((tx) =>
    tx
      .insertInto("desk")
      .values({ id: desk, last_person: 0 })
      .onConflict((on) => on.doNothing())
      .execute(),
  );
}
