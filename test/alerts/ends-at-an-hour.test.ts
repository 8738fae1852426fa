import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";
const ONE = "memory:one" as Place;
const PENALTY = { rate: "100", per: "day" };

/** Three days of 24 hours from a notification on Friday 5 January: they end on Monday at that wall-clock time in Paris. */
function endingAt(time: string, facts: object = {}): object {
  const items = [{ id: "a", cure: { period: "PT72H", from: "notified", rule: "cure" }, penalty: PENALTY }];
  return { decided: "2024-01-05", notified: `2024-01-05T${time}`, items, ...facts };
}

/** A place that hears of the matter from then on. */
async function deskFrom(at: string, facts: object, settings: Partial<PlaceSettings> = {}) {
  const desk = await deskOfTest();
  desk.clock.set(moment(at));
  await desk.watch(ONE, { digest: "off", ...settings });
  await desk.hold(facts);
  return desk;
}

type Desk = Awaited<ReturnType<typeof deskFrom>>;

/** When each stage was said, in UTC: an hour less than in Paris. */
function told({ posts }: Desk) {
  return posts.map(({ at, key }) => {
    const [, kind, , , stage] = JSON.parse(key) as string[];
    return [at.slice(0, 16), `${kind} ${stage}`.trim()];
  });
}

function said({ posts }: Desk): string {
  return plainText(posts.at(-1)!.card).replace(/[\u00a0\u202f]/g, " ");
}

describe("the last reminder of a time that ends at an hour", () => {
  test.each([
    ["14:05", "2024-01-08T08:00", "ends today"],
    ["09:01", "2024-01-08T08:00", "ends today"],
    ["09:00", "2024-01-07T08:00", "1 day left"],
    ["08:00", "2024-01-07T08:00", "1 day left"],
    ["00:30", "2024-01-07T08:00", "1 day left"],
  ])("that is %s comes at the last 09:00 before it", async (time, at, left) => {
    const desk = await deskFrom("2024-01-05T14:00", endingAt(time));
    await desk.runUntil(moment("2024-01-08T22:00"), 30);
    expect(told(desk).at(-1)).toEqual([at, "reminder 0"]);
    expect(said(desk)).toContain(`Time to comply ends Mon 8 Jan 2024, ${time} Paris`);
    expect(said(desk)).toContain(left);
    expect(JSON.parse(desk.posts.at(-1)!.key)).toEqual([ONE, "reminder", KEY, "a", 0, "2024-01-08", ""]);
  });

  test("comes at that moment where the matter is looked at only when it is due", async () => {
    const desk = await deskFrom("2024-01-05T14:00", endingAt("00:30"));
    await desk.followIndex(moment("2024-01-08T22:00"));
    expect(told(desk).at(-1)).toEqual(["2024-01-07T08:00", "reminder 0"]);
  });

  test("comes at once where the matter is registered after that and before the end", async () => {
    const desk = await deskFrom("2024-01-07T20:00", endingAt("00:30"));
    await desk.runUntil(moment("2024-01-08T22:00"), 30);
    expect(told(desk)).toEqual([["2024-01-07T20:00", "reminder 0"]]);
    expect(said(desk)).toContain("Time to comply ends Mon 8 Jan 2024, 00:30 Paris");
  });

  test.each([
    ["in quiet hours", { quiet: { from: "08:30", to: "10:00" } }, "2024-01-07T07:29"],
    ["on a closed day", { weekdays: [1, 2, 3, 4, 5] }, "2024-01-05T14:00"],
  ])("is moved further back %s", async (_when, settings, at) => {
    const desk = await deskFrom("2024-01-05T14:00", endingAt("08:00"), settings);
    await desk.runUntil(moment("2024-01-08T22:00"), 1);
    expect(told(desk).at(-1)).toEqual([at, "reminder 0"]);
  });

  test("of a clock beside the time to comply comes before its hour", async () => {
    const clocks = [{ id: "answer", kind: "observations", from: "notified", period: "PT72H" }];
    const items = [{ id: "a", cure: { until: "2024-12-31", because: "set by the decision" }, penalty: PENALTY, clocks }];
    const desk = await deskFrom("2024-01-05T14:00", endingAt("08:00", { items }));
    await desk.runUntil(moment("2024-01-08T22:00"), 30);
    expect(told(desk).at(-1)).toEqual(["2024-01-07T08:00", "reminder 0"]);
    expect(said(desk)).toContain("Mon 8 Jan 2024, 08:00 Paris · 1 day left");
  });
});

