import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import { ORDER } from "../support/given.ts";
import { deskOfTest, later, moment } from "./desk-of-test.ts";

/** EUR 100 a day from 6 March 2024 on: by 29 December, a Sunday, it is EUR 29,900. */
function cappedBy(perYear: string, more: object = {}, facts: object = {}): object {
  return { ...facts, items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "day", cap: { perYear, ...more } } }] };
}

/** What was posted around the turn of the year, in UTC. */
async function told(facts: object, settings: Partial<PlaceSettings>, events: readonly { on: string; type: string }[] = []) {
  const desk = await deskOfTest();
  desk.clock.set(moment("2024-12-20T12:00"));
  await desk.hold(facts);
  await desk.watch("memory:one", { digest: "off", ...settings });
  await desk.followIndex(moment("2024-12-30T12:00"));
  for (const event of events) await desk.record("CNIL:SAN-2024-001", event);
  await desk.followIndex(moment("2025-02-01T00:00"));
  expect(desk.faults).toEqual([]);
  return desk.posts.map(({ at, key, card }) => {
    const [, kind, , , , , day] = JSON.parse(key) as readonly unknown[];
    return { at: at.slice(0, 16), what: `${kind} ${day}`, text: plainText(card).replace(/[\u00a0\u202f]/g, " ") };
  });
}

function ofCaps(posts: Awaited<ReturnType<typeof told>>) {
  return posts.filter(({ what }) => what.startsWith("cap-reached"));
}

describe("a calendar year's cap that was reached while a place was closed until the next year", () => {
  // Open on Thursdays alone: 26 December, 2 January.
  const thursdays = { weekdays: [4] };

  test("is said at its first open hour, once, with its day and the figures of the day on which it is said", async () => {
    const posts = await told(cappedBy("29900"), thursdays);
    const caps = ofCaps(posts);
    expect(caps.map(({ at, what }) => [at, what])).toEqual([["2025-01-02T08:00", "cap-reached 2024-12-30"]]);
    expect(caps[0]!.text).toContain("The cap of 2024 was reached on Sun 29 Dec 2024");
    expect(caps[0]!.text).toContain("EUR 30,000");
    expect(caps[0]!.text).not.toContain("the sum stands");
    const after = posts.slice(posts.findIndex(({ what }) => what.startsWith("cap-reached")) + 1);
    expect(after[0]!.what).toMatch(/^total 2025-01/);
  });

  test("is said in French as plainly", async () => {
    const [cap] = ofCaps(await told(cappedBy("29900"), { ...thursdays, language: "fr" }));
    expect(cap!.text).toContain("Le plafond de 2024 a été atteint le dim. 29 déc. 2024");
  });

  test("is said in a place that is closed on holidays, or in its quiet hours on the last day", async () => {
    const quiet = { quiet: { from: "08:00", to: "07:00" } };
    expect(ofCaps(await told(cappedBy("30000"), quiet)).map(({ at }) => at)).toEqual(["2025-01-01T06:00"]);
    const late = { quiet: { from: "07:00", to: "06:00" }, weekdays: [3, 4, 5] };
    expect(ofCaps(await told(cappedBy("30100"), late)).map(({ at, what }) => [at, what])).toEqual([
      ["2025-01-02T05:00", "cap-reached 2025-01-01"],
    ]);
  });

  test("is said where it is reached by the last day of the year, too", async () => {
    expect(ofCaps(await told(cappedBy("30100"), {})).map(({ at, what }) => [at, what])).toEqual([
      ["2025-01-01T08:00", "cap-reached 2025-01-01"],
    ]);
  });

  test("is said under a cap in common, too, and both where that has been reached meanwhile", async () => {
    const b = { id: "b", cure: { period: "P2M", from: "notified", rule: "cure" }, penalty: { rate: "1", per: "day" } };
    const joint = (amount: string) => {
      const { items } = cappedBy("29900") as { items: readonly object[] };
      return { items: [...items, b], jointCap: { amount, items: ["a", "b"] } };
    };
    expect(ofCaps(await told(joint("90000"), thursdays)).map(({ at }) => at)).toEqual(["2025-01-02T08:00"]);
    expect(ofCaps(await told(joint("30500"), thursdays)).map(({ at, what }) => [at, what])).toEqual([
      ["2025-01-02T08:00", "cap-reached 2024-12-30"],
      ["2025-01-09T08:00", "cap-reached 2025-01-04"],
      ["2025-01-09T08:00", "cap-reached 2025-01-04"],
    ]);
  });

  test("is said once where a place is open", async () => {
    expect(ofCaps(await told(cappedBy("29900"), {})).map(({ at, what }) => [at, what])).toEqual([
      ["2024-12-30T08:00", "cap-reached 2024-12-30"],
    ]);
  });

  test("says that days count again only while they do", async () => {
    const [over] = ofCaps(await told(cappedBy("29900", { until: "2025-01-01" }), thursdays));
    expect(over!.text).toContain("the days after it in that year do not count");
    expect(over!.text).not.toContain("count again");
    const [cap] = ofCaps(await told(cappedBy("29900"), thursdays));
    expect(cap!.text).toContain("From 1 January 2025 on days count again, up to the cap of the new year");
  });

  test("is not said of an order that is over by then", async () => {
    expect(ofCaps(await told(cappedBy("29900"), thursdays, [{ on: "2024-12-30", type: "withdrawn" }]))).toEqual([]);
  });
});

