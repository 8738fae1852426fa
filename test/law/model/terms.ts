import fc from "fast-check";
import { numberOf, textOf } from "./almanac.ts";

/** What a random matter is before anything happens to it. Days lie so that the last event is past on the day of every test. */

const DECIDED = fc.integer({ min: numberOf("2019-01-02"), max: numberOf("2024-06-30") });
const PERIODS = ["P2M", "P1M", "P3M", "P28D", "P10D", "P4W", "P1M15D", "P15B", "P30B", "P1D", "P2D"] as const;
const LISTS: readonly (readonly string[])[] = [
  ["P28D", "P1M"],
  ["P1M", "P1M"],
  ["P10D", "P5B"],
];
const RULES = ["cure", "cure", "cure", "eu-1182-71", "fr-civil", "fr-franc"] as const;
const CURRENCIES = ["EUR", "EUR", "EUR", "EUR", "JPY", "KWD"] as const;
const PER = [
  "day",
  "day",
  "week",
  "month",
  "half-year",
  "year",
  "violation",
  "violation",
  "unit-day",
  "turnover-day",
  "P2W",
  "P10D",
  "P2M",
  "once",
  "unit-day",
] as const;
const TIMES = ["00:00", "09:30", "14:00", "23:59"] as const;
/** Days on which clocks in Paris are put forward or back, and times from which a period in hours ends about then. */
const CHANGES = ["2020-03-29", "2020-10-25", "2021-10-31", "2022-10-30", "2023-03-26", "2023-10-29"] as const;
const NIGHT = ["01:30", "02:00", "02:30", "02:45", "03:00"] as const;

/** So many times in ten; else undefined. */
function often<T>(of: fc.Arbitrary<T>, inTen: number): fc.Arbitrary<T | undefined> {
  return fc.integer({ min: 0, max: 9 }).chain((roll) => (roll < inTen ? of : fc.constant(undefined)));
}

const whole = fc.integer({ min: 1, max: 5_000 });
const seed = fc.nat({ max: 1_000_000 });

export interface TermSeeds {
  readonly decided: number;
  readonly currency: (typeof CURRENCIES)[number];
  readonly notified: "day" | "between" | "event" | "source";
  readonly wait: number;
  readonly window: number;
  readonly isNotice: boolean;
  readonly fines: readonly number[];
  readonly items: readonly ItemSeeds[];
  readonly joint: number | undefined;
}

const item = fc.record({
  per: fc.constantFrom(...PER),
  rate: whole,
  cents: fc.constantFrom("", "", "", "5"),
  isUnknown: fc.integer({ min: 0, max: 8 }).map((roll) => roll === 0),
  counting: fc.nat({ max: 3 }),
  many: fc.integer({ min: 2, max: 7 }),
  percent: fc.constantFrom("5", "0.1", "2.5", "0.003", "100"),
  year: fc.constantFrom(2023, 2024),
  capAmount: often(fc.integer({ min: 1, max: 40 }), 3),
  capUnits: often(fc.integer({ min: 1, max: 40 }), 2),
  capUntil: often(fc.integer({ min: -20, max: 300 }), 2),
  capYear: often(fc.integer({ min: 1, max: 20 }), 2),
  capHigher: often(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 12 })), 2),
  steps: often(
    fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 300 }), whole), { minLength: 1, maxLength: 3, selector: ([from]) => from }),
    3,
  ),
  hasMeter: fc.integer({ min: 0, max: 9 }).map((roll) => roll > 0),
  period: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<string | readonly string[]>(...PERIODS) },
    { weight: 2, arbitrary: fc.constantFrom<string | readonly string[]>(...LISTS) },
    { weight: 2, arbitrary: fc.constantFrom<string | readonly string[]>("PT24H", "PT72H", "PT100H") },
  ),
  rule: fc.constantFrom(...RULES),
  isSticky: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
  from: fc.constantFrom("notified", "notified", "notified", "notified", "decided", "published", "day", "appeal", "until", "until"),
  time: fc.constantFrom<(typeof TIMES)[number] | (typeof NIGHT)[number]>(...TIMES),
  more: fc.integer({ min: 0, max: 60 }),
  /** From when a penalty counts that leaves no time to comply. */
  atOnce: often(fc.constantFrom("notified", "notified", "decided", "published", "day"), 1),
});
export type ItemSeeds = typeof item extends fc.Arbitrary<infer T> ? T : never;

