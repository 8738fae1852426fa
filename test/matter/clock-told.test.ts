import { describe, expect, test } from "vitest";
import { matterCard } from "../../src/cards/matter-card.ts";
import { PERIOD_KINDS } from "../../src/law/authority.ts";
import { AUTHORITIES, type Authority, ruleFor } from "../../src/law/catalogue.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { RULES, ruleOf } from "../../src/law/rules/index.ts";
import { placeOf } from "../../src/matter/clock.ts";
import { earliest, tellClock } from "../../src/matter/clock-told.ts";
import { explainItem } from "../../src/matter/why.ts";
import { day } from "../../src/time/day.ts";
import { given, ORDER, on, orderWith } from "../support/given.ts";

const terms = (authority: Authority, from: string, period: string) => ({
  start: { day: day(from) },
  periods: [parsePeriod(period)!],
  ...placeOf(authority),
});
const of = (code: string) => AUTHORITIES.find((one) => one.code === code)!;
const codes = (notes: readonly { readonly code: string }[]) => notes.map(({ code }) => code);

describe("an unverified way of counting is never applied in silence", () => {
  test.each(AUTHORITIES.flatMap((authority) => PERIOD_KINDS.map((kind) => [authority.code, kind, authority] as const)))(
    "%s, %s: without a rule that is named the clock says so, and no reading that is known ends before it",
    (_code, kind, authority) => {
      for (const from of ["2024-01-05", "2024-01-31", "2024-02-16", "2024-12-01"]) {
        const told = tellClock(kind, null, terms(authority, from, "P28D"), authority)!;
        expect(codes(told.notes)[0]).toMatch(/^clock-rule-(unread|unread-rolled|unnamed|inferred)$/);
        const known = ruleFor(authority.facts, kind);
        const other = known === null ? null : ruleOf(known.rule)!.limit(terms(authority, from, "P28D"));
        if (other !== null && !("refused" in other)) {
          expect(codes(told.notes)[0]).toBe(known!.basis === "read" ? "clock-rule-unnamed" : "clock-rule-inferred");
          expect(told.limit.expiry <= other.expiry).toBe(true);
        }
      }
    },
  );

  test.each(AUTHORITIES.map((authority) => [authority.code, authority] as const))(
    "%s: an order without a rule is counted by one that was read, by one that says that it is inferred, or asks for it",
    (_code, authority) => {
      const facts = { ...ORDER, authority: authority.code, currency: authority.currency, notified: "2024-01-05" };
      const order = { ...facts, items: [{ id: "a", cure: { period: "P30D" } }] };
      const [item] = on(given(order), "2024-01-10").items;
      const known = authority.facts.periods.order?.rule;
      if (authority.orderRule === null) {
        expect(item).toMatchObject({ state: "draft", missing: ["items.a.cure.rule"], expiry: null });
        expect(item!.earliestExpiry).toBe(earliest(terms(authority, "2024-01-05", "P30D"), authority)!.expiry);
      } else if (known?.basis === "inferred") {
        // Thirty days end on a Sunday: what a roll would give is said.
        expect(codes(item!.assumptions)).toContain("no-roll-inferred");
        expect(ruleOf(authority.orderRule)!.rolls).toBe(false);
      } else expect(known?.basis).toBe("read");
    },
  );

  test("where an authority counts other periods with their first day, the earliest day is a day earlier", () => {
    expect(earliest(terms(of("DPC"), "2024-01-05", "P28D"), of("DPC"))!.expiry).toBe("2024-02-01");
    expect(earliest(terms(of("ICO"), "2024-01-05", "P28D"), of("ICO"))!.expiry).toBe("2024-02-02");
  });

  test("the time for observations before a liquidation says that its counting was not read, with the day that a roll gives", () => {
    const announced = { on: "2024-03-22", type: "intended", id: "first", from: "2024-03-06", to: "2024-03-20", amount: "1500" };
    const matter = given(ORDER, announced);
    const standing = on(matter, "2024-03-25");
    // Fifteen days after Friday 22 March: Saturday 6 April.
    expect(standing.related).toMatchObject([
      {
        day: "2024-04-06",
        notes: [{ code: "clock-rule-unread-rolled", args: { what: "observations", authority: "CNIL", rolled: "2024-04-08" } }],
      },
    ]);
    const said = "Observations due: no rule is named, and how CNIL counts this period was not read";
    expect(JSON.stringify(matterCard("en", standing, day("2024-03-25")))).toMatch(new RegExp(said, "i"));
    expect(codes(explainItem(matter, standing, "a").steps)).toContain("clock-rule-unread-rolled");
  });
});

