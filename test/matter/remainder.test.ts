import { describe, expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { explainItem } from "../../src/matter/why.ts";
import { given, itemOn, ORDER, on, orderWith, refusalOf } from "../support/given.ts";

/** EUR 100 a day after the time to comply. */
function order(cure: object, facts: object): object {
  return { ...ORDER, decided: "2023-12-29", items: [{ id: "a", cure, penalty: { rate: "100", per: "day" } }], ...facts };
}

function stayed(from: string, resumed: string, more: object = {}): readonly object[] {
  return [
    { on: from, type: "stayed" },
    { on: resumed, type: "resumed", ...more },
  ];
}

const ONE_DAY = stayed("2024-02-20", "2024-02-21");

/** By rule: who counts by it, what is notified, the end without a stay and, after a stay of one day, the end and why. */
const ROLLING: readonly (readonly [string, string, string, string, string, string?])[] = [
  // 1 March 2024 is a Friday and the day after it a Saturday: Monday 4 March (Regulation 1182/71 art. 3(4), and likewise the others).
  ["eu-1182-71", "EC", "2024-01-01", "2024-03-01", "2024-03-04"],
  // The days for distance are counted once.
  ["eu-courts", "EC", "2024-01-12", "2024-03-22", "2024-03-25"],
  ["de-bgb", "HMBBFDI", "2024-01-01", "2024-03-01", "2024-03-04"],
  ["nl-atw", "AP", "2024-01-01", "2024-03-01", "2024-03-04"],
  ["fr-civil", "CNIL", "2024-01-01", "2024-03-01", "2024-03-04"],
  // A clear period ends on the day after, here a Friday; that day is not added a second time.
  ["fr-franc", "CNIL", "2023-12-31", "2024-03-01", "2024-03-04"],
  ["es-lpac", "AEPD", "2024-01-01", "2024-03-01", "2024-03-04"],
  ["it-cpc", "GARANTE", "2024-01-01", "2024-03-01", "2024-03-04"],
  ["lu-basel", "CNPD-LU", "2024-01-01", "2024-03-01", "2024-03-04"],
  ["no-domstolloven", "DATATILSYNET-NO", "2024-01-01", "2024-03-01", "2024-03-04"],
  ["us-frcp-6a", "FTC", "2024-01-01", "2024-03-01", "2024-03-04"],
  ["uk-cpr", "ICO", "2024-01-01", "2024-03-01", "2024-03-04"],
  ["uk-ut", "OFCOM", "2024-01-01", "2024-03-01", "2024-03-04"],
  // Its first day counts, and its last day stands.
  ["ie-interpretation", "DPC", "2024-01-02", "2024-03-01", "2024-03-02"],
  // The months for distance are counted once: two months and 26 days, or two months, and a clear day.
  ["fr-franc-abroad", "CNIL", "2024-01-02", "2024-03-29", "2024-04-02", "P26D"],
  ["fr-franc-overseas", "CNIL", "2023-12-31", "2024-03-01", "2024-03-04", "P1M"],
  ["us-frap-26a", "FTC", "2024-01-01", "2024-03-01", "2024-03-04"],
  ["au-aia", "OAIC", "2024-01-01", "2024-03-01", "2024-03-04"],
  // 28 March 2024 is Maundy Thursday: Good Friday is named in AVG § 33(2) and is no holiday; Easter Monday is one.
  ["at-avg", "DSB", "2024-01-28", "2024-03-28", "2024-04-02"],
  // A term of more than three months is left alone (Algemene termijnenwet, art. 4): its last day stands, on a Saturday too.
  ["nl-atw", "AP", "2024-01-15", "2024-05-15", "2024-05-16", "P4M"],
  ["cure", "CNIL", "2024-01-01", "2024-03-01", "2024-03-02"],
];

describe("resumed with the remainder, the end moves by the days of the stay and then as its rule has it", () => {
  test.each(ROLLING)(
    "%s, as %s counts, notified %s: without a stay %s, after a day's stay %s",
    (rule, authority, notified, end, moved, period = "P2M") => {
      const facts = order({ period, rule }, { authority, currency: "EUR", notified });
      expect(itemOn(given(facts), "2024-02-21").expiry).toBe(end);
      expect(itemOn(given(facts, ...ONE_DAY), "2024-02-21").expiry).toBe(moved);
    },
  );

  test("the penalty runs from the day after the rolled end, as after an extension by a day", () => {
    const facts = order({ period: "P2M", rule: "eu-1182-71" }, { authority: "EC", notified: "2024-01-01" });
    const extended = { on: "2024-02-20", type: "extended", by: "P1D" };
    for (const events of [ONE_DAY, [extended]])
      expect(itemOn(given(facts, ...events), "2024-03-05")).toMatchObject({ firstPenaltyDay: "2024-03-05", theoretical: "100.00" });
  });

  test("why says by how many days it moved, and to which working day", () => {
    const matter = given(order({ period: "P2M", rule: "eu-1182-71" }, { authority: "EC", notified: "2024-01-01" }), ...ONE_DAY);
    const said = explainItem(matter, on(matter, "2024-03-05"), "a").steps.map((step) => findingText("en", step));
    expect(said).toContain("One day stood still, so the end moves to Sat 2 Mar 2024");
    expect(said.filter((line) => line.includes("it moves to Mon 4 Mar 2024"))).toHaveLength(1);
  });

  test("a day that the decision set itself moves by the days alone", () => {
    const facts = order({ until: "2024-03-01", because: "set by the decision" }, { authority: "EC", notified: "2024-01-01" });
    expect(itemOn(given(facts, ...ONE_DAY), "2024-02-21").expiry).toBe("2024-03-02");
  });

  test("an end that had moved on to a working day moves as it stood, and the day that the other count gives stands beside it", () => {
    // P2M from 2 January ends on Saturday 2 March, so on Monday 4 March; a day later is Tuesday, from the Saturday it were Monday still.
    const facts = order({ period: "P2M", rule: "eu-1182-71" }, { authority: "EC", notified: "2024-01-02" });
    const item = on(given(facts, ...ONE_DAY), "2024-02-21").items[0]!;
    expect(item.expiry).toBe("2024-03-05");
    expect(item.assumptions).toContainEqual({ code: "remainder-before-roll", args: { of: "2024-03-05", day: "2024-03-04" } });
    // Two more days from Sunday 3 March are Tuesday 5 March, from Tuesday 5 March they are Thursday.
    const again = on(given(facts, ...ONE_DAY, ...stayed("2024-02-22", "2024-02-24")), "2024-02-24").items[0]!;
    expect(again.expiry).toBe("2024-03-07");
    expect(again.assumptions).toContainEqual({ code: "remainder-before-roll", args: { of: "2024-03-07", day: "2024-03-05" } });
    const extended = { on: "2024-02-22", type: "extended", until: "2024-04-02" };
    expect(itemOn(given(facts, ...ONE_DAY, extended), "2024-02-22").assumptions).not.toContain("remainder-before-roll");
  });

  test("an end that closes at an hour keeps it", () => {
    const facts = order({ period: "P28D", rule: "uk-grc" }, { authority: "ICO", currency: "GBP", notified: "2024-02-01" });
    // Thursday 29 February and a day: Friday 1 March, at 17:00.
    expect(on(given(facts, ...ONE_DAY), "2024-02-21").items[0]).toMatchObject({ expiry: "2024-03-01", expiryTime: "17:00" });
  });

  test("hours go on to the same time of a later day, and do not roll", () => {
    const cure = { period: "PT72H", rule: "de-bgb" };
    const facts = order(cure, { authority: "HMBBFDI", notified: "2024-02-20T10:00" });
    const matter = given(facts, ...stayed("2024-02-21", "2024-02-22"));
    expect(on(matter, "2024-02-22").items[0]).toMatchObject({ expiry: "2024-02-24", expiryTime: "10:00" });
  });

  test("in a fresh period too", () => {
    const facts = order({ period: "P1M", rule: "eu-1182-71" }, { authority: "EC", notified: "2024-01-01" });
    // From 21 February a month is Thursday 21 March; a stay of two days makes it Saturday 23, so Monday 25.
    const matter = given(facts, ...stayed("2024-02-20", "2024-02-21", { with: "P1M" }), ...stayed("2024-03-05", "2024-03-07"));
    expect(itemOn(matter, "2024-03-07")).toMatchObject({ state: "curing", expiry: "2024-03-25" });
  });

  test("beyond what the holidays reach it is refused", () => {
    const facts = order({ period: "P203M", rule: "fr-civil" }, { authority: "CNIL", notified: "2024-01-05" });
    const matter = given(facts, { on: "2024-02-20", type: "stayed" });
    expect(refusalOf(matter, { on: "2026-01-10", type: "resumed" })).toMatchObject({ refused: "calendar-ends" });
  });
});

describe("a period in business days has its business days left", () => {
  /** Five business days from Friday 1 March 2024 end on Friday 8 March. */
  const facts = order({ period: "P5B", rule: "cure" }, { notified: "2024-03-01" });

  test.each([
    // Thursday and Friday were left: Monday 11 and Tuesday 12 March.
    ["2024-03-07", "2024-03-09", "2024-03-12"],
    ["2024-03-07", "2024-03-11", "2024-03-12"],
    ["2024-03-07", "2024-03-12", "2024-03-13"],
    // A weekend takes none of them.
    ["2024-03-02", "2024-03-04", "2024-03-08"],
    ["2024-03-05", "2024-03-06", "2024-03-11"],
  ])("stayed %s and resumed %s it ends %s", (from, resumed, end) => {
    expect(itemOn(given(facts, ...stayed(from, resumed)), resumed).expiry).toBe(end);
  });

  test("so that nothing runs within them, and why counts them", () => {
    const matter = given(facts, ...stayed("2024-03-07", "2024-03-09"));
    expect(itemOn(matter, "2024-03-12")).toMatchObject({ state: "curing", units: 0 });
    const said = explainItem(matter, on(matter, "2024-03-12"), "a").steps.map((step) => findingText("en", step));
    expect(said).toContain("2 business days stood still, so the end is Tue 12 Mar 2024");
  });

  test.each([
    ["Ley 39/2015, art. 30.2", "es-lpac", "AEPD"],
    ["Resolução CD/ANPD 1/2021, art. 8", "br-anpd", "ANPD"],
    ["Civil Procedure Rules, r. 2.8(4)", "uk-cpr", "ICO"],
  ])("where the rule makes business days of days as well (%s)", (_text, rule, authority) => {
    const facts = order({ period: "P5D", rule }, { authority, notified: "2024-03-01" });
    expect(itemOn(given(facts, ...stayed("2024-03-07", "2024-03-09")), "2024-03-09").expiry).toBe("2024-03-12");
  });

  test("a stay of no business day says so", () => {
    const matter = given(facts, ...stayed("2024-03-02", "2024-03-04"));
    const said = explainItem(matter, on(matter, "2024-03-05"), "a").steps.map((step) => findingText("en", step));
    expect(said).toContain("No business day stood still, so the end is Fri 8 Mar 2024");
  });
});

describe("a stay in the time to comply, where a person had set the first day of delay to before its end", () => {
  const set = { on: "2024-02-01", type: "overridden", what: "firstPenaltyDay", value: "2024-03-01", because: "the decision" };
  const stay = { on: "2024-02-20", type: "stayed" };

  test.each(["day", "week", "P10D"])("leaves nothing to count by %s until it is resumed, also on the days before that end", (per) => {
    const penalty = { rate: "100", per, ...(per === "day" ? {} : { counting: "started" }) };
    const facts = orderWith({ penalty });
    // Without the stay the delay runs from 1 March, four days before the two months have ended.
    expect(itemOn(given(facts, set), "2024-03-05").units).toBeGreaterThan(0);
    for (const day of ["2024-02-29", "2024-03-04", "2024-03-20"])
      expect(itemOn(given(facts, set, stay), day)).toMatchObject({ state: "stayed", expiry: null, units: 0, theoretical: "0.00" });
  });
});
