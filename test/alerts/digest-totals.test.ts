import { describe, expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { digestOf } from "../../src/alerts/digest.ts";
import type { DigestContents } from "../../src/cards/contents.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import type { Portion } from "../../src/cards/totals.ts";
import type { Money } from "../../src/law/money.ts";
import { knownAt, type Matter } from "../../src/matter/history.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { matterOf } from "../cards/kourou.ts";
import { SEED } from "../support/seeded.ts";
import { drawer } from "./any-matter.ts";

const HOUR = 3_600_000;

function digestAt(matters: readonly Matter[], now: Instant, before: DigestContents | null, zone: string): DigestContents {
  return digestOf({
    matters: matters.flatMap((matter) => knownAt(matter, now) ?? []),
    day: dayIn(zone, now),
    form: "daily",
    zone,
    at: "09:00",
    now,
    before: before === null ? null : { through: addDays(before.day, -1), at: before.at },
    unwatched: 0,
    undelivered: [],
    head: "0".repeat(64),
    emptyWatches: [],
  });
}

function morning(on: string): Instant {
  return `${on}T08:00:00.000Z` as Instant;
}

function parts(digest: DigestContents): readonly (readonly (number | bigint)[])[] {
  return [
    ...digest.running.map(({ theoretical, change, joined }) => [theoretical.minor, change.minor, joined.matters, joined.theoretical.minor]),
    ...digest.stopped.map(({ matters, theoretical }) => [matters, theoretical.minor]),
  ];
}

describe("a running total", () => {
  const first = digestAt([matterOf({})], morning("2024-03-10"), null, "Europe/Paris");

  test("says what stopped, which is not taken back", () => {
    expect(parts(first)).toEqual([[300000n, 15000n, 0, 0n]]);
    const claimed = matterOf({}, [{ on: "2024-03-10", type: "complied", item: "dpo", counted: true }]);
    const later = { ...claimed, events: claimed.events.map((one) => ({ ...one, recordedAt: "2024-03-10T12:00:00.000Z" as Instant })) };
    const next = digestAt([later], morning("2024-03-11"), first, "Europe/Paris");
    expect(parts(next)).toEqual([[1, 300000n]]);
    expect(parts(digestAt([later], morning("2024-03-12"), next, "Europe/Paris"))).toEqual([]);
  });

  test("that meets its cap has stopped on the day after it was reached, once", () => {
    const items = [{ id: "dpo", cure: { period: "P2M", rule: "cure" }, penalty: { rate: "150", per: "day", cap: { amount: "3150" } } }];
    const tenth = digestAt([matterOf({ items })], morning("2024-03-11"), first, "Europe/Paris");
    expect(parts(tenth)).toEqual([[1, 300000n]]);
    expect(parts(digestAt([matterOf({ items })], morning("2024-03-12"), tenth, "Europe/Paris"))).toEqual([]);
  });

  test("that a correction lowers says so in the change", () => {
    const moved = { on: "2024-03-10", type: "rate-changed", item: "dpo", rate: "100" };
    const mended = { on: "2024-03-11", type: "corrected", event: "e1", set: { on: "2024-02-19" }, because: "typed wrongly" };
    const before = digestAt([matterOf({}, [moved])], morning("2024-03-11"), first, "Europe/Paris");
    const corrected = matterOf({}, [moved, mended]);
    const late = {
      ...corrected,
      events: corrected.events.with(1, { ...corrected.events[1]!, recordedAt: "2024-03-11T12:00:00.000Z" as Instant }),
    };
    expect(parts(digestAt([late], morning("2024-03-12"), before, "Europe/Paris"))).toEqual([[220000n, -90000n, 0, 0n]]);
  });

  test("of a matter that was registered since comes in with what had run", () => {
    const known = {
      ...matterOf({ ref: "NEW" }),
      filled: [{ ...matterOf({ ref: "NEW" }).filled[0]!, recordedAt: "2024-03-10T10:00:00.000Z" as Instant }],
    };
    const next = digestAt([matterOf({}), known], morning("2024-03-11"), first, "Europe/Paris");
    expect(parts(next)).toEqual([[630000n, 30000n, 1, 300000n]]);
  });

  /** What stands in the digests of days one after the other, each with what came in and what stopped. */
  function daily(matter: Matter, from: string, days: number): readonly (readonly (number | bigint)[])[][] {
    let before = digestAt([matter], morning(from), null, "Europe/Paris");
    return Array.from({ length: days }, (_, after) => {
      before = digestAt([matter], morning(addDays(day(from), after + 1)), before, "Europe/Paris");
      return [...parts(before)];
    });
  }

  const running = { decided: "2024-10-01", notified: "2024-10-05", fines: undefined };
  const orderOf = (cap: object) => [
    { id: "dpo", cure: { until: "2024-12-01", because: "set" }, penalty: { rate: "100", per: "day", ...cap } },
  ];

  test("that a calendar year's cap had stopped comes in at New Year with what had run", () => {
    const order = matterOf({ ...running, items: orderOf({ cap: { perYear: "1500" } }) });
    expect(daily(order, "2024-12-30", 3)).toEqual([[], [[150000n, 0n, 1, 150000n]], [[160000n, 10000n, 0, 0n]]]);
  });

  test("that was stayed stopped then, and not again when the day of its cap has passed", () => {
    const order = matterOf({ ...running, items: orderOf({ cap: { until: "2024-12-14" } }) }, [{ on: "2024-12-10", type: "stayed" }]);
    expect(daily(order, "2024-12-09", 7)).toEqual([[[1, 70000n]], [], [], [], [], [], []]);
  });

  test("of which nothing is known any more has stopped, and what it has run to is not told", () => {
    const order = matterOf({ ...running, knownThrough: "2024-12-10", items: orderOf({}) });
    expect(daily(order, "2024-12-10", 3)).toEqual([[[90000n, 10000n, 0, 0n]], [[1, 90000n]], []]);
    const before = digestAt([order], morning("2024-12-11"), null, "Europe/Paris");
    expect(digestAt([order], morning("2024-12-12"), before, "Europe/Paris").stopped).toMatchObject([{ matters: 1, ranTo: null }]);
  });
});

/** Notified between 16 and 22 September the one starts on 29 October or 4 November: EUR 4,000 of it are full on the 7th or the 13th. */
test("a change is told end by end where one end has met its cap and the other has not", () => {
  const year = { decided: "2024-09-01", fines: undefined };
  const facts = (period: string, penalty: object) => [
    { id: "dpo", cure: { period, from: "notified" }, penalty: { per: "day", ...penalty } },
  ];
  const matters = [
    matterOf({
      ...year,
      ref: "W-1",
      notified: { between: ["2024-09-16", "2024-09-22"] },
      items: facts("P6W", { rate: "400", cap: { perYear: "4000" } }),
    }),
    matterOf({ ...year, ref: "W-2", notified: "2024-09-10", items: facts("P1M", { rate: "100" }) }),
  ];
  const eighth = digestAt(matters, morning("2024-11-09"), null, "Europe/Paris");
  const ninth = digestAt(matters, morning("2024-11-10"), eighth, "Europe/Paris");
  expect(endsIn(eighth.running, "EUR")).toEqual([490000n, 690000n]);
  expect(endsIn(ninth.running, "EUR")).toEqual([540000n, 700000n]);
  expect(ninth.running[0]).toMatchObject({ change: { minor: 50000n }, changeMax: { minor: 10000n } });
  const said = plainLines(digestCard("en", ninth)).join("\n");
  expect(ninth.running[0]).toMatchObject({ perDay: { minor: 50000n }, perDayMax: { minor: 10000n } });
  expect(said).toContain("2 matters · between +100 and +500 a day · ");
  expect(said).toContain("between 5,400 and 7,000 (+500 at the lower end, +100 at the upper end)");
});

const KINDS = ["stayed", "resumed", "resumed-with", "complied", "rejected", "rate-changed", "closed", "extended"] as const;

function randomMatter(draw: (below: number) => number, index: number, from: Day): Matter {
  const authority = ["CNIL", "AP", "ICO", "ANPD", "OAIC"][draw(5)]!;
  const caps = [{ amount: String(500 + draw(3000)) }, { perYear: String(500 + draw(2000)) }, { until: addDays(from, draw(60)) }];
  const cap = draw(2) === 0 ? { cap: caps[draw(caps.length)] } : {};
  const known = draw(5) === 0 ? { knownThrough: addDays(from, draw(60)) } : {};
  const isWindow = draw(2) === 0;
  const items = ["one", "two"].slice(0, 1 + draw(2)).map((id) => ({
    id,
    cure: isWindow ? { period: `P${29 + draw(30)}D`, from: "notified", rule: "cure" } : { until: addDays(from, draw(30)), because: "set" },
    penalty: { rate: String(100 * (1 + draw(3))), per: "day", ...cap },
  }));
  const days = Array.from({ length: draw(6) }, () => addDays(from, draw(60))).sort();
  const events = days.map((on) => {
    const kind = KINDS[draw(KINDS.length)]!;
    const type = kind === "resumed-with" ? "resumed" : kind;
    const more =
      type === "rate-changed"
        ? { rate: String(50 + draw(100)) }
        : type === "extended"
          ? { until: addDays(on, draw(20)) }
          : kind === type
            ? {}
            : { with: "P9D" };
    return { on, type, item: items[draw(items.length)]!.id, ...more };
  });
  if (events.length > 0 && draw(2) === 0) {
    events.push({
      on: addDays(days.at(-1)!, draw(5)),
      type: "corrected",
      event: `e${1 + draw(events.length)}`,
      void: true,
      because: "typed wrongly",
    } as never);
  }
  const notified = isWindow ? { between: [addDays(from, -29), addDays(from, draw(12) - 28)] } : addDays(from, -29);
  const matter = matterOf(
    { ref: `R-${index}`, authority, decided: addDays(from, -30), notified, fines: undefined, items, ...known },
    events,
  );
  const registered = draw(3) === 0 ? instantOf(millisecondsOf(morning(from)) + draw(40) * 24 * HOUR) : matter.registeredAt;
  let last = millisecondsOf(registered);
  return {
    ...matter,
    filled: [{ recordedAt: registered, facts: matter.facts }],
    events: matter.events.map((one) => {
      last = Math.max(last + HOUR, millisecondsOf(one.recordedAt as Instant) + draw(80) * HOUR);
      return { ...one, recordedAt: instantOf(last) };
    }),
  };
}

/** The lower and the higher end. */
function endsOf(least: Money | undefined, most: Money | null | undefined): readonly [bigint, bigint] {
  return [least?.minor ?? 0n, (most ?? least)?.minor ?? 0n];
}

function endsIn(sums: readonly (Portion & { readonly currency: string })[], currency: string): readonly [bigint, bigint] {
  const found = sums.find((one) => one.currency === currency);
  return endsOf(found?.theoretical, found?.theoreticalMax);
}

test.each([1, 2, 3, 4, 1067, SEED])(
  "what was shown before, with the change and what came and went, is what is shown now, end by end (seed %i)",
  (seed) => {
    const draw = drawer(seed);
    const zone = ["Europe/Paris", "Pacific/Auckland", "America/Los_Angeles"][draw(3)]!;
    const from = day(["2023-11-25", "2024-02-01"][draw(2)]!);
    const matters = Array.from({ length: 12 }, (_, index) => randomMatter(draw, index, from));
    let before: DigestContents | null = null;
    let [compared, apart] = [0, 0];
    for (let at = 0; at < 75; at += 1 + draw(4)) {
      const now = instantOf(millisecondsOf(morning(addDays(from, at))) + draw(6) * HOUR);
      const digest: DigestContents = digestAt(matters, now, before, zone);
      if (before !== null && digest.day > before.day) {
        for (const currency of new Set([...before.running, ...digest.running].map((total) => total.currency))) {
          const was = endsIn(before.running, currency);
          const total = endsIn(digest.running, currency);
          const { change, changeMax, joined } = digest.running.find((one) => one.currency === currency) ?? {};
          const grown = endsOf(change, changeMax);
          const came = endsOf(joined?.theoretical, joined?.theoreticalMax);
          const stopped = endsIn(
            digest.stopped.map((one) => ({ ...one, currency: one.theoretical.currency })),
            currency,
          );
          const shown = was.map((end, index) => end + grown[index]! + came[index]! - stopped[index]!);
          expect({ seed, day: digest.day, currency, total: shown }).toEqual({ seed, day: digest.day, currency, total });
          compared++;
          if (grown[0] !== grown[1]) apart++;
        }
      }
      before = digest;
    }
    expect(compared).toBeGreaterThan(20);
    expect(apart > 0 || seed === SEED).toBe(true);
  },
);