/** A notification some days before clocks change, and hours from it that end about then. */
const change = fc.record({
  on: fc.constantFrom(...CHANGES),
  before: fc.integer({ min: 1, max: 3 }),
  more: fc.integer({ min: -1, max: 2 }),
  time: fc.constantFrom(...NIGHT),
});

export const termSeeds: fc.Arbitrary<TermSeeds> = fc.tuple(drawn(), often(change, 1)).map(([seeds, at]) => {
  if (at === undefined) return seeds;
  const [first, ...others] = seeds.items as [ItemSeeds, ...ItemSeeds[]];
  const period = `PT${24 * at.before + at.more}H`;
  const decided = numberOf(at.on) - at.before - seeds.wait;
  return { ...seeds, decided, items: [{ ...first, period, from: "notified", time: at.time, atOnce: undefined }, ...others] };
});

function drawn(): fc.Arbitrary<TermSeeds> {
  return fc.record({
    decided: DECIDED,
    currency: fc.constantFrom(...CURRENCIES),
    notified: fc.constantFrom("day", "day", "day", "day", "between", "event", "source"),
    wait: fc.integer({ min: 0, max: 20 }),
    window: fc.integer({ min: 1, max: 20 }),
    isNotice: fc.integer({ min: 0, max: 11 }).map((roll) => roll === 0),
    fines: fc.constantFrom(1, 1, 0).chain((count) => fc.array(whole, { minLength: count, maxLength: count })),
    items: fc.oneof(
      { weight: 2, arbitrary: fc.array(item, { minLength: 1, maxLength: 1 }) },
      { weight: 1, arbitrary: fc.array(item, { minLength: 2, maxLength: 3 }) },
    ),
    joint: often(seed, 6),
  });
}

export const NAMES = ["a", "b", "c"] as const;

/** The time of day of the notification, where a period in hours starts with it. */
export function hourOf({ items }: TermSeeds): string | null {
  return items.some(({ period, from }) => from === "notified" && String(period).startsWith("PT")) ? items[0]!.time : null;
}

/** The facts of a matter file. */
export function factsOf(seeds: TermSeeds): Record<string, unknown> {
  const { decided, wait, currency, isNotice } = seeds;
  const hour = hourOf(seeds);
  const inHours = hour !== null;
  const day = textOf(decided + wait);
  const time = inHours ? `T${hour}` : "";
  const notified = {
    day: `${day}${time}`,
    source: { day: `${day}${time}`, source: "https://example.org/notified" },
    between: inHours ? `${day}${time}` : { between: [day, textOf(decided + wait + seeds.window)] },
    event: undefined,
  }[seeds.notified];
  return {
    ref: "SAN-2024-001",
    authority: "CNIL",
    respondent: "Exemple SA",
    kind: isNotice ? "notice" : "sanction",
    ...(currency === "EUR" ? {} : { currency }),
    decided: textOf(decided),
    ...(notified === undefined ? {} : { notified }),
    published: textOf(decided + 3),
    ...(seeds.fines.length === 0 || isNotice ? {} : { fines: seeds.fines.map((amount) => ({ id: "fine", amount: String(amount) })) }),
    items: seeds.items.map((one, index) => itemOf(one, NAMES[index]!, seeds)),
    ...jointOf(seeds),
  };
}