describe("a calendar year's cap that could not be said in its year, though the place was open", () => {
  /** What was posted in a place, each with its name and its day in UTC, and the desk. */
  function capsOf(posts: readonly { readonly to: string; readonly at: string; readonly key: string }[], place: string) {
    return posts
      .filter(({ to, key }) => to === place && key.includes('"cap-reached"'))
      .map(({ at, key }) => {
        const name = (JSON.parse(key) as readonly unknown[]).slice(1);
        return `${at.slice(0, 16)} ${name[0] === "escalated" ? "escalated " : ""}${name.at(-1)}`;
      });
  }

  async function deskBeforeNewYear(answer?: Parameters<typeof deskOfTest>[0]) {
    const desk = await deskOfTest(answer);
    desk.clock.set(moment("2024-12-20T12:00"));
    return desk;
  }

  /** As the platform of the first of two places goes, on the last working day of a year whose cap was just reached. */
  async function deskDownUntil(back: string) {
    const isDown = (at: string) => at > "2024-12-30T07" && at < back;
    const desk = await deskBeforeNewYear(({ to, at }) =>
      to === "memory:one" && isDown(at) ? { ok: false, retry: "later", reason: "down" } : { ok: true, posted: `memory:${at}` as never },
    );
    await desk.hold(cappedBy("29900"));
    await desk.watch("memory:one", { digest: "off" });
    await desk.watch("memory:two", { digest: "off" });
    await desk.runUntil(moment("2024-12-30T07:00"), 60);
    return { desk, isDown };
  }

  test("is said when its platform is back, once, as operations were told that it would be", async () => {
    const { desk, isDown } = await deskDownUntil("2025-01-02T10");
    await desk.runUntil(moment("2025-01-12T00:00"), 20);
    const shown = capsOf(
      desk.posts.filter(({ at }) => !isDown(at)),
      "memory:one",
    );
    expect(shown).toEqual([expect.stringMatching(/^2025-01-02T1[01]:\d\d 2024-12-30$/)]);
    // Who was told of it in its year is not told again.
    expect(capsOf(desk.posts, "memory:two")).toEqual(["2024-12-30T08:00 2024-12-30"]);
    expect(await desk.store.deliveries.waiting()).toEqual([]);
    expect(desk.faults).toEqual([]);
  });

  test("is said where the program was off meanwhile", async () => {
    const desk = await deskBeforeNewYear();
    await desk.hold(cappedBy("29900"));
    await desk.watch("memory:one", { digest: "off" });
    // Does not watch what is capped, and began to only when it ran again.
    await desk.watch("memory:runs", { digest: "off" }, ["state:accruing"]);
    await desk.followIndex(moment("2024-12-30T07:00"));
    desk.clock.set(moment("2025-01-02T12:00"));
    await desk.watch("memory:new", { digest: "off" });
    await desk.followIndex(moment("2025-02-01T00:00"));
    expect(capsOf(desk.posts, "memory:one")).toEqual(["2025-01-02T12:00 2024-12-30"]);
    expect(capsOf(desk.posts, "memory:runs")).toEqual([]);
    expect(capsOf(desk.posts, "memory:new")).toEqual([]);
  });

  describe("by an outage that lasts into the new year", () => {
    const AT = "2024-12-30T08:00 2024-12-30";

    /** Off from the morning on which it was to be said until that moment; then on for three weeks. */
    async function offUntil(until: string, facts = cappedBy("29900"), settings: Partial<PlaceSettings> = {}) {
      const desk = await deskBeforeNewYear();
      await desk.hold(facts);
      await desk.watch("memory:one", { digest: "off", ...settings });
      await desk.followIndex(moment("2024-12-30T07:00"));
      desk.clock.set(moment(until));
      await desk.followIndex(later(moment(until), 21 * 24 * 60));
      expect(desk.faults).toEqual([]);
      return desk;
    }

    test.each(["2025-01-08T12:00", "2025-01-09T12:00", "2025-01-20T12:00", "2025-06-30T12:00", "2025-12-10T12:00"])(
      "of the program is said when it runs again, once, whenever in the year that is: %s",
      async (until) => {
        const desk = await offUntil(until);
        const caps = capsOf(desk.posts, "memory:one").filter((one) => one.endsWith("2024-12-30"));
        expect(caps).toEqual([`${until} 2024-12-30`]);
        const said = plainText(desk.posts.find(({ key }) => key.includes("2024-12-30"))!.card);
        expect(said).toContain("The cap of 2024 was reached on Sun 29 Dec 2024");
      },
    );

    test("is not said when the year after is over, too", async () => {
      const desk = await offUntil("2026-01-02T12:00");
      expect(capsOf(desk.posts, "memory:one").filter((one) => one.endsWith("2024-12-30"))).toEqual([]);
    });

    test("is said before that of the new year, where that was reached meanwhile", async () => {
      const desk = await offUntil("2025-11-20T12:00");
      expect(capsOf(desk.posts, "memory:one")).toEqual(["2025-11-20T12:00 2024-12-30", "2025-11-20T12:00 2025-10-27"]);
    });

    test("of its platform is said when that is back", async () => {
      const { desk, isDown } = await deskDownUntil("2025-01-25T10");
      await desk.runUntil(moment("2025-02-20T00:00"), 60);
      const shown = desk.posts.filter(({ at }) => !isDown(at));
      expect(capsOf(shown, "memory:one")).toEqual([expect.stringMatching(/^2025-01-25T1[01]:\d\d 2024-12-30$/)]);
      expect(capsOf(desk.posts, "memory:two")).toEqual([AT]);
      expect(await desk.store.deliveries.waiting()).toEqual([]);
    });

    test("does not repeat what was said in its year, whatever is switched off in the year after", async () => {
      const desk = await deskBeforeNewYear();
      await desk.hold(cappedBy("29900"));
      await desk.watch("memory:one", { digest: "off" });
      await desk.followIndex(moment("2024-12-31T12:00"));
      for (const day of ["2025-01-20", "2025-05-02", "2025-12-30"]) {
        desk.clock.set(moment(`${day}T12:00`));
        await desk.store.index.wake("all");
        await desk.followIndex(later(moment(`${day}T12:00`), 24 * 60));
      }
      expect(capsOf(desk.posts, "memory:one").filter((one) => one.endsWith("2024-12-30"))).toEqual([AT]);
    });

    test("and was said late goes on to no place that is named for that only months later", async () => {
      const desk = await offUntil("2025-02-03T12:00");
      await desk.settle("memory:two", { digest: "off" });
      desk.clock.set(moment("2025-06-02T12:00"));
      await desk.settle("memory:one", { digest: "off", escalation: { to: "memory:two" as never, afterMinutes: 60 } });
      await desk.followIndex(moment("2025-06-20T00:00"));
      expect(capsOf(desk.posts, "memory:two")).toEqual([]);
    });
  });

  test("is said where the place's days are widened before it was said", async () => {
    const desk = await deskBeforeNewYear();
    await desk.hold(cappedBy("29900"));
    await desk.watch("memory:one", { digest: "off", weekdays: [4] });
    await desk.followIndex(moment("2025-01-01T09:00"));
    desk.clock.set(moment("2025-01-01T09:00"));
    await desk.settle("memory:one", { digest: "off" });
    await desk.followIndex(moment("2025-01-12T00:00"));
    expect(capsOf(desk.posts, "memory:one")).toEqual([expect.stringMatching(/^2025-01-01T09:00 2024-12-30$/)]);
  });

  test("is not said of a matter that was registered after, or whose past was recorded after", async () => {
    const desk = await deskBeforeNewYear();
    await desk.watch("memory:one", { digest: "off" });
    desk.clock.set(moment("2025-01-02T12:00"));
    await desk.hold(cappedBy("29900"));
    await desk.followIndex(moment("2025-02-01T00:00"));
    expect(capsOf(desk.posts, "memory:one")).toEqual([]);
    const other = await deskBeforeNewYear();
    const key = await other.hold(cappedBy("29900"), { on: "2024-12-01", type: "stayed" });
    await other.watch("memory:one", { digest: "off" });
    await other.followIndex(moment("2025-01-02T12:00"));
    other.clock.set(moment("2025-01-02T12:00"));
    const stay = (await other.register.some([key]))[0]!.events[0]!;
    await other.record(key, { on: "2025-01-02", type: "corrected", event: stay.id, drop: true, because: "never stayed" });
    await other.followIndex(moment("2025-02-01T00:00"));
    expect(capsOf(other.posts, "memory:one")).toEqual([]);
  });

  test("that was said in its year goes on to nobody in the next", async () => {
    const desk = await deskBeforeNewYear();
    await desk.hold(cappedBy("29900"));
    await desk.settle("memory:two", { digest: "off" });
    await desk.watch("memory:one", { digest: "off" });
    await desk.followIndex(moment("2025-01-01T12:00"));
    await desk.settle("memory:one", { digest: "off", escalation: { to: "memory:two" as never, afterMinutes: 60 } });
    await desk.followIndex(moment("2025-01-06T00:00"));
    expect([capsOf(desk.posts, "memory:one"), capsOf(desk.posts, "memory:two")]).toEqual([["2024-12-30T08:00 2024-12-30"], []]);
  });

  test("goes on where nobody takes note of it when it was said late", async () => {
    const desk = await deskBeforeNewYear();
    await desk.hold(cappedBy("29900"));
    await desk.settle("memory:two", { digest: "off" });
    await desk.watch("memory:one", { digest: "off", escalation: { to: "memory:two" as never, afterMinutes: 60 } });
    await desk.followIndex(moment("2024-12-30T07:00"));
    desk.clock.set(moment("2025-01-02T12:00"));
    await desk.followIndex(moment("2025-01-06T00:00"));
    expect(capsOf(desk.posts, "memory:two")).toEqual(["2025-01-02T13:00 escalated 2024-12-30"]);
  });
});
