import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { Place } from "../../src/ports/chat.ts";
import { orderWith } from "../support/given.ts";
import { deskOfTest, later, moment } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";
const [ONE, TWO, THREE] = ["memory:one", "memory:two", "memory:three"] as [Place, Place, Place];
/** Two weeks before the end, on a Tuesday, nine in the morning in Paris. */
const START = moment("2024-02-20T08:00");
const HOUR = 60;

function to(place: Place, afterMinutes: number) {
  return { digest: "off" as const, escalation: { to: place, afterMinutes } };
}

async function deskWith(afterMinutes = 4 * HOUR) {
  const desk = await deskOfTest();
  await desk.hold();
  await desk.watch(ONE, to(TWO, afterMinutes));
  desk.clock.set(START);
  return desk;
}

type Desk = Awaited<ReturnType<typeof deskWith>>;

function told({ posts }: Desk, place: Place) {
  return posts.filter((post) => post.to === place);
}

describe("a stage that nobody acknowledged", () => {
  test("goes to the next place once, at the end of its delay, says where it was said, and why", async () => {
    const desk = await deskWith();
    await desk.runUntil(later(START, 24 * HOUR), 5);
    expect(told(desk, ONE).map(({ at }) => at)).toEqual([START]);
    expect(told(desk, TWO).map(({ at }) => at)).toEqual([later(START, 4 * HOUR)]);
    expect(plainText(told(desk, TWO)[0]!.card)).toContain("Said in memory:one");
    const [delivery] = await desk.store.deliveries.about(KEY, TWO);
    expect(delivery!.basis).toMatchObject({ reason: "escalated", stream: KEY, version: 1, shown: { stage: 14, expiry: "2024-03-05" } });
  });

  test("is looked at again at the very end of its delay, without anybody's doing", async () => {
    const desk = await deskWith(5);
    await desk.tickAt(START);
    expect(await desk.store.index.nextWake()).toBe(later(START, 5));
    await desk.tickAt(later(START, 5));
    expect(told(desk, TWO)).toHaveLength(1);
  });

  test("goes on from there to a third place, whose delay counts from what the second was told", async () => {
    const desk = await deskWith();
    await desk.settle(TWO, to(THREE, 2 * HOUR));
    await desk.runUntil(later(START, 48 * HOUR), 5);
    expect([ONE, TWO, THREE].map((place) => told(desk, place).map(({ at }) => at))).toEqual([
      [START],
      [later(START, 4 * HOUR)],
      [later(START, 6 * HOUR)],
    ]);
    expect(plainText(told(desk, THREE)[0]!.card)).toContain("Said in memory:two");
  });

  test("never comes back to where it was said, whatever circle the places make", async () => {
    const desk = await deskWith(HOUR);
    await desk.settle(TWO, to(THREE, HOUR));
    await desk.settle(THREE, to(ONE, HOUR));
    await desk.runUntil(later(START, 72 * HOUR), 15);
    expect([ONE, TWO, THREE].map((place) => told(desk, place).length)).toEqual([1, 1, 1]);
  });

  test("that two places send to the same third is told there once", async () => {
    const desk = await deskWith(HOUR);
    await desk.watch(THREE, { ...to(TWO, HOUR), since: moment("2024-01-02T12:00") });
    await desk.runUntil(later(START, 24 * HOUR), 15);
    expect(told(desk, TWO)).toHaveLength(1);
  });

  test("does not go on when somebody acknowledges it in time, in the first place or in the second", async () => {
    const first = await deskWith();
    await first.tickAt(START);
    first.clock.set(later(START, 239));
    await first.acknowledge(KEY, ONE, "14");
    await first.runUntil(later(START, 48 * HOUR), 15);
    expect(told(first, TWO)).toEqual([]);
    const second = await deskWith();
    await second.settle(TWO, to(THREE, 2 * HOUR));
    await second.runUntil(later(START, 5 * HOUR), 5);
    await second.acknowledge(KEY, TWO, "14");
    await second.runUntil(later(START, 48 * HOUR), 15);
    expect([told(second, TWO).length, told(second, THREE).length]).toEqual([1, 0]);
  });

  test("goes on though another stage, or the same stage of a deadline that has moved since, was acknowledged", async () => {
    const other = await deskWith();
    await other.acknowledge(KEY, ONE, "30");
    await other.acknowledge(KEY, ONE, "14", "2024-03-04");
    await other.runUntil(later(START, 5 * HOUR), 15);
    expect(told(other, TWO)).toHaveLength(1);
  });

  test("does not go on after its matter was complied with, or its deadline moved", async () => {
    for (const event of [
      { on: "2024-02-20", type: "complied" },
      { on: "2024-02-20", type: "extended", by: "P2M" },
    ]) {
      const desk = await deskWith();
      await desk.tickAt(START);
      desk.clock.set(later(START, 60));
      await desk.record(KEY, { ...event, for: undefined });
      await desk.runUntil(later(START, 24 * HOUR), 15);
      expect(told(desk, TWO)).toEqual([]);
    }
  });
});