describe("a clock whose rule refuses is not dropped", () => {
  test.each([
    ["fr-franc", "1999-06-01", "rule-not-yet-in-force"],
    ["br-anpd", "2024-01-05", "period-unfit"],
    ["eu-1182-71", "2040-12-05", "calendar-ends"],
  ])("%s from %s: the earliest day, and why it is no more than that (%s)", (rule, from, refused) => {
    const told = tellClock("appeal", ruleOf(rule)!, terms(of("CNIL"), from, "P1M"), of("CNIL"))!;
    expect(told.limit.expiry).toBe(
      `${from.slice(0, 4) === "2040" ? "2041-01" : from === "1999-06-01" ? "1999-07" : "2024-02"}-${from.slice(8)}`,
    );
    expect(codes(told.notes)).toEqual([refused, "clock-earliest"]);
  });

  test("in a matter too: it is told beside the order with the reason", () => {
    const clock = { id: "appeal", kind: "appeal", from: "notified", period: "P1M", rule: "br-anpd" };
    const standing = on(given(orderWith({ clocks: [clock] })), "2024-01-10");
    expect(standing.related).toMatchObject([{ id: "appeal", notes: [{ code: "period-unfit" }, { code: "clock-earliest" }] }]);
  });

  test("one of a court that gives days after a publication says where they are missing", () => {
    const order = { ...ORDER, authority: "EC", decided: "2024-01-05", published: "2024-01-08" };
    const notesOf = (from: string, period: string | readonly string[]) =>
      on(
        given({ ...order, items: [{ id: "a", clocks: [{ id: "appeal", kind: "appeal", from, period, rule: "eu-courts" }] }] }),
        "2024-01-10",
      ).related.map(({ day: end, notes }) => [end, codes(notes)]);
    // 8 January and two months are 8 March; ten days for distance end on Monday 18.
    expect(notesOf("published", "P2M")).toEqual([["2024-03-18", ["as-decided", "publication-days"]]]);
    // From 22 January: 22 March, and Monday 1 April is Easter Monday, a holiday of the Court.
    expect(notesOf("published", ["P14D", "P2M"])).toEqual([["2024-04-02", ["as-decided"]]]);
    expect(notesOf("decided", "P2M")).toEqual([["2024-03-15", ["as-decided"]]]);
  });

  test("one that its rule counts says nothing more", () => {
    // What was counted by decisions of the court alone, its text unread, is said to be.
    for (const { id } of RULES.filter((one) => !["br-anpd", "lu-basel", "eu-courts"].includes(one.id))) {
      const told = tellClock("appeal", ruleOf(id)!, terms(of("CNIL"), "2024-01-05", "P1M"), of("CNIL"))!;
      expect(told.notes, id).toEqual([]);
    }
  });
});

describe("what rests on a list of holidays that is not published yet", () => {
  const EC = { ...ORDER, authority: "EC", notified: "2025-09-30", decided: "2025-09-28" };
  const order = (cure: object) => ({ ...EC, items: [{ id: "a", cure, penalty: { rate: "1000", per: "day" } }] });

  test("an order of the Commission runs, and says that its day can be later", () => {
    const [item] = on(given(order({ period: "P1M" })), "2025-10-01").items;
    expect(item).toMatchObject({ state: "curing", expiry: "2025-10-30", missing: [] });
    expect(item!.assumptions).toContainEqual({
      code: "calendar-projected",
      args: { calendar: "European Commission (Brussels)", until: "2024-08-15" },
    });
    expect(item!.steps.map(({ code }) => code)).toContain("calendar-projected");
  });

  test("so does an extension, and a day that is set by hand does not", () => {
    const said = (...events: readonly object[]) =>
      codes(on(given(order({ period: "P1M" }), ...events), "2025-10-20").items[0]!.assumptions).includes("calendar-projected");
    expect(said({ on: "2025-10-10", type: "extended", by: "P1M" })).toBe(true);
    expect(said({ on: "2025-10-10", type: "extended", until: "2025-12-15" })).toBe(false);
    expect(said({ on: "2025-10-10", type: "overridden", what: "expiry", value: "2025-11-20", because: "the decision" })).toBe(false);
    expect(said({ on: "2025-10-10", type: "stayed" }, { on: "2025-10-15", type: "resumed", with: "remainder" })).toBe(true);
    expect(said({ on: "2025-10-10", type: "stayed" }, { on: "2025-10-15", type: "resumed", with: "P1M" })).toBe(true);
  });

  test("a clock beside the order says so", () => {
    const clock = { id: "appeal", kind: "appeal", from: "notified", period: "P2M", rule: "eu-1182-71" };
    const facts = { ...order({ period: "P1M" }), items: [{ ...order({ period: "P1M" }).items[0], clocks: [clock] }] };
    expect(on(given(facts), "2025-10-01").related).toMatchObject([{ day: "2025-12-01", notes: [{ code: "calendar-projected" }] }]);
  });
});
