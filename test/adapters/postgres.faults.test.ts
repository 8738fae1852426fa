import { connect, createServer, type Socket } from "node:net";
import { Kysely } from "kysely";
import pg from "pg";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { afterDoubt } from "../../adapters/store/sql/doubt-postgres.ts";
import { engineOf, openStore } from "../../adapters/store/sql/open.ts";
import type { Tables } from "../../adapters/store/sql/schema.ts";
import { fill, stamp, to } from "../contracts/ledger-fixtures.ts";
import { tcpProxy } from "../fleet/tcp-proxy.ts";
import { type PostgresSubject, postgresSubjects } from "./postgres-subject.ts";

const subjects = await postgresSubjects();
afterAll(() => subjects.server.stop());

async function subjectOfTest(): Promise<PostgresSubject> {
  const subject = await subjects.subject();
  onTestFinished(() => subject.close());
  return subject;
}

/** The store of the subject, reached over another address. */
async function storeAt(subject: PostgresSubject, change: (url: URL) => void) {
  const url = new URL(subject.url);
  change(url);
  const store = await openStore({ url: url.href });
  onTestFinished(() => store.close().catch(() => undefined));
  return store;
}

/** Asks for several things at once, so that several connections are kept. */
function many<Answer>(ask: () => Promise<Answer>): Promise<readonly Answer[]> {
  return Promise.all(Array.from({ length: 8 }, ask));
}

const OTHERS = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

/** As it goes over the line: "read committed" is said at the beginning of each transaction. */
const COMMIT = "commit\0";

/** A line to the server that is cut as soon as it has carried the word: before it, so that the server never hears it, or after the server has answered. */
async function cutAt(word: string, when: "before" | "after"): Promise<number> {
  const sockets = new Set<Socket>();
  let cuts = 1;
  const line = createServer((near) => {
    const far = connect(subjects.server.port, "127.0.0.1");
    let heard = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => [near, far].map((one) => one.destroy()));
    }
    near.on("data", (bytes) => {
      if (cuts > 0 && bytes.includes(word)) {
        cuts--;
        heard = true;
        if (when === "before") {
          near.destroy();
          return;
        }
      }
      far.write(bytes);
    });
    far.on("data", (bytes) => (heard ? near.destroy() : near.write(bytes)));
  });
  await new Promise<void>((listening) => line.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    line.close();
  });
  return (line.address() as { port: number }).port;
}

