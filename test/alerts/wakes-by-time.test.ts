import { expect, test } from "vitest";
import { isSame } from "../../src/alerts/escalate.ts";
import { derivedOf, lookAt } from "../../src/alerts/look.ts";
import { asking, plan } from "../../src/alerts/plan.ts";
import type { View } from "../../src/alerts/steps.ts";
import { ANY_TIME } from "../../src/alerts/timing.ts";
import { wakeAt } from "../../src/alerts/wake.ts";
import { liveCard } from "../../src/cards/live-card.ts";
import type { Matter } from "../../src/matter/history.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import { dayIn, type Instant, momentOf } from "../../src/time/instant.ts";
import { matterOf } from "../cards/kourou.ts";
import { SEED } from "../support/seeded.ts";
import { anyMatter, drawer } from "./any-matter.ts";

const MATTERS = 10;
const DAYS = 45;
const ZONE = "Europe/Paris";

interface Looked {
  readonly said: readonly string[];
  /** What the index keeps of it, by which filters find it. */
  readonly stands: string;
  readonly card: string;
  next(shown: boolean): Instant | null;
}

/** What a look finds, once for each moment. */
function lookedAt(matter: Matter, view: View): (now: Instant) => Looked {
  const known = new Map<Instant, Looked>();
  return (now) => {
    const found = known.get(now) ?? looked(matter, now, view);
    known.set(now, found);
    return found;
  };
}

function looked(matter: Matter, now: Instant, view: View): Looked {
  const scene = lookAt(matter, now);
  const live = { standing: scene.standing, today: scene.today, now, said: [], acknowledged: undefined, snoozed: undefined };
  // A sum that does not grow is the same, whatever the day through which it is counted.
  const through = / through \w{3} \d+ \w{3} \d{4}/g;
  return {
    said: plan(scene, view).map(({ name }) => name.join(" ")),
    stands: JSON.stringify(derivedOf(scene)),
    card: JSON.stringify(liveCard("en", live).blocks, (_, value) => (typeof value === "bigint" ? `${value}` : value)).replace(through, ""),
    next: (shown) => wakeAt(scene, { views: [view], dueDays: [10], shown }),
  };
}

/** Follows the matter's own wakes, and looks at it each day all the same: what such a look found that no wake had. */
function missed(at: (now: Instant) => Looked, from: Day, days: number, shown: boolean): readonly string[] {
  const checks = Array.from({ length: days }, (_, after) => momentOf(ZONE, addDays(from, after + 1), "09:30"));
  let last = at(momentOf(ZONE, from, "12:00"));
  return checks.flatMap((now) => {
    for (let next = last.next(shown); next !== null && next <= now; next = last.next(shown)) last = at(next);
    const all = at(now);
    const unsaid = all.said.filter((name) => !last.said.includes(name)).map((name) => `${now} not said: ${name}`);
    const stands = all.stands === last.stands ? [] : [`${now} stands otherwise: ${last.stands}, ${all.stands}`];
    return [...unsaid, ...stands, ...(!shown || all.card === last.card ? [] : [`${now} the card shows ${last.card}, not ${all.card}`])];
  });
}

const ALWAYS_OPEN: View = { ...ANY_TIME, zone: ZONE, snoozedUntil: null };
const SELDOM_OPEN: View = {
  ...{ zone: "America/New_York", weekdays: [1, 3], holidays: null, quiet: { from: "18:00", to: "08:00" } },
  ...{ stages: [21, 5], snoozedUntil: null },
};

test(`whatever of a matter changes by time alone, it is woken by then (seed ${SEED}; CUREWATCH_TEST_SEED repeats it)`, {
  timeout: 60_000,
}, () => {
  const draw = drawer(SEED);
  for (let index = 0; index < MATTERS; index++) {
    const from = addDays(day("2023-11-25"), draw(75));
    const matter = anyMatter(draw, from);
    const story = JSON.stringify({ from, facts: matter.facts, events: matter.events.map(({ event }) => event) });
    const at = lookedAt(matter, draw(2) === 0 ? ALWAYS_OPEN : SELDOM_OPEN);
    for (const shown of [true, false]) expect(missed(at, from, DAYS, shown), `a card shown: ${shown}; ${story}`).toEqual([]);
  }
});

const PER_DAY = { rate: "100", per: "day" };

function orderOf(penalty: object, events: readonly object[] = [], more: object = {}): Matter {
  const cure = { until: "2023-12-01", because: "set" };
  const dates = { decided: "2023-10-01", notified: "2023-10-05", fines: undefined };
  const matter = matterOf({ ...dates, items: [{ id: "dpo", cure, penalty }], ...more }, events);
  const registeredAt = "2023-11-20T08:00:00.000Z" as Instant;
  return { ...matter, registeredAt, filled: matter.filled.map((one) => ({ ...one, recordedAt: registeredAt })) };
}

/** What a place hears of the matter when it is looked at as it asks to be, each thing once, with the day on which it is said. */
function heard(matter: Matter, from: Day, until: Day, view: View = ALWAYS_OPEN): readonly string[] {
  const at = lookedAt(matter, view);
  const first = momentOf(ZONE, from, "12:00");
  const said = new Set(at(first).said);
  const found: string[] = [];
  for (let next = at(first).next(false); next !== null && next < momentOf(ZONE, until); next = at(next).next(false)) {
    for (const name of at(next).said.filter((one) => !said.has(one))) {
      said.add(name);
      found.push(`${dayIn(ZONE, next)} ${name.split(" ")[0]}`);
    }
  }
  return found;
}