describe("once a penalty runs", () => {
  test("each total that nobody acknowledged goes on once, and says where it was said", async () => {
    const desk = await deskWith();
    desk.clock.set(moment("2024-03-12T08:00"));
    await desk.runUntil(moment("2024-03-18T12:00"), 30);
    await desk.acknowledge(KEY, ONE, "total 2024-03-12");
    await desk.runUntil(moment("2024-03-20T12:00"), 30);
    expect(told(desk, ONE).map(({ at }) => at)).toEqual([moment("2024-03-12T08:00"), moment("2024-03-19T08:00")]);
    expect(told(desk, TWO).map(({ at }) => at)).toEqual([moment("2024-03-12T12:00"), moment("2024-03-19T12:00")]);
    expect(plainText(told(desk, TWO)[0]!.card)).toContain("Said in memory:one on Tue 12 Mar 2024");
    expect(told(desk, TWO)[0]!.text).toContain("The penalty has been running since");
    expect(told(desk, TWO)[0]!.text).toContain("--stage total:2024-03-12");
  });

  test.each([
    [24 * HOUR, "2024-03-13T08:00"],
    [3 * 24 * HOUR, "2024-03-15T08:00"],
  ])("a delay that reaches beyond a stage sends the next one on, and begins anew after it: %d minutes", async (minutes, first) => {
    const desk = await deskOfTest();
    await desk.hold(orderWith({ penalty: { rate: "100", per: "day" } }));
    await desk.watch(ONE, to(TWO, minutes));
    desk.clock.set(moment("2024-03-04T08:00"));
    await desk.runUntil(moment("2024-03-16T12:00"), 30);
    const [goneOn, total] = [told(desk, TWO)[0]!, told(desk, TWO).find(({ text }) => text.includes("total:2024-03-12"))!];
    expect(plainText(goneOn.card)).toContain("What was said in memory:one before this, on Mon 4 Mar 2024");
    expect(total.at).toBe(moment(first));
    expect(plainText(total.card)).toContain("Said in memory:one on Tue 12 Mar 2024");
  });

  test("that the cap was reached goes on, and not when somebody took note of it", async () => {
    for (const isHeeded of [false, true]) {
      const desk = await deskOfTest();
      await desk.hold(orderWith({ penalty: { rate: "100", per: "day", cap: { units: 3 } } }));
      await desk.watch(ONE, to(TWO, 4 * HOUR));
      desk.clock.set(moment("2024-03-09T08:00"));
      await desk.runUntil(moment("2024-03-09T09:00"), 30);
      if (isHeeded) await desk.acknowledge(KEY, ONE, "cap-reached 2024-03-08");
      await desk.runUntil(moment("2024-03-09T20:00"), 30);
      expect(told(desk, ONE)).toHaveLength(1);
      expect(told(desk, TWO).map(({ at }) => at)).toEqual(isHeeded ? [] : [moment("2024-03-09T12:00")]);
    }
  });
});

describe("in a place that put its matter off", () => {
  test("what was said before goes on all the same, at the end of its delay, and what is not said meanwhile does not", async () => {
    const desk = await deskWith();
    await desk.tickAt(START);
    desk.clock.set(later(START, HOUR));
    await desk.snooze(KEY, ONE, "2024-03-20");
    await desk.runUntil(moment("2024-03-01T12:00"), 30);
    expect(told(desk, ONE)).toHaveLength(1);
    expect(told(desk, TWO).map(({ at }) => at)).toEqual([later(START, 4 * HOUR)]);
    expect(plainText(told(desk, TWO)[0]!.card)).toContain("Said in memory:one");
  });

  test("it goes on at that time without anybody's doing, and not where somebody took note of it", async () => {
    const desk = await deskWith();
    await desk.tickAt(START);
    await desk.snooze(KEY, ONE, "2024-03-20");
    await desk.tickAt(later(START, 1));
    expect(await desk.store.index.nextWake()).toBe(later(START, 4 * HOUR));
    await desk.acknowledge(KEY, ONE, "14");
    await desk.runUntil(moment("2024-03-01T12:00"), 30);
    expect(told(desk, TWO)).toEqual([]);
  });
});