function itemOf(one: ItemSeeds, id: string, seeds: TermSeeds): Record<string, unknown> {
  const penalty = one.hasMeter && !seeds.isNotice ? penaltyOf(one, seeds) : null;
  const { atOnce, more } = one;
  if (penalty !== null && atOnce !== undefined)
    return { id, penalty: { ...penalty, from: atOnce === "day" ? textOf(seeds.decided + more) : atOnce } };
  return { id, cure: cureOf(one, seeds), ...(penalty === null ? {} : { penalty }) };
}

function cureOf({ period, rule, isSticky, from, time, more }: ItemSeeds, { decided }: TermSeeds): Record<string, unknown> {
  if (from === "until") return { until: textOf(decided + 10 + more), because: "set by the decision" };
  const inHours = String(period).startsWith("PT");
  // Clear days and rolls are for periods in days and longer.
  const options = { rule: inHours && rule !== "eu-1182-71" ? "cure" : rule, ...(isSticky ? { stickyMonthEnd: true } : {}) };
  if (from === "appeal") return { period: inHours ? "P1M" : period, from: { appeal: "P28D", rule: "fr-civil" }, ...options };
  if (inHours && from !== "notified") return { period, from: `${textOf(decided + more)}T${time}`, ...options };
  return { period, from: from === "day" ? textOf(decided + more) : from, ...options };
}

/** A cap that all items with a rate in money share, in so many rates of the first. */
function jointOf({ items, joint, isNotice }: TermSeeds): object {
  const sharing = items.flatMap(({ hasMeter, per, isUnknown }, index) =>
    hasMeter && per !== "turnover-day" && !isUnknown ? [NAMES[index]!] : [],
  );
  if (joint === undefined || isNotice || sharing.length < 2) return {};
  return { jointCap: { items: sharing, amount: String(items[0]!.rate * (1 + (joint % 60)) + 1) } };
}

/** Days after the decision by which most periods have ended. */
const USUAL = 60;

function penaltyOf(one: ItemSeeds, { decided, currency }: TermSeeds): Record<string, unknown> {
  const { per, rate, many, percent, year, isUnknown, counting } = one;
  const isPeriod = !["day", "unit-day", "turnover-day", "violation", "once"].includes(per);
  const countings = isPeriod
    ? ["completed", "started"]
    : per === "violation" || per === "once"
      ? []
      : ["inclusive", "exclusive-last", "exclusive-first"];
  const cents = currency === "EUR" && one.cents !== "" ? `.${one.cents}` : "";
  const terms =
    per === "turnover-day"
      ? { turnover: { annual: String(rate * 1000), percent, year } }
      : { rate: isUnknown ? "unknown" : `${rate}${cents}`, ...(per === "unit-day" ? { units: many } : {}) };
  const cap = capOf(one, decided, per === "violation");
  const steps = (one.steps ?? []).toSorted(([a], [b]) => a - b).map(([from, to]) => ({ from: textOf(decided + from), rate: String(to) }));
  return {
    ...terms,
    per,
    ...(countings[counting] === undefined ? {} : { counting: countings[counting] }),
    ...(Object.keys(cap).length === 0 ? {} : { cap }),
    ...(steps.length === 0 || per === "turnover-day" ? {} : { steps }),
  };
}

/** Caps in so many rates, so that they are reached. */
function capOf({ rate, capAmount, capUnits, capUntil, capYear, capHigher }: ItemSeeds, decided: number, isOfViolations: boolean): object {
  return {
    ...(capAmount === undefined ? {} : { amount: String(rate * capAmount + 1) }),
    ...(capUnits === undefined || isOfViolations ? {} : { units: capUnits }),
    ...(capUntil === undefined ? {} : { until: textOf(decided + USUAL + capUntil) }),
    ...(capYear === undefined ? {} : { perYear: String(rate * capYear + 1) }),
    ...(capHigher === undefined ? {} : { higherOf: { amount: String(rate * capHigher[0]), gain: String(rate), times: capHigher[1] } }),
  };
}
