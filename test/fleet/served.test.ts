import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import { NOON } from "../app/many-of-test.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { type ServedProcess, servedOn } from "./served-fleet.ts";
import { until } from "./store-fleet.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

const shownBy = (...processes: readonly ServedProcess[]) => processes.flatMap(({ adapter }) => adapter.posted);

describe("two processes on one register", () => {
  test("say each thing once in each place, whichever of them recorded it, and go on when the one that leads ends", async () => {
    const url = await postgres.database();
    const clock = setClock(NOON);
    const [one, two] = [await servedOn(url, clock), await servedOn(url, clock)];
    await until(async () => [(await one.ready()).leading, (await two.ready()).leading].toSorted().join() === "false,true");
    const places = ["C1", "C2", "C3", "C4"].map((name) => `slack:T1/${name}`);
    for (const [index, place] of places.entries()) await [one, two][index % 2]!.ask(place, "watch");
    await until(() => shownBy(one, two).length >= places.length);
    expect(
      shownBy(one, two)
        .map(({ to }) => to)
        .sort(),
    ).toEqual(places);

    const [leader, other] = (await one.ready()).leading ? [one, two] : [two, one];
    const { fleet } = await other.ready();
    expect(fleet).toEqual({ process: expect.any(String), leader: expect.any(String), alive: 2, lost: 0, waiting: 0, underWay: 0 });
    expect((await leader.ready()).fleet.process).toBe(fleet.leader);
    expect(await other.metrics()).toContain('curewatch_fleet_processes{state="alive"} 2');

    await leader.stop();
    const said = shownBy(one, two).length;
    clock.set("2026-11-23T12:00:00.000Z" as Instant);
    await until(() => shownBy(one, two).length >= said + places.length);
    expect(
      other.adapter.posted
        .slice(-places.length)
        .map(({ to }) => to)
        .sort(),
    ).toEqual(places);
    expect(shownBy(one, two)).toHaveLength(said + places.length);
    expect((await other.ready()).fleet).toMatchObject({ alive: 1, lost: 0 });
  }, 30_000);

  test("show in the card of a matter at once what a person did in the process that does not lead", async () => {
    const url = await postgres.database();
    const [one, two] = [await servedOn(url), await servedOn(url)];
    await until(async () => [(await one.ready()).leading, (await two.ready()).leading].toSorted().join() === "false,true");
    const other = (await one.ready()).leading ? two : one;
    await other.ask("slack:T1/C1", "watch");
    await other.hold();
    // The digest, and what is due of the matter, which begins its card.
    await until(() => shownBy(one, two).some(({ text }) => text.includes("SAN-2024-001")));
    const updates = () => one.adapter.updated.length + two.adapter.updated.length;
    const before = updates();
    const began = performance.now();
    await other.ask("slack:T1/C1", "assign SAN-2024-001 to me");
    await until(() => updates() > before);
    expect(performance.now() - began).toBeLessThan(3_000);
  }, 30_000);
});
