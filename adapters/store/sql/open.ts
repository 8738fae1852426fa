import { Kysely } from "kysely";
import { NotNow } from "../../../src/ports/not-now.ts";
import { noProbe, type Probe } from "../../../src/ports/probe.ts";
import type { Store } from "../../../src/ports/store.ts";
import { type Clock, systemClock } from "../../../src/time/clock.ts";
import { KeyvStore, stateIn } from "../keyv/keyv-store.ts";
import type { OutsideState } from "../keyv/outside.ts";
import { accessOf } from "./access.ts";
import { attentionOf } from "./attention.ts";
import { backup, lastAtOf } from "./backup.ts";
import { clockAsGiven, databaseClock } from "./database-clock.ts";
import { deliveriesOf } from "./deliveries.ts";
import { deskMembersOf } from "./desk-members.ts";
import { openSqlite, type SqliteOptions } from "./dialect-sqlite.ts";
import type { Database, Engine, Writing } from "./engine.ts";
import type { OpenFleet } from "./fleet-open.ts";
import { ledgerOf } from "./ledger.ts";
import { liveCardsOf } from "./live-cards.ts";
import { matterFinderOf } from "./matter-finder.ts";
import { matterIndexOf } from "./matter-index.ts";
import { migrate, migratedAt } from "./migrate.ts";
import type { Migration } from "./migrations/index.ts";
import type { AllOwnKeys } from "./own-notes.ts";
import { peopleOf } from "./people.ts";
import { privacyOf } from "./privacy.ts";
import { proposalsOf } from "./proposals.ts";
import { reviewsOf } from "./reviews.ts";
import type { Tables } from "./schema.ts";
import { subscriptionsOf } from "./subscriptions.ts";
import { trailOf } from "./trail.ts";

export { type Inspected, inspect } from "./backup.ts";

export interface StoreOptions {
  /** sqlite:PATH, sqlite::memory: for one that is gone when closed, or postgres://USER:PASSWORD@HOST:PORT/DATABASE. */
  readonly url: string;
  /** The machine's where it is not said, put right by the database's where several processes share one. */
  readonly clock?: Clock;
  /** Whose matters: one register may hold several desks. */
  readonly desk?: string;
  /** Told as the points of a migration and of a checkpoint are passed. */
  readonly probe?: Probe;
  /** Where adapters keep what they keep by key: a redis: or postgres: address. In the database itself where it is not said. */
  readonly keyv?: string;
  /** What the chat adapters say of their keys: without it nothing that they keep is anybody's, and nothing goes with who is erased. */
  readonly ownKeys?: AllOwnKeys;
  /** How long a write waits for another program's before it throws, in milliseconds; half a minute where it is not said. */
  readonly patience?: number;
  /** How the register is brought to the schema of whoever opens it: this program's where it is not said, a newer one's in tests. */
  readonly migrations?: readonly Migration[];
}

