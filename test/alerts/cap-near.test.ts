import { describe, expect, test } from "vitest";
import { nearCap } from "../../src/alerts/cap-near.ts";
import { standingNow, standingOn } from "../../src/matter/standing.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import { day } from "../../src/time/day.ts";
import { given, ORDER } from "../support/given.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";

/** EUR 100 a day from 6 March 2024 on. */
const order = (cap: object) => ({ items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "day", cap } }] });

const raised = (on: string, set: object) => ({ on, type: "corrected", event: "registered", set, because: "misread" });

/** When caps were near, and what was said. */
async function near(
  facts: object,
  until: string,
  events: readonly { on: string; dated?: string }[] = [],
  settings: Partial<PlaceSettings> = {},
) {
  const desk = await deskOfTest();
  desk.clock.set(moment("2024-03-01T08:00"));
  await desk.hold(facts);
  await desk.watch("memory:one", { digest: "off", ...settings });
  for (const { dated, ...event } of events) {
    await desk.followIndex(moment(`${event.on}T09:30`));
    desk.clock.set(moment(`${event.on}T09:30`));
    await desk.record(KEY, { ...event, on: dated ?? event.on });
  }
  await desk.followIndex(moment(`${until}T00:00`));
  expect(desk.faults).toEqual([]);
  const said = desk.posts.filter(({ key }) => (JSON.parse(key) as string[])[1] === "cap-near");
  return said.map(({ at, text }) => ({ at: at.slice(0, 16), text }));
}

describe("nine tenths of a calendar year's cap", () => {
  test("are told once in each year, as that year's", async () => {
    // 18 days on 23 March, and on 18 January.
    const said = await near(order({ perYear: "2000" }), "2026-01-10");
    expect(said.map(({ at }) => at)).toEqual(["2024-03-24T08:00", "2025-01-19T08:00"]);
    expect(said[0]!.text).toContain("Nine tenths of the cap of 2024 have run");
    expect(said[1]!.text).toContain("Nine tenths of the cap of 2025 have run");
  });

  test("are not told once that year is over", async () => {
    // By 31 December it is 30,100, nine tenths of the cap by the last day alone.
    const late = order({ perYear: "33400" });
    const now = (text: string) => standingNow(given(late), day(text)).items[0]!.yearNear;
    expect([now("2024-12-31"), now("2025-01-01"), now("2025-01-02")]).toEqual([undefined, undefined, undefined]);
    expect(standingOn(given(late), day("2024-12-31")).items[0]!.yearNear).toBe(true);
  });

  test("are told beside those of a cap for the whole", async () => {
    const said = await near(order({ perYear: "2000", amount: "2000" }), "2024-04-30");
    expect(said.map(({ at }) => at)).toEqual(["2024-03-24T08:00", "2024-03-24T08:00"]);
  });
});