describe("at night", () => {
  const quiet = { quiet: { from: "19:00", to: "08:00" }, digest: "off" as const };

  test("what can wait goes on in the target's morning", async () => {
    const desk = await deskWith(13 * HOUR);
    await desk.settle(TWO, quiet);
    await desk.runUntil(later(START, 48 * HOUR), 5);
    expect(told(desk, TWO).map(({ at }) => at)).toEqual([moment("2024-02-21T07:00")]);
  });

  test("the stages 3, 1, 0 and what is overdue go on at once", async () => {
    const desk = await deskWith(13 * HOUR);
    await desk.settle(TWO, quiet);
    for (const day of ["2024-03-02", "2024-03-04", "2024-03-05"]) {
      desk.clock.set(moment(`${day}T08:00`));
      await desk.runUntil(moment(`${day}T22:00`), 30);
    }
    const at = ["2024-03-02", "2024-03-04", "2024-03-05"].map((day) => moment(`${day}T21:00`));
    expect(told(desk, TWO).map((post) => post.at)).toEqual(at);
  });
});

test("an acknowledgement lapses with the next stage, which names who gave it and asks again", async () => {
  const desk = await deskWith();
  await desk.tickAt(START);
  await desk.acknowledge(KEY, ONE, "14");
  await desk.runUntil(moment("2024-02-27T13:00"), 60);
  expect(told(desk, ONE)).toHaveLength(2);
  expect(told(desk, ONE)[0]!.text).not.toContain("acknowledge again");
  expect(told(desk, ONE)[1]!.text).toMatch(/@Ann acknowledged .*please acknowledge again/);
  expect(told(desk, TWO).map(({ at }) => at)).toEqual([moment("2024-02-27T12:00")]);
});

describe("a stage that goes on to a place that refuses for now", () => {
  async function refused(refuses: (at: string) => boolean) {
    const desk = await deskOfTest(({ to, at }) =>
      to === TO && refuses(at) ? { ok: false, retry: "later", reason: "503" } : { ok: true, posted: "memory:x" as never },
    );
    const key = await desk.hold();
    desk.clock.set(moment("2024-03-19T08:00"));
    await desk.settle(TO, { digest: "off" });
    await desk.watch(FROM, { digest: "off", escalation: { to: TO, afterMinutes: 60 } });
    await desk.runUntil(moment("2024-03-19T10:00"), 20);
    const waiting = async () => (await desk.store.deliveries.waiting()).map((one) => one.basis.place);
    expect(await waiting()).toEqual([TO]);
    return { desk, key, waiting };
  }

  const [FROM, TO] = ["memory:from", "memory:to"] as [Place, Place];

  test("waits no more once somebody has taken note of it, and is not said there", async () => {
    const { desk, key, waiting } = await refused((at) => at < moment("2024-03-19T12:00"));
    await desk.acknowledge(key, FROM, "total 2024-03-19");
    await desk.runUntil(moment("2024-03-19T10:30"), 10);
    expect(await waiting()).toEqual([]);
    const tried = desk.posts.filter(({ to }) => to === TO).length;
    await desk.runUntil(moment("2024-03-21T12:00"), 60);
    expect(desk.posts.filter(({ to }) => to === TO)).toHaveLength(tried);
  });

  test.each([[["tag:other"]], [[]]])(
    "waits no more once the place that sent it on watches %j, which does not hold the matter",
    async (filters) => {
      const { desk, waiting } = await refused(() => true);
      await desk.store.subscriptions.remove(FROM, null);
      if (filters.length > 0) await desk.store.subscriptions.add(FROM, { filters, by: "p1", since: desk.clock.now() });
      await desk.store.index.wake("all");
      await desk.runUntil(moment("2024-03-19T10:30"), 10);
      expect(await waiting()).toEqual([]);
    },
  );

  test("goes on being tried while nobody takes note of it, and is said when the place takes messages again", async () => {
    const { desk, waiting } = await refused((at) => at < moment("2024-03-19T12:00"));
    await desk.runUntil(moment("2024-03-19T14:00"), 20);
    expect(await waiting()).toEqual([]);
    expect(desk.posts.filter(({ to, at }) => to === TO && at >= moment("2024-03-19T12:00"))).toHaveLength(1);
  });
});