/** Opens the register, and makes or migrates it where needed. Refuses by throwing a sentence that names the file. */
export async function openStore({
  url,
  clock: given,
  desk = "main",
  probe = noProbe,
  keyv,
  ownKeys = [],
  migrations,
  ...options
}: StoreOptions): Promise<Store> {
  const { engine, name } = await engineOf(url, options);
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  const compared = given === undefined ? databaseClock() : clockAsGiven(given);
  const clock = engine.connection === undefined ? (given ?? systemClock) : compared;
  // Its scheme alone: what follows may hold a password.
  const shared = { db, engine, url: url.slice(0, url.indexOf(":") + 1), clock };
  try {
    await migrate(db, engine, name, { clock, probe, ...(migrations === undefined ? {} : { migrations }) });
    const fleet = engine.connection === undefined ? null : await (await import("./fleet-open.ts")).openFleet(db, engine, compared, probe);
    const outside = keyv === undefined ? null : await (await import("../keyv/outside.ts")).openOutside(keyv);
    return await openDesk({ ...shared, fleet, outside, ownKeys, close: () => close(db, engine, { fleet, outside }, probe) }, desk);
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
  /** The processes of the database; null where one machine alone can have it. */
  readonly fleet: OpenFleet | null;
  /** Where adapters keep what they keep by key; null where that is the database itself. */
  readonly outside: OutsideState | null;
  readonly ownKeys: AllOwnKeys;
  close(): Promise<void>;
}

async function openDesk(opened: Opened, desk: string): Promise<Store> {
  await keepDesk(opened.db, desk);
  return storeOf(opened, desk);
}

function storeOf(opened: Opened, desk: string): Store {
  const { db, engine, url, clock } = opened;
  const fleet = opened.fleet?.desk(desk) ?? null;
  const alone = (tx: object) => engine.serialise(tx as Writing, desk);
  return {
    name: desk,
    clock,
    ledger: ledgerOf(db, engine, desk),
    people: peopleOf(db, engine, desk),
    deliveries: deliveriesOf(db, engine, desk, fleet),
    fleet: fleet?.fleet ?? null,
    subscriptions: subscriptionsOf(db, engine, desk),
    attention: attentionOf(db, engine, desk),
    index: matterIndexOf(db, engine, desk, clock),
    finder: matterFinderOf(db, engine, desk),
    liveCards: liveCardsOf(db, desk),
    access: accessOf(db, engine, desk),
    trail: trailOf(db, engine, desk),
    proposals: proposalsOf(db, engine, desk),
    privacy: privacyOf(db, engine, desk, opened),
    reviews: reviewsOf(db, engine, desk),
    members: deskMembersOf(db, engine),
    announcesSince: () => migratedAt(db, 4),
    state: (adapter) =>
      opened.outside?.of(desk, adapter) ?? stateIn(new KeyvStore(db.$pickTables<"keyv">(), { url, clock, desk, alone }), adapter),
    lead: fleet?.lead ?? (async (of) => engine.lead(of ?? null)),
    async canWrite() {
      await engine.writeCheck(db, desk, clock.now());
      await opened.outside?.check();
    },
    hasRights: () => engine.rightsCheck(db),
    desk: (name) => openDesk({ ...opened, close: async () => undefined }, name),
    desks: async () => (await db.selectFrom("desk").select("id").orderBy("id").execute()).map(({ id }) => id),
    backup: (file, progress) => backup(db, engine, file, progress),
    lastAt: () => lastAtOf(db),
    close: opened.close,
  };
}

/** The lead goes last: nobody else delivers while this one may still be writing. */
async function close(db: Database, engine: Engine, { fleet, outside }: Pick<Opened, "fleet" | "outside">, probe: Probe): Promise<void> {
  try {
    probe("in-checkpoint");
    // What cannot be brought in now (a full disk) stays in the log, and is brought in by whoever opens the register next.
    await engine.checkpoint(db).catch(() => undefined);
  } finally {
    try {
      await fleet?.close();
      await outside?.close();
      await db.destroy();
    } finally {
      engine.yieldLead();
    }
  }
}

/** The engine of a database, and what people may call it: the name holds no password. */
export async function engineOf(url: string, options: SqliteOptions = {}): Promise<{ readonly engine: Engine; readonly name: string }> {
  // What speaks to PostgreSQL is read only where it is needed.
  if (/^postgres(ql)?:/.test(url)) return (await import("./dialect-postgres.ts")).openPostgres(url);
  const name = url.startsWith("sqlite:") ? url.slice("sqlite:".length) : "";
  if (name === "") {
    // Whatever it is, it may hold a password.
    const shown = url.replace(/:\/\/.*/s, "://…");
    throw new Error(`No register can be opened at "${shown}": write sqlite:PATH, such as sqlite:data/register.db, or postgres://….`);
  }
  try {
    return { engine: openSqlite(name, options), name };
  } catch (error) {
    if (error instanceof NotNow) throw error;
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