describe("a connection that is lost", () => {
  test("while nobody uses it is replaced by the next statement, be it a question or a transaction", async () => {
    const { store, raw } = await subjectOfTest();
    for (const ask of [() => store.ledger.head(), () => store.ledger.append([to("alpha", 0, "e1")], stamp("c1"))]) {
      await many(() => store.ledger.head());
      await raw.query(OTHERS);
      await ask();
    }
    expect(await store.ledger.head()).toMatchObject({ events: 1 });
  });

  test("in the midst of a transaction leaves nothing of it, and a sentence that says so", async () => {
    const { ledger, store, raw } = await subjectOfTest();
    await fill(ledger);
    await raw.query("begin; lock table private_text");
    const appending = ledger.append([to("alpha", 4, "e5")], stamp("c1")).catch((error: Error) => error);
    await expect.poll(async () => (await raw.query("select 1 from pg_locks where not granted")).rowCount).toBeGreaterThan(0);
    await raw.query(OTHERS);
    await raw.query("rollback");
    expect(await appending).toMatchObject({ name: "LostConnection", message: expect.stringContaining("Nothing was recorded.") });
    expect(await store.ledger.append([to("alpha", 4, "e5")], stamp("c1"))).toMatchObject({ ok: true, repeated: false });
  });

  test("with a restart of the server is found again", async () => {
    const { store } = await subjectOfTest();
    await many(() => store.ledger.head());
    await subjects.server.restart();
    expect(await store.ledger.append([to("alpha", 0, "e1")], stamp("c1"))).toMatchObject({ ok: true });
  });

  test("to a server that is not there is told in words, again and again, without a password", async () => {
    const subject = await subjectOfTest();
    const line = await tcpProxy(subjects.server.port);
    onTestFinished(() => line.close());
    const store = await storeAt(subject, (url) => {
      url.port = String(line.port);
    });
    await many(() => store.ledger.head());
    await line.refuse();
    const told: string[] = [];
    for (const ask of [() => store.ledger.head(), () => store.canWrite(), () => openStore({ url: subject.url.replace(/:\d+\//, ":9/") })]) {
      told.push(await ask().then(String, (error: Error) => error.message));
    }
    for (const one of told) expect(one).toMatch(/^The database register_\w+ at 127\.0\.0\.1:\d+ cannot be reached: connect ECONNREFUSED /);
  });

  test("as it is told to commit is asked about: what the server has done is done", async () => {
    const subject = await subjectOfTest();
    const port = String(await cutAt(COMMIT, "after"));
    const cut = await storeAt(subject, (url) => {
      url.port = port;
    });
    expect(await cut.ledger.append([to("alpha", 0, "e1")], stamp("c1"))).toMatchObject({ ok: true, repeated: false, head: { events: 1 } });
    expect(await subject.ledger.verify()).toMatchObject({ ok: true, events: 1 });
  });

  test("as it is told to commit, and the server never heard it, leaves nothing: the server's own end of it is ended too", async () => {
    const subject = await subjectOfTest();
    const port = String(await cutAt(COMMIT, "before"));
    const cut = await storeAt(subject, (url) => {
      url.port = port;
    });
    await expect(cut.ledger.append([to("alpha", 0, "e1")], stamp("c1"))).rejects.toMatchObject({ name: "LostConnection" });
    expect(await subject.ledger.append([to("alpha", 0, "e1")], stamp("c2"))).toMatchObject({ ok: true, head: { events: 1 } });
  });

  test("as it is told to commit, where nobody can be asked since, is a doubt and never said to be undone", async () => {
    const pool = new pg.Pool({ host: "127.0.0.1", port: 9 });
    const doubt = afterDoubt(pool, "register at there", { id: "7", process: 1 }, new Error("gone"), 100);
    await expect(doubt).rejects.toMatchObject({ name: "InDoubt", message: expect.stringContaining("look whether it was recorded") });
    await pool.end();
  });

  test("half-open, answers nothing and is given up within its time, or as soon as it is suspected", async () => {
    const subject = await subjectOfTest();
    const line = await tcpProxy(subjects.server.port);
    onTestFinished(() => line.close());
    const url = new URL(subject.url);
    url.port = String(line.port);
    const store = await storeAt(subject, (address) => {
      address.port = url.port;
      address.searchParams.set("query_timeout", "400");
    });
    const { engine } = await engineOf(url.href);
    const db = new Kysely<Tables>({ dialect: engine.dialect });
    onTestFinished(() => db.destroy());
    const ask = () => db.selectFrom("desk").select("id").execute();
    await many(ask);
    line.stall();
    await expect(store.ledger.append([to("alpha", 0, "e1")], stamp("c1"))).rejects.toThrow(/^The database register_\w+ at \S+ /);
    const asking = db.transaction().execute(ask);
    await line.heal();
    engine.suspect!();
    // What was waiting over there is asked over a new connection.
    expect(await asking).toEqual([{ id: "main" }]);
    expect(await store.ledger.append([to("alpha", 0, "e1")], stamp("c1"))).toMatchObject({ ok: true, repeated: false });
  });
});

describe("a lock that another program holds", () => {
  test("is waited for, and then told in words", async () => {
    const subject = await subjectOfTest();
    const store = await storeAt(subject, (url) => {
      url.searchParams.set("lock_timeout", "300");
    });
    await subject.raw.query("begin; lock table ledger");
    const append = () => store.ledger.append([to("alpha", 0, "e1")], stamp("c1"));
    await expect(append()).rejects.toMatchObject({
      name: "NotNow",
      why: "busy",
      message: expect.stringContaining("The register is busy: "),
    });
    await expect(store.canWrite()).resolves.toBeUndefined();
    await subject.raw.query("rollback; begin; lock table write_check");
    await expect(store.canWrite()).rejects.toThrow("The register is busy: ");
    await subject.raw.query("rollback");
    expect(await store.ledger.append([to("alpha", 0, "e1")], stamp("c1"))).toMatchObject({ ok: true });
  });

  test("for longer than a statement may take is told as an answer that did not come in time", async () => {
    const subject = await subjectOfTest();
    const store = await storeAt(subject, (url) => {
      url.searchParams.set("statement_timeout", "300");
    });
    await subject.raw.query("begin; lock table ledger");
    const late = { name: "NotNow", why: "slow", undone: true, message: expect.stringMatching(/ has not answered in time\.$/) };
    await expect(store.ledger.append([to("alpha", 0, "e1")], stamp("c1"))).rejects.toMatchObject(late);
    await subject.raw.query("rollback");
  });

  test("on one desk keeps nobody of another desk waiting", async () => {
    const subject = await subjectOfTest();
    const other = await subject.store.desk("client");
    await subject.raw.query("begin; select pg_advisory_xact_lock(hashtextextended('curewatch desk main', 0))");
    expect(await other.ledger.append([to("alpha", 0, "e1")], stamp("c1"))).toMatchObject({ ok: true });
    const waiting = subject.ledger.append([to("alpha", 0, "e1")], stamp("c1"));
    await expect.poll(async () => (await subject.raw.query("select 1 from pg_locks where not granted")).rowCount).toBe(1);
    await subject.raw.query("rollback");
    expect(await waiting).toMatchObject({ ok: true });
  });
});

test("a database that is read-only answers what is asked, and says what it is where something is to be recorded", async () => {
  const subject = await subjectOfTest();
  await subject.ledger.append([to("alpha", 0, "e1")], stamp("c1"));
  const store = await storeAt(subject, (url) => {
    url.searchParams.set("options", "-c default_transaction_read_only=on");
  });
  expect(await store.ledger.head()).toMatchObject({ events: 1 });
  const said = /^The database register_\w+ at 127\.0\.0\.1:\d+ is read-only: cannot execute \w+ in a read-only transaction\.$/;
  const readOnly = { name: "NotNow", why: "readonly", undone: true, message: expect.stringMatching(said) };
  await expect(store.ledger.append([to("alpha", 1, "e2")], stamp("c2"))).rejects.toMatchObject(readOnly);
  await expect(store.canWrite()).rejects.toMatchObject(readOnly);
});
