import { describe, expect, test } from "vitest";
import { STATES } from "../../src/matter/standing-types.ts";
import { given, ORDER, on, orderWith, sum } from "../support/given.ts";

const PENALTY = { rate: "100", per: "day" };

/** Items that stand as their ids say on 20 March 2024. */
const ITEMS: Readonly<Record<string, { readonly item: object; readonly events?: readonly object[] }>> = {
  accruing: { item: { cure: { until: "2024-03-10", because: "given" }, penalty: PENALTY } },
  capped: { item: { cure: { until: "2024-03-01", because: "given" }, penalty: { ...PENALTY, cap: { units: 5 } } } },
  overdue: { item: { cure: { until: "2024-03-10", because: "given" } } },
  curing: { item: { cure: { until: "2024-04-10", because: "given" }, penalty: PENALTY } },
  stayed: { item: { cure: { until: "2024-03-10", because: "given" }, penalty: PENALTY }, events: [{ on: "2024-03-15", type: "stayed" }] },
  claimed: {
    item: { cure: { until: "2024-03-10", because: "given" }, penalty: PENALTY },
    events: [{ on: "2024-03-15", type: "complied" }],
  },
  pending: { item: { cure: { period: "P2M", from: "2024-03-25", rule: "cure" }, penalty: PENALTY } },
  draft: { item: {} },
  complied: {
    item: { cure: { until: "2024-03-10", because: "given" }, penalty: PENALTY },
    events: [{ on: "2024-03-15", type: "accepted", from: "2024-03-12" }],
  },
  closed: { item: { cure: { until: "2024-03-10", because: "given" }, penalty: PENALTY }, events: [{ on: "2024-03-15", type: "closed" }] },
  settled: { item: { cure: { until: "2024-03-10", because: "given" }, penalty: PENALTY }, events: [{ on: "2024-03-15", type: "settled" }] },
  withdrawn: {
    item: { cure: { until: "2024-03-10", because: "given" }, penalty: PENALTY },
    events: [{ on: "2024-03-15", type: "withdrawn" }],
  },
  lapsed: { item: { cure: { until: "2024-03-10", because: "given" }, penalty: PENALTY }, events: [{ on: "2024-03-15", type: "lapsed" }] },
  annulled: {
    item: { cure: { until: "2024-03-10", because: "given" }, penalty: PENALTY },
    events: [{ on: "2024-03-15", type: "annulled" }],
  },
};

function matterOf(...states: readonly string[]) {
  const items = states.map((state) => ({ id: state, ...ITEMS[state]!.item }));
  const events = states.flatMap((state) => (ITEMS[state]!.events ?? []).map((event) => ({ ...event, item: state })));
  return given({ ...ORDER, items }, ...events);
}

describe("the state of an item", () => {
  test.each(STATES)("%s", (state) => {
    const { items } = on(matterOf(state), "2024-03-20");
    expect(items[0]!.state).toBe(state);
  });

  test.each([
    ["annulled before closed", [{ type: "closed" }, { type: "annulled", item: "a" }], "annulled"],
    ["withdrawn before closed", [{ type: "withdrawn" }, { type: "closed" }], "withdrawn"],
    ["settled before closed", [{ type: "settled" }, { type: "closed" }], "settled"],
    ["closed before complied", [{ type: "accepted", from: "2024-03-10" }, { type: "closed" }], "closed"],
    ["closed before claimed", [{ type: "complied" }, { type: "closed" }], "closed"],
    ["claimed before stayed", [{ type: "stayed" }, { type: "complied" }], "claimed"],
  ])("%s", (_name, events, state) => {
    const matter = given({}, ...events.map((event) => ({ on: "2024-03-15", ...event })));
    expect(on(matter, "2024-03-20").items[0]!.state).toBe(state);
  });

  test("a stay goes before a cap that is reached", () => {
    const matter = given(orderWith({ penalty: { ...PENALTY, cap: { units: 3 } } }), { on: "2024-03-15", type: "stayed" });
    expect(on(matter, "2024-03-14").items[0]!.state).toBe("capped");
    expect(on(matter, "2024-03-15").items[0]!.state).toBe("stayed");
  });
});

describe("the state of a matter is that of its most urgent item", () => {
  const URGENCY = ["accruing", "capped", "overdue", "curing", "stayed", "claimed", "pending", "draft"];

  test.each(URGENCY.slice(0, -1).map((state, index) => [state, URGENCY[index + 1]!]))("%s goes before %s", (state, less) => {
    expect(on(matterOf(less, state), "2024-03-20").state).toBe(state);
    expect(on(matterOf(state, less), "2024-03-20").state).toBe(state);
  });

  test("anything open goes before what is over", () => {
    for (const over of ["closed", "complied", "settled", "withdrawn", "lapsed", "annulled"])
      expect(on(matterOf(over, "draft"), "2024-03-20").state, over).toBe("draft");
  });
});

describe("totals and the next day", () => {
  test("sums of items are added; one that cannot be told withholds the whole", () => {
    expect(sum(on(matterOf("accruing", "capped"), "2024-03-20").totals.theoretical)).toBe("1500.00");
    expect(on(matterOf("accruing", "draft"), "2024-03-20").totals.theoretical).toBeNull();
  });

  test("the next day is the nearest that is ahead, its own day included", () => {
    const clocks = [{ id: "evidence", kind: "evidence", from: "notified", period: "P1M" }];
    const matter = given(orderWith({ clocks }));
    expect(on(matter, "2024-01-10").next).toEqual({ day: "2024-02-05", what: "evidence" });
    expect(on(matter, "2024-02-05").next).toEqual({ day: "2024-02-05", what: "evidence" });
    expect(on(matter, "2024-02-06").next).toEqual({ day: "2024-03-05", what: "expiry" });
    expect(on(matter, "2024-03-06").next).toBeNull();
  });

  test("a matter that is over has no next day", () => {
    const clocks = [{ id: "appeal", kind: "appeal", from: "notified", period: "P12M" }];
    const matter = given(orderWith({ clocks }), { on: "2024-02-01", type: "withdrawn" });
    expect(on(matter, "2024-01-31").next).toMatchObject({ what: "expiry" });
    expect(on(matter, "2024-02-01").next).toBeNull();
  });

  test("a daily penalty above the legal ceiling is counted, and warned of", () => {
    const matter = given(orderWith({ penalty: { rate: "100001", per: "day" } }));
    expect(on(matter, "2024-03-06").items[0]!.warnings.map(({ code }) => code)).toEqual(["above-ceiling"]);
  });

  test("where a Sunday stands by inference only, the day and sum of a roll are shown beside it", () => {
    const matter = given({ decided: "2023-12-12", notified: "2023-12-18" });
    expect(on(matter, "2024-02-20").items[0]!.assumptions).toEqual([
      { code: "no-roll-inferred-sum", args: { rolled: "2024-02-19", sum: { minor: 100_00n, currency: "EUR" } } },
    ]);
  });
});