test.each([
  ["before its hour is spoken of", "2024-01-08T13:00", ["reminder 0"]],
  ["after its hour is not", "2024-01-08T13:10", []],
])("a clock of a matter that is registered %s", async (_when, at, stages) => {
  const clocks = [{ id: "answer", kind: "observations", from: "notified", period: "PT72H" }];
  const items = [{ id: "a", cure: { until: "2024-12-31", because: "set by the decision" }, penalty: PENALTY, clocks }];
  const desk = await deskFrom(at, endingAt("14:05", { items }));
  await desk.runUntil(moment("2024-01-09T12:00"), 30);
  expect(told(desk).map(([, what]) => what)).toEqual(stages);
});

describe("once the hour has come, it is said that the time has ended", () => {
  test.each([
    ["en", "observer", "Time to comply ended Mon 8 Jan 2024, 14:05 Paris (today)"],
    ["en", "respondent", "Time ended Mon 8 Jan 2024, 14:05 Paris (today). Comply and send the evidence today"],
    ["fr", "observer", "Délai de mise en conformité expiré le lun. 8 janv. 2024, 14 h 05 (Paris), aujourd’hui"],
  ] as const)("by a reminder, in %s to the %s", async (language, we, words) => {
    const desk = await deskFrom("2024-01-08T15:00", endingAt("14:05", { we }), { language });
    await desk.runUntil(moment("2024-01-08T15:00"));
    expect(said(desk)).toContain(words);
    expect(said(desk)).not.toMatch(/ends|expire /);
  });

  test.each([
    ["12:00", "time ends Mon 8 Jan, 14:05 Paris. Comply and send the evidence by then. Then EUR 100 a day from Tue 9 Jan"],
    ["18:00", "time ended Mon 8 Jan, 14:05 Paris. Comply and send the evidence today. Then EUR 100 a day from Tue 9 Jan"],
  ])("by the digest, at %s as it is then", async (at, words) => {
    const settings = { digest: "daily", at, reminders: false } as const;
    const desk = await deskFrom("2024-01-08T08:00", endingAt("14:05", { we: "respondent" }), settings);
    await desk.runUntil(moment("2024-01-08T17:00"), 30);
    expect(said(desk)).toContain(words);
  });

  test("by the card that stands in a place, at that hour", async () => {
    const desk = await deskOfTest(undefined, { inPlace: true });
    desk.clock.set(moment("2024-01-05T14:00"));
    await desk.watch(ONE, { digest: "off" });
    await desk.hold(endingAt("14:05"));
    await desk.followIndex(moment("2024-01-08T13:04"));
    expect(desk.updates.at(-1)!.text).toContain("ends today");
    await desk.followIndex(moment("2024-01-08T13:06"));
    expect(desk.updates.at(-1)!.text).toContain("Time to comply ended Mon 8 Jan 2024, 14:05 Paris");
    expect(desk.updates.at(-1)!.text).not.toMatch(/is running|next:/);
  });
});

describe("a reader elsewhere is told the time of their own clock beside the authority's", () => {
  const away = { zone: "America/Cayenne", at: "06:00" };

  test("in a reminder", async () => {
    const desk = await deskFrom("2024-01-05T14:00", endingAt("14:05"), away);
    await desk.tickAt(moment("2024-01-05T14:00"));
    expect(said(desk)).toContain("Time to comply ends Mon 8 Jan 2024, 14:05 Paris (10:05 Cayenne)");
  });

  test("in the digest", async () => {
    const desk = await deskFrom("2024-01-05T14:00", endingAt("14:05"), { ...away, digest: "daily", reminders: false });
    await desk.tickAt(moment("2024-01-05T14:00"));
    expect(said(desk)).toContain("time ends Mon 8 Jan, 14:05 Paris (10:05 Cayenne).");
  });

  test("on the card that stands in a place", async () => {
    const desk = await deskOfTest(undefined, { inPlace: true });
    desk.clock.set(moment("2024-01-05T14:00"));
    await desk.watch(ONE, { digest: "off", ...away });
    await desk.hold(endingAt("08:00"));
    await desk.followIndex(moment("2024-01-07T09:00"));
    const card = desk.updates.at(-1)!.text;
    expect(card).toContain("Mon 8 Jan 2024, 08:00 Paris (04:00 Cayenne)");
    // Its last reminder was said at nine that day.
    expect(card).toContain("next: end of the time to comply, Mon 8 Jan 2024");
  });

  test("of a fine's day of payment", async () => {
    const fines = [{ id: "f", amount: "1000", due: "2024-01-08" }];
    const desk = await deskFrom("2024-01-05T14:00", { items: [], fines, we: "respondent" }, away);
    await desk.tickAt(moment("2024-01-05T14:00"));
    expect(said(desk)).toContain("Mon 8 Jan 2024, 24:00 Paris (20:00 Cayenne)");
  });
});
