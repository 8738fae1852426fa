import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { openSqlite } from "../../adapters/store/sql/dialect-sqlite.ts";
import { migration0001 } from "../../adapters/store/sql/migrations/0001.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import { openRegister } from "../../src/alerts/register.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import type { Facts } from "../../src/matter/facts.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { systemClock } from "../../src/time/clock.ts";
import { addDays, type Day } from "../../src/time/day.ts";
import { dayIn, timeIn } from "../../src/time/instant.ts";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/slack-platform.ts";
import type { Random } from "./random.ts";

export const IN_CHANNEL = `slack:${TEAM}/${CHANNEL}` as Place;
export const TO_USER = `slack:${TEAM}/${USER}` as Place;

/** A zone in which it is the middle of the day now, so that no day ends while the test runs. */
export function zoneAtNoon(): string {
  const hours = Array.from({ length: 24 }, (_, index) => index - 11);
  const zones = hours.map((hour) => `Etc/GMT${hour <= 0 ? "+" : "-"}${Math.abs(hour)}`);
  return zones.find((zone) => timeIn(zone, systemClock.now()).startsWith("12:"))!;
}

/** A register with some matters whose time to comply ends about now, watched by a channel and by a person. Answers their keys. */
export async function fillRegister(store: Store, random: Random, matters: number): Promise<readonly string[]> {
  const now = systemClock.now();
  const today = dayIn("Europe/Paris", now);
  const keys = Array.from({ length: matters }, (_, index) => `CNIL:KILL-${index + 1}`);
  const register = openRegister(store.ledger);
  const changes = keys.map((key) => ({ key, facts: matterOf(key, addDays(today, -random.below(25))), events: [] }));
  await register.record(() => changes, { recordedAt: now, by: "p1", commandId: "given", via: "command" });
  const zone = zoneAtNoon();
  for (const place of [IN_CHANNEL, TO_USER]) {
    await store.subscriptions.settle({ ...usualSettings(place, place === IN_CHANNEL ? "en" : "fr", zone, "p1", now), at: "00:30" });
    await store.subscriptions.add(place, { filters: [], by: "p1", since: now });
  }
  await store.index.wake("all");
  return keys;
}

/** Ten days to comply from that day, then EUR 100 a day. */
export function matterOf(key: string, notified: Day): Facts {
  const items = [{ id: "a", cure: { period: "P10D", from: "notified", rule: "cure" }, penalty: { rate: "100", per: "day" } }];
  return {
    ref: key.slice(5),
    authority: "CNIL",
    respondent: "X",
    kind: "sanction",
    decided: notified,
    notified,
    items,
  } as unknown as Facts;
}

/** The same register as the first release would have left it. */
export async function asFirstRelease(file: string): Promise<void> {
  const old = `${file}.old`;
  const engine = openSqlite(old);
  const db = new Kysely<object>({ dialect: engine.dialect });
  await migration0001(db, engine);
  await db.destroy();
  const raw = new DatabaseSync(old);
  raw.exec(`CREATE TABLE schema_version (version integer not null primary key, applied_at text not null);
    INSERT INTO schema_version VALUES (1, '2024-01-01T00:00:00.000Z');
    INSERT INTO desk VALUES ('main', 1);`);
  raw.prepare("ATTACH ? AS newer").run(file);
  raw.exec(`INSERT INTO ledger SELECT * FROM newer.ledger ORDER BY position;
    INSERT INTO private_text SELECT * FROM newer.private_text;
    INSERT INTO watch SELECT desk, place, '[]', language, zone, digest_at, by_person, since FROM newer.place_setting;`);
  raw.close();
  for (const ending of ["", "-wal", "-shm"]) await rm(`${file}${ending}`, { force: true });
  await rename(old, file);
}

export async function openRegisterFile(folder: string): Promise<{ readonly file: string; readonly store: Store }> {
  const file = join(folder, "register.db");
  return { file, store: await openStore({ url: `sqlite:${file}` }) };
}