describe("nine tenths of a cap that was corrected", () => {
  const set = { "items.a.penalty.cap.amount": "4000" };

  test("are told of the cap that holds, after those of the one before", async () => {
    // 900 by 14 March, 3,600 by 10 April.
    const said = await near(order({ amount: "1000" }), "2024-05-30", [raised("2024-03-18", set)]);
    expect(said.map(({ at }) => at)).toEqual(["2024-03-15T08:00", "2024-04-11T07:00"]);
  });

  test("on the day of the correction are not told of what the one before has near", async () => {
    const said = await near(order({ amount: "1000" }), "2024-03-30", [raised("2024-03-15", set)]);
    expect(said.map(({ at }) => at)).toEqual(["2024-03-15T08:00"]);
    const year = await near(order({ perYear: "1000" }), "2024-05-30", [raised("2024-03-18", { "items.a.penalty.cap.perYear": "4000" })]);
    expect(year.map(({ at }) => at)).toEqual(["2024-03-15T08:00", "2024-04-11T07:00"]);
  });

  test("wait for the hours of the place, whatever was near before", async () => {
    const quiet = { quiet: { from: "09:00", to: "16:00" } };
    const said = await near(
      order({ amount: "1000" }),
      "2024-03-30",
      [raised("2024-03-16", { "items.a.penalty.cap.amount": "1100" })],
      quiet,
    );
    expect(said.map(({ at }) => at)).toEqual(["2024-03-15T15:00", "2024-03-16T15:00"]);
  });

  test("a cap that was never corrected keeps the name under which it was told before", () => {
    const matter = given(order({ amount: "1000", perYear: "700" }));
    const standing = standingNow(matter, day("2024-03-15"));
    expect(nearCap(matter, standing, "a", "capNear")).toBe("");
    expect(nearCap(matter, standing, "a", "yearNear")).toBe("2024");
  });

  test("are not told again where something else of it is corrected", async () => {
    const capped = order({ amount: "1000", until: "2025-12-12" });
    const said = await near(capped, "2024-03-20", [raised("2024-03-15", { "items.a.penalty.cap.until": "2026-12-12" })]);
    expect(said.map(({ at }) => at)).toEqual(["2024-03-15T08:00"]);
    const units = [raised("2024-03-15", { "items.a.penalty.cap.units": 30 })];
    expect((await near(order({ amount: "1000", units: 40 }), "2024-03-20", units)).map(({ at }) => at)).toEqual(["2024-03-15T08:00"]);
  });

  test("keep the name of one that was never corrected where it was before it was near", async () => {
    const desk = await deskOfTest();
    const names = async (on: string) => {
      const matter = (await desk.register.all())[0]!;
      const standing = standingNow(matter, day(on));
      return [nearCap(matter, standing, "a", "capNear"), nearCap(matter, standing, "a", "yearNear")];
    };
    desk.clock.set(moment("2024-03-01T08:00"));
    await desk.hold(order({ amount: "500", perYear: "400" }));
    desk.clock.set(moment("2024-03-07T08:00"));
    const set = { "items.a.penalty.cap.amount": "1000", "items.a.penalty.cap.perYear": "900" };
    await desk.record(KEY, raised("2024-03-07", set));
    expect(await names("2024-03-15")).toEqual(["", "2024"]);
    desk.clock.set(moment("2024-03-15T12:00"));
    await desk.record(KEY, raised("2024-03-15", { "items.a.penalty.cap.amount": "990" }));
    expect(await names("2024-03-15")).toEqual(["amount 990", "2024"]);
    desk.clock.set(moment("2024-03-15T13:00"));
    await desk.record(KEY, raised("2024-03-15", { "items.a.penalty.cap.amount": "1000", "items.a.penalty.cap.perYear": "950" }));
    expect(await names("2024-03-15")).toEqual(["", "2024 perYear 950"]);
  });

  test("are told again though the correction is dated before they were near", async () => {
    const set = { "items.a.penalty.cap.amount": "4000" };
    const said = await near(order({ amount: "1000" }), "2024-05-30", [{ ...raised("2024-03-18", set), dated: "2024-03-10" }]);
    expect(said.map(({ at }) => at)).toEqual(["2024-03-15T08:00", "2024-04-11T07:00"]);
  });

  test("are told of a cap in common that was corrected after they were, and of no other", async () => {
    const { items } = order({ amount: "9000" });
    const shared = { items: [items[0]!, { ...items[0]!, id: "b" }], jointCap: { items: ["a", "b"], amount: "2000" } };
    const once = await near(shared, "2024-03-17", [raised("2024-03-15", { "items.a.penalty.cap.amount": "8000" })]);
    expect(once.map(({ at }) => at)).toEqual(["2024-03-15T08:00", "2024-03-15T08:00"]);
    const more = await near(shared, "2024-03-17", [raised("2024-03-15", { "jointCap.amount": "2010" })]);
    expect(more).toHaveLength(4);
  });
});
