import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { describe, expect, test } from "vitest";
import { openSqlite } from "../../adapters/store/sql/dialect-sqlite.ts";
import { migration0001 } from "../../adapters/store/sql/migrations/0001.ts";
import { inspect, openStore } from "../../adapters/store/sql/open.ts";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import type { Point } from "../../src/ports/probe.ts";
import type { Store } from "../../src/ports/store.ts";
import { setClock } from "../../src/time/clock.ts";
import { type Instant, instantOf } from "../../src/time/instant.ts";
import { fill } from "../contracts/ledger-fixtures.ts";
import { subjectOfTest } from "./sql-subject.ts";

const OLD = `
INSERT INTO schema_version VALUES (1, '2024-01-01T00:00:00.000Z');
INSERT INTO desk VALUES ('main', 2), ('client', 0);
INSERT INTO watch VALUES
  ('main', 'console:b', '["authority:CNIL"]', 'fr', 'Europe/Paris', '08:30', 'p1', '2024-01-02T00:00:00.000Z'),
  ('main', 'console:a', '[]', 'en', 'Europe/London', '09:00', 'p2', '2024-01-03T00:00:00.000Z'),
  ('client', 'console:c', '[]', 'en', 'Europe/London', '09:00', 'p1', '2024-01-01T00:00:00.000Z');
INSERT INTO delivery VALUES
  ('main', 'said', 'console:b', 'reminder', 'alpha', 'ab', '{"units":46}', '2024-02-01T00:00:00.000Z', 2, 'delivered', 'console:1', NULL, NULL, '2024-02-01T00:01:00.000Z'),
  ('main', 'lost', 'console:b', 'total', 'alpha', 'ab', '1', '2024-02-02T00:00:00.000Z', 1, 'unknown', NULL, 'it broke', NULL, '2024-02-02T00:01:00.000Z'),
  ('main', 'later', 'console:b', 'digest', NULL, 'ab', '1', '2024-02-03T00:00:00.000Z', 1, 'later', NULL, 'busy', '2024-02-03T00:09:00.000Z', '2024-02-03T00:01:00.000Z'),
  ('main', 'left', 'console:b', 'reminder', 'alpha', 'ab', '1', '2024-02-04T00:00:00.000Z', 1, NULL, NULL, NULL, NULL, NULL);
`;

/** A register as the first release left it, with five events of two matters. */
async function oldRegister(): Promise<string> {
  const { file: newer, folder, ledger } = await subjectOfTest();
  await fill(ledger);
  const file = join(folder, "old.db");
  const engine = openSqlite(file);
  const db = new Kysely<object>({ dialect: engine.dialect });
  await migration0001(db, engine);
  await db.destroy();
  const raw = new DatabaseSync(file);
  raw.exec("CREATE TABLE schema_version (version integer not null primary key, applied_at text not null)");
  raw.exec(OLD);
  raw.prepare("ATTACH ? AS newer").run(newer);
  raw.exec("INSERT INTO ledger SELECT * FROM newer.ledger ORDER BY position; INSERT INTO private_text SELECT * FROM newer.private_text");
  raw.close();
  return file;
}

