import { Keyv } from "keyv";
import { Kysely } from "kysely";
import { noProbe, type Probe } from "../../../src/ports/probe.ts";
import type { Store } from "../../../src/ports/store.ts";
import { type Clock, systemClock } from "../../../src/time/clock.ts";
import { KeyvStore } from "../keyv/keyv-store.ts";
import { accessOf } from "./access.ts";
import { attentionOf } from "./attention.ts";
import { backup } from "./backup.ts";
import { deliveriesOf } from "./deliveries.ts";
import { openSqlite, type SqliteOptions } from "./dialect-sqlite.ts";
import type { Database, Engine } from "./engine.ts";
import { ledgerOf } from "./ledger.ts";
import { liveCardsOf } from "./live-cards.ts";
import { matterIndexOf } from "./matter-index.ts";
import { migrate, migratedAt } from "./migrate.ts";
import { peopleOf } from "./people.ts";
import { privacyOf } from "./privacy.ts";
import { proposalsOf } from "./proposals.ts";
import type { Tables } from "./schema.ts";
import { subscriptionsOf } from "./subscriptions.ts";
import { trailOf } from "./trail.ts";

export { type Inspected, inspect } from "./backup.ts";

export interface StoreOptions {
  /** sqlite:PATH, or sqlite::memory: for one that is gone when closed. */
  readonly url: string;
  readonly clock?: Clock;
  /** Whose matters: one register may hold several desks. */
  readonly desk?: string;
  /** Told as the points of a migration and of a checkpoint are passed. */
  readonly probe?: Probe;
  /** How long a write waits for another program's before it throws, in milliseconds; half a minute where it is not said. */
  readonly patience?: number;
}

/** Opens the register, and makes or migrates it where needed. Refuses by throwing a sentence that names the file. */
export async function openStore({ url, clock = systemClock, desk = "main", probe = noProbe, ...options }: StoreOptions): Promise<Store> {
  const { engine, name } = engineOf(url, options);
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  const opened: Opened = { db, engine, url, clock, close: () => close(db, engine, probe) };
  try {
    await migrate(db, engine, name, clock, probe);
    return await openDesk(opened, desk);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** What the desks of one database share. */
interface Opened {
  readonly db: Database;
  readonly engine: Engine;
  readonly url: string;
  readonly clock: Clock;
  close(): Promise<void>;
}

async function openDesk(opened: Opened, desk: string): Promise<Store> {
  await keepDesk(opened.db, desk);
  return storeOf(opened, desk);
}

function storeOf(opened: Opened, desk: string): Store {
  const { db, engine, url, clock } = opened;
  return {
    ledger: ledgerOf(db, engine, desk),
    people: peopleOf(db, engine, desk),
    deliveries: deliveriesOf(db, engine, desk),
    subscriptions: subscriptionsOf(db, engine, desk),
    attention: attentionOf(db, engine, desk),
    index: matterIndexOf(db, desk, clock),
    liveCards: liveCardsOf(db, desk),
    access: accessOf(db, engine, desk),
    trail: trailOf(db, engine, desk),
    proposals: proposalsOf(db, engine, desk),
    privacy: privacyOf(db, engine, desk),
    announcesSince: () => migratedAt(db, 4),
    state: (adapter) =>
      new Keyv({ store: new KeyvStore(db.$pickTables<"keyv">(), { url, clock, desk }), namespace: adapter, throwOnErrors: true }),
    lead: async (of) => engine.lead(of ?? null),
    canWrite: () => engine.writeCheck(db, desk, clock.now()),
    desk: (name) => openDesk({ ...opened, close: async () => undefined }, name),
    desks: async () => (await db.selectFrom("desk").select("id").orderBy("id").execute()).map(({ id }) => id),
    backup: (file) => backup(db, engine, file),
    close: opened.close,
  };
}

/** The lead goes last: nobody else delivers while this one may still be writing. */
async function close(db: Database, engine: Engine, probe: Probe): Promise<void> {
  try {
    probe("in-checkpoint");
    // What cannot be brought in now (a full disk) stays in the log, and is brought in by whoever opens the register next.
    await engine.checkpoint(db).catch(() => undefined);
  } finally {
    try {
      await db.destroy();
    } finally {
      engine.yieldLead();
    }
  }
}

function engineOf(url: string, options: SqliteOptions): { readonly engine: Engine; readonly name: string } {
  const name = url.startsWith("sqlite:") ? url.slice("sqlite:".length) : "";
  if (name === "") throw new Error(`No register can be opened at "${url}": write sqlite:PATH, such as sqlite:data/register.db.`);
  try {
    return { engine: openSqlite(name, options), name };
  } catch (error) {
    throw new Error(`The register ${name} cannot be opened: ${(error as Error).message}.`, { cause: error });
  }
}

async function keepDesk(db: Database, desk: string): Promise<void> {
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