test("a penalty that a calendar year's cap had stopped is told of again in the next year, its cap as that year's", () => {
  const order = orderOf({ ...PER_DAY, cap: { perYear: "1500" } });
  expect(heard(order, day("2023-12-05"), day("2025-02-01"))).toEqual([
    "2023-12-08 total",
    "2023-12-15 total",
    "2023-12-16 cap-near",
    "2023-12-17 cap-reached",
    "2024-01-05 total",
    "2024-01-12 total",
    "2024-01-15 cap-near",
    "2024-01-16 cap-reached",
    "2025-01-03 total",
    "2025-01-10 total",
    "2025-01-15 cap-near",
    "2025-01-16 cap-reached",
  ]);
});

test("what a cap in common has stopped for good is asked for at New Year as before, though a calendar year's cap had bound it too", () => {
  // 302 for each of four a day: 1,897 are full on the second day; 220 a day fill the rest of 9,000 on 28 November.
  const cure = { until: "2023-10-26", because: "set" };
  const items = [
    { id: "a", cure, penalty: { rate: "302", per: "unit-day", units: 4, cap: { perYear: "1897" } } },
    { id: "b", cure, penalty: { rate: "220", per: "day" } },
  ];
  const order = orderOf(PER_DAY, [], { items, jointCap: { items: ["a", "b"], amount: "9000" } });
  const stages = (on: string) => asking(order, momentOf(ZONE, day(on), "12:00"), ALWAYS_OPEN).map(({ stage }) => stage);
  expect(stages("2024-01-03")).toEqual(stages("2023-12-20"));
  expect(stages("2024-01-10")).toEqual(stages("2023-12-20"));
  expect(stages("2023-12-20")[0]).toMatch(/^cap-reached 2023-1[12]-/);
});

test("whoever takes note that a calendar year's cap is reached has taken note of that year's", () => {
  const order = orderOf({ ...PER_DAY, cap: { perYear: "1500" } });
  const asked = (on: string) => asking(order, momentOf(ZONE, day(on), "12:00"), ALWAYS_OPEN).map(({ stage }) => stage);
  expect([asked("2023-12-20"), asked("2024-01-20"), asked("2024-02-20")]).toEqual([
    ["cap-reached 2023-12-16"],
    ["cap-reached 2024-01-15"],
    ["cap-reached 2024-01-15"],
  ]);
  // What was taken note of before its day was kept holds on.
  const stage = (name: string) => ({ item: "dpo", deadline: day("2023-12-01"), stage: name });
  expect(isSame(stage("cap-reached"), stage("cap-reached 2024-01-15"))).toBe(true);
  expect(isSame(stage("cap-reached 2023-12-16"), stage("cap-reached 2024-01-15"))).toBe(false);
});

test("no total of days on which a calendar year's cap had stopped the penalty is made up for at New Year, nor said before that year", () => {
  const order = orderOf({ ...PER_DAY, cap: { perYear: "1500" } });
  const closed: View = { ...ALWAYS_OPEN, weekdays: [7] };
  expect(heard(order, day("2023-12-20"), day("2024-01-22"), closed)).toEqual([
    "2024-01-05 total",
    "2024-01-07 total",
    "2024-01-14 total",
    "2024-01-21 cap-reached",
  ]);
});

test("a cap of the new year that is reached before its first total has no total of the old year made up for", () => {
  const order = orderOf({ ...PER_DAY, cap: { perYear: "300" } });
  const said = heard(order, day("2023-12-05"), day("2024-01-20"));
  expect(said.filter((one) => one >= "2023-12-31")).toEqual(["2024-01-04 cap-reached"]);
});

test("a card that shows a claim shows what is owed should it be refused, day by day", () => {
  const claimed = orderOf(PER_DAY, [{ on: "2023-12-06", type: "complied", item: "dpo" }]);
  expect(missed(lookedAt(claimed, ALWAYS_OPEN), day("2023-12-06"), 40, true)).toEqual([]);
});

test.each(["2024-01-10", "2023-12-08"])("a first day of delay that a person has set to %s begins on that day", (value) => {
  const set = { on: "2023-11-21", type: "overridden", item: "dpo", what: "firstPenaltyDay", value, because: "the decision says so" };
  const cure = { until: "2023-12-20", because: "set" };
  const order = orderOf(PER_DAY, [set], { items: [{ id: "dpo", cure, penalty: PER_DAY }] });
  expect(missed(lookedAt(order, ALWAYS_OPEN), day("2023-11-22"), 60, false)).toEqual([]);
});

test("a card that says until when somebody has put a matter off is looked at as that is over", () => {
  const stayed = orderOf(PER_DAY, [{ on: "2023-12-06", type: "stayed" }]);
  const scene = lookAt(stayed, momentOf(ZONE, day("2024-01-10"), "12:00"));
  const until = day("2024-01-20");
  const wake = (shown: boolean) => wakeAt(scene, { views: [{ ...ALWAYS_OPEN, snoozedUntil: until }], dueDays: [], shown });
  expect([wake(true), wake(false)]).toEqual([momentOf(ZONE, until), null]);
});