describe("a register of the first schema", () => {
  test("keeps its places and watches, its deliveries and its chain", async () => {
    const store = await openStore({ url: `sqlite:${await oldRegister()}` });
    expect(await store.ledger.verify()).toMatchObject({ ok: true, events: 5 });
    const plain = { weekdays: [1, 2, 3, 4, 5, 6, 7], holidays: null, stages: null, quiet: null, digest: "daily", reminders: true };
    const [first, second] = await store.subscriptions.all();
    const watched = { by: "p1", since: "2024-01-02T00:00:00.000Z" };
    const spoken = { place: "console:b", language: "fr", zone: "Europe/Paris", at: "08:30" };
    const watches = [{ id: "w1", filters: ["authority:CNIL"], ...watched }];
    expect(first).toEqual({ ...spoken, ...plain, escalation: null, ...watched, watches });
    expect([second?.place, second?.watches.map(({ id }) => id)]).toEqual(["console:a", ["w2"]]);
    const added = await store.subscriptions.add("console:a" as Place, { filters: ["tag:a"], by: "p1", since: instantOf(0) });
    expect(added.id).toBe("w3");
    await store.close();
  });

  test("tells of old deliveries what can be told", async () => {
    const store = await openStore({ url: `sqlite:${await oldRegister()}` });
    const known = await store.deliveries.known(["said", "lost", "later", "left"] as DeliveryKey[]);
    const basis = {
      place: "console:b",
      kind: "reminder",
      reason: "stage-reached",
      stream: "alpha",
      version: null,
      head: "ab",
      rulebook: "",
    };
    expect(known.get("said" as DeliveryKey)).toEqual({
      ...{ key: "said", message: "said", basis: { ...basis, shown: { units: 46 } }, attempts: 2, announcedAt: null },
      ...{ firstAt: "2024-02-01T00:00:00.000Z", claimedAt: "2024-02-01T00:00:00.000Z", settledAt: "2024-02-01T00:01:00.000Z" },
      outcome: { kind: "delivered", posted: "console:1" },
    });
    const inOrder = [...known.values()].toSorted((one, other) => (one.firstAt < other.firstAt ? -1 : 1));
    expect(inOrder.map(({ key, basis, outcome }) => [key, basis.reason, outcome])).toEqual([
      ["said", "stage-reached", { kind: "delivered", posted: "console:1" }],
      ["lost", "total", { kind: "unknown", reason: "it broke", notBefore: "2024-02-02T00:01:00.000Z", doubts: 1 }],
      ["later", "digest", { kind: "later", reason: "busy", notBefore: "2024-02-03T00:09:00.000Z" }],
      ["left", "stage-reached", null],
    ]);
    expect(await store.deliveries.abandon(instantOf(0))).toBe(1);
    await store.close();
  });

  test("counts its places as confirmed by whoever set them up, desk by desk, and tells of no change that was made before", async () => {
    const url = `sqlite:${await oldRegister()}`;
    const store = await openStore({ url, clock: setClock("2026-11-22T09:00:00.000Z" as Instant) });
    const confirmed = async (of: Store) =>
      [...(await of.access.confirmations()).values()].map(({ place, internal, by, at }) => [place, internal, by, at]);
    expect(await confirmed(store)).toEqual([
      ["console:b", true, "p1", "2024-01-02T00:00:00.000Z"],
      ["console:a", true, "p2", "2024-01-03T00:00:00.000Z"],
    ]);
    expect(await confirmed(await store.desk("client"))).toEqual([["console:c", true, "p1", "2024-01-01T00:00:00.000Z"]]);
    expect(await store.announcesSince()).toBe("2026-11-22T09:00:00.000Z");
    await store.access.confirm({ place: "console:b" as Place, internal: false, by: "p2", at: instantOf(0) });
    expect((await store.access.confirmations()).get("console:b" as Place)?.internal).toBe(false);
    await store.close();
  });

  test("has every matter in the index, due at once", async () => {
    const store = await openStore({ url: `sqlite:${await oldRegister()}` });
    expect(await store.index.due(instantOf(1), 10)).toEqual([
      { stream: "alpha", version: 4, woken: 0 },
      { stream: "beta", version: 1, woken: 0 },
    ]);
    expect(await store.index.states()).toEqual(new Map([["", 2]]));
    await store.close();
  });

  test("has the same tables afterwards as one that was made new, and the same guards", async () => {
    const old = await oldRegister();
    await (await openStore({ url: `sqlite:${old}` })).close();
    const shapes = [old, (await subjectOfTest()).file].map((file) => {
      const raw = new DatabaseSync(file);
      const shape = raw.prepare("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").all();
      raw.close();
      return shape;
    });
    expect(shapes[0]).toEqual(shapes[1]);
  });

  test("is what it was when its migration ends halfway", async () => {
    const file = await oldRegister();
    const points: Point[] = [];
    const probe = (point: Point) => {
      points.push(point);
      throw new Error("ended here");
    };
    await expect(openStore({ url: `sqlite:${file}`, probe })).rejects.toThrow("ended here");
    expect(points).toEqual(["in-migration"]);
    expect(await inspect(file)).toMatchObject({ ok: true, schema: 1, head: { events: 5 } });
    const raw = new DatabaseSync(file);
    expect(raw.prepare("SELECT count(*) AS held FROM watch").get()).toEqual({ held: 3 });
    raw.close();
    await (await openStore({ url: `sqlite:${file}` })).close();
    expect(await inspect(file)).toMatchObject({ ok: true, schema: 6, head: { events: 5 } });
  });
});

test("a register that is closed has brought its log into its file, and passed the point before", async () => {
  const { folder } = await subjectOfTest();
  const file = join(folder, "closed.db");
  const seen: [Point, boolean][] = [];
  const store = await openStore({ url: `sqlite:${file}`, probe: (point) => seen.push([point, existsSync(`${file}-wal`)]) });
  await fill(store.ledger);
  seen.length = 0;
  await store.close();
  expect([...seen, existsSync(`${file}-wal`)]).toEqual([["in-checkpoint", true], false]);
});
