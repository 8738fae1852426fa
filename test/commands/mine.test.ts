import { describe, expect, test } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import { ANA, BEN, EVE, sessionAt } from "./places.ts";

const NOON = "2024-02-22T11:00:00.000Z";

describe("mine", () => {
  const OWN = "slack:T1/U1" as Place;

  test("is a digest of one's own in one's own conversation, without reminders", async () => {
    const session = await sessionAt(NOON);
    await session.ask("assign SAN-2024-001 to ana", BEN);
    expect(await session.ask("mine --at 08:00 --weekdays mon-fri --digest weekly", ANA)).toMatchObject({ place: OWN, matters: 1 });
    expect(await session.store.subscriptions.of(OWN)).toMatchObject({
      reminders: false,
      at: "08:00",
      weekdays: [1, 2, 3, 4, 5],
      digest: "weekly",
      watches: [{ filters: ["people:ana,slack:T1/U1"] }],
    });
    expect(await session.store.subscriptions.of(ANA.place)).toBeNull();
  });

  test("again changes what is named; under another name there is still one watch", async () => {
    const session = await sessionAt(NOON);
    await session.ask("mine --at 08:00", ANA);
    await session.ask("mine --zone Europe/London", { ...ANA, personName: "anna" });
    const { at, zone, watches } = (await session.store.subscriptions.of(OWN))!;
    expect([at, zone, watches.map(({ filters }) => filters)]).toEqual(["08:00", "Europe/London", [["people:anna,slack:T1/U1"]]]);
  });

  test("--off ends it, and says so when there was none", async () => {
    const session = await sessionAt(NOON);
    expect(await session.ask("mine --off", ANA)).toEqual({ place: OWN, removed: false });
    await session.ask("mine", ANA);
    expect(await session.ask("mine --off", ANA)).toEqual({ place: OWN, removed: true });
    expect(await session.store.subscriptions.of(OWN)).toBeNull();
  });

  test("is refused where there are no direct messages, and where that place watches by itself", async () => {
    const session = await sessionAt(NOON);
    expect((await session.type("mine", EVE)).json).toMatchObject({ error: { code: "mine-no-direct" } });
    await session.ask("watch");
    expect((await session.type("mine")).json).toMatchObject({ error: { code: "mine-place-watches" } });
    expect(await session.ask("mine --off")).toMatchObject({ removed: false });
    expect((await session.store.subscriptions.all()).map(({ reminders, watches }) => [reminders, watches.length])).toEqual([[true, 1]]);
  });

  test("a place that is somebody's own digest takes no watch that would remind of nothing", async () => {
    const session = await sessionAt(NOON);
    await session.ask("mine");
    expect((await session.type("watch tag:dpo")).json).toMatchObject({ error: { code: "watch-is-mine" } });
    await session.ask("unwatch");
    await session.ask("watch tag:dpo");
    expect((await session.store.subscriptions.all()).map(({ reminders }) => reminders)).toEqual([true]);
  });

  test.each(["mine --digest off", "mine --quiet 19:00-08:00", "mine --weekdays never"])("%s is not understood", async (line) => {
    const session = await sessionAt(NOON);
    expect((await session.type(line, ANA)).status).toBe(2);
    expect(await session.store.subscriptions.all()).toEqual([]);
  });
});
