import { describe, expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { checkMatter } from "../../src/matter/check.ts";
import { matterSchema } from "../../src/matter/facts.ts";
import { explainItem } from "../../src/matter/why.ts";
import { and, given, itemOn, ORDER, on, orderWith, refusalOf, TODAY } from "../support/given.ts";

const COUNTED = { id: "appeal", kind: "appeal", from: "notified", period: "P2M", rule: "fr-civil" };
const SET = { until: "2024-04-02", because: "the clerk's letter" };

function of(clock: object) {
  return given(orderWith({ clocks: [clock] }));
}

function relatedOn(clock: object, day = "2024-02-01") {
  return on(of(clock), day).related.map(({ id, day: ends, notes }) => [id, ends, notes.map(({ code }) => code)]);
}

describe("the day of a clock beside the order can be set by hand, with the reason", () => {
  test("alone: nothing is counted, and nothing is doubted", () => {
    expect(relatedOn({ id: "appeal", kind: "appeal", ...SET })).toEqual([["appeal", "2024-04-02", []]]);
  });

  test("in place of what is counted, which is told beside it", () => {
    expect(relatedOn(COUNTED)).toEqual([["appeal", "2024-03-05", []]]);
    expect(relatedOn({ ...COUNTED, ...SET })).toEqual([["appeal", "2024-04-02", ["overridden"]]]);
    const [note] = on(of({ ...COUNTED, ...SET }), "2024-02-01").related[0]!.notes;
    expect(findingText("en", note!)).toMatch(
      /end of the time to appeal set by hand to .*2 Apr 2024 \(computed: .*5 Mar 2024\): the clerk's letter/i,
    );
    expect(findingText("fr", note!)).toMatch(
      /valeur saisie .*2 avr\. 2024 \(valeur calculée\s: .*5 mars 2024\)\s; motif\s: the clerk's letter/,
    );
  });

  test("says so in why, and in the words of whoever set it", () => {
    const matter = of({ ...COUNTED, ...SET });
    const { steps } = explainItem(matter, on(matter, "2024-02-01"), "a");
    expect(steps.slice(-3).map(({ code, day }) => [code, day])).toEqual([
      ["until", "2024-04-02"],
      ["related-ends", "2024-04-02"],
      ["overridden", undefined],
    ]);
  });

  test("later, by a correction, from its day on", () => {
    const set = { "items.a.clocks.appeal.until": SET.until, "items.a.clocks.appeal.because": SET.because };
    const matter = and(of(COUNTED), { on: "2024-02-10", type: "corrected", event: "registered", set, because: "a letter came" });
    expect(on(matter, "2024-02-09").related[0]!.day).toBe("2024-03-05");
    expect(on(matter, "2024-02-10").related[0]!.day).toBe("2024-04-02");
    const half = {
      on: "2024-02-10",
      type: "corrected",
      event: "registered",
      set: { "items.a.clocks.appeal.until": SET.until },
      because: "x",
    };
    expect(refusalOf(of(COUNTED), half)).toMatchObject({ refused: "correction-invalid", args: { field: "items.a.clocks.appeal.because" } });
  });

  test.each([
    ["a day without a reason", { id: "c", kind: "appeal", until: "2024-04-02" }, "because"],
    ["a reason without a day", { ...COUNTED, because: "why" }, "until"],
    ["a start without a period", { id: "c", kind: "appeal", from: "notified", ...SET }, "period"],
    ["neither a day nor a period", { id: "c", kind: "appeal", from: "notified" }, "period"],
    ["a period without a start", { id: "c", kind: "appeal", period: "P2M" }, "from"],
  ])("%s is refused", (_name, clock, missing) => {
    const { success, error } = matterSchema.safeParse(orderWith({ clocks: [clock] }));
    expect([success, error?.issues.map(({ path }) => path.at(-1))]).toEqual([false, [missing]]);
  });

  test("before the decision is refused", () => {
    const filed = matterSchema.parse({
      ...ORDER,
      items: [{ id: "a", clocks: [{ id: "c", kind: "appeal", ...SET, until: "2024-01-01" }] }],
    });
    expect(checkMatter(filed, TODAY)).toMatchObject([{ path: ["items", 0, "clocks", 0, "until"], code: "until-before-decided" }]);
  });
});

test("a correction can put a day in the place of a period, since what it sets is read together", () => {
  const at = (field: string) => `items.a.cure.${field}`;
  const set = { [at("period")]: null, [at("from")]: null, [at("rule")]: null, [at("until")]: "2024-04-15", [at("because")]: "set anew" };
  const matter = and(given({}), { on: "2024-02-10", type: "corrected", event: "registered", set, because: "misread" });
  expect([itemOn(matter, "2024-02-09").expiry, itemOn(matter, "2024-02-10").expiry]).toEqual(["2024-03-05", "2024-04-15"]);
});

test("a correction can set a cap that was forgotten, and nothing that no order has", () => {
  const corrected = (set: object) => ({ on: "2024-02-10", type: "corrected", event: "registered", set, because: "misread" });
  const capped = and(given({}), corrected({ "items.a.penalty.cap.amount": "500", "items.a.penalty.cap.until": "2024-12-31" }));
  expect(itemOn(capped, "2024-06-01")).toMatchObject({ state: "capped", theoretical: "500.00", capReached: "2024-03-10" });
  for (const path of ["items.a.penalty.lid.amount", "items.a.penalti.rate", "items.b.penalty.rate", "items.a.penalty.cap.amount.more"])
    expect(refusalOf(given({}), corrected({ [path]: "5" }))).toMatchObject({ refused: "correction-invalid", args: { field: path } });
});
