import { describe, expect, test } from "vitest";
import type { FormValues } from "../../src/ports/form.ts";
import { sessionOfTest } from "../support/session.ts";
import { formDesk } from "./form-desk.ts";

/** What makes no sense, or hardly ever does, at each door: the file, the typed line and the form. */

const FACTS = { ref: "M-1", authority: "CNIL", respondent: "Exemple SA", kind: "order", decided: "2024-01-02", notified: "2024-01-05" };
const CURE = { period: "P2M", from: "notified", rule: "cure" };
const ITEM = { id: "a", cure: CURE, penalty: { rate: "100", per: "day" } };
const REGISTER = 'register CNIL M-1 "Exemple SA" --kind order --decided 2024-01-02 --notified 2024-01-05 --item a';
const USUAL = `${REGISTER} --period P2M --rule cure --rate 100 --per day`;
const FORM: FormValues = {
  ...{ authority: ["CNIL"], ref: ["M-1"], respondent: ["Exemple SA"], kind: ["order"], decided: ["2024-01-02"], notified: ["2024-01-05"] },
  ...{ item: ["a"], period: ["P2M"], rule: ["cure"] },
};
const share = (annual: string, percent: string, year = 2023) => ({ per: "turnover-day", turnover: { annual, percent, year } });
const shareLine = (annual: string, percent: string) => `--per turnover-day --turnover-annual ${annual} --percent ${percent} --year 2023`;
const shareForm = (annual: string, percent: string): FormValues => ({
  ...{ per: ["turnover-day"], "turnover-annual": [annual], percent: [percent], year: ["2023"] },
});
const DAILY: FormValues = { rate: ["100"], per: ["day"] };

/** The code, where it is wrong in a file, the penalty in the file, the options of the line, the fields of the form and which of them is wrong. */
const PENALTIES: readonly (readonly [string, string, object, string, FormValues, string])[] = [
  ["rate-zero", "rate", { rate: "0.00", per: "day" }, "--rate 0.00 --per day", { rate: ["0.00"], per: ["day"] }, "rate"],
  [
    "cap-zero",
    "cap.amount",
    { ...ITEM.penalty, cap: { amount: "0" } },
    "--rate 100 --per day --cap-amount 0",
    { ...DAILY, "cap-amount": ["0"] },
    "cap-amount",
  ],
  [
    "cap-zero",
    "cap.perYear",
    { ...ITEM.penalty, cap: { perYear: "0" } },
    "--rate 100 --per day --cap-per-year 0",
    { ...DAILY, "cap-per-year": ["0"] },
    "cap-per-year",
  ],
  [
    "cap-zero",
    "cap.higherOf",
    { ...ITEM.penalty, cap: { higherOf: { amount: "0", gain: "0", times: 3 } } },
    "--rate 100 --per day --cap-amount 0 --cap-gain 0 --cap-times 3",
    { ...DAILY, "cap-amount": ["0"], "cap-gain": ["0"], "cap-times": ["3"] },
    "cap-gain",
  ],
  ["percent-zero", "turnover.percent", share("1000", "0.0"), shareLine("1000", "0.0"), shareForm("1000", "0.0"), "percent"],
  ["percent-over-100", "turnover.percent", share("1000", "100.5"), shareLine("1000", "100.5"), shareForm("1000", "100.5"), "percent"],
  ["turnover-zero", "turnover.annual", share("0", "5"), shareLine("0", "5"), shareForm("0", "5"), "turnover-annual"],
  [
    "penalty-from-and-cure",
    "from",
    { from: "notified", ...ITEM.penalty },
    "--rate 100 --per day --penalty-from notified",
    { ...DAILY, "penalty-from": ["notified"] },
    "penalty-from",
  ],
  [
    "step-before-order",
    "steps[0].from",
    { ...ITEM.penalty, steps: [{ from: "2024-01-01", rate: "200" }] },
    "--rate 100 --per day --step 2024-01-01=200",
    { ...DAILY, step: ["2024-01-01=200"] },
    "step",
  ],
];

describe("a penalty that makes no sense is refused at each door, and each names the place", () => {
  test.each(PENALTIES.map(([code, place, ...rest]) => [`${code} at ${place}`, code, place, ...rest] as const))(
    "%s",
    async (_name, code, place, penalty, options, fields, wrong) => {
      const session = await sessionOfTest();
      const { answer, codes } = await session.bring({ ...FACTS, items: [{ ...ITEM, penalty }] });
      expect(codes).toEqual([code]);
      expect(answer.error?.text).toContain(`items[0].penalty.${place}`);
      const typed = await session.type(`${REGISTER} --period P2M --rule cure ${options}`);
      expect([typed.status, typed.errors.join()]).toEqual([1, expect.stringContaining(`--${wrong}: `)]);
      expect(await session.store.ledger.head()).toMatchObject({ events: 0 });
      const desk = await formDesk();
      const { fields: told } = await desk.problems("register", { ...FORM, ...fields });
      expect(Object.keys(told)).toEqual([wrong]);
      expect(await desk.desk.register.all()).toEqual([]);
    },
  );
});

const WINDOW = { type: "liquidated", from: "2024-03-06", to: "2024-03-15", amount: "1000" } as const;

/** The code, what was recorded before, and the event that makes no sense. */
const EVENTS: readonly (readonly [string, readonly object[], { readonly type: string; readonly [field: string]: string }])[] = [
  ["window-backwards", [], { on: "2024-04-01", ...WINDOW, from: "2024-03-15", to: "2024-03-06" }],
  ["window-before-expiry", [], { on: "2024-04-01", ...WINDOW, from: "2024-03-05" }],
  ["window-not-over", [], { on: "2024-03-10", ...WINDOW }],
  ["window-not-over", [], { on: "2024-03-10", ...WINDOW, type: "intended" }],
  ["window-backwards", [], { on: "2024-04-01", ...WINDOW, type: "intended", from: "2024-03-15", to: "2024-03-06" }],
  ["no-claim", [], { on: "2024-03-20", type: "rejected" }],
  ["stay-inside-stay", [{ on: "2024-03-10", type: "stayed" }], { on: "2024-03-12", type: "stayed" }],
  ["step-before-order", [], { on: "2024-01-01", type: "rate-changed", rate: "200" }],
  ["event-before-decided", [], { on: "2024-01-01", type: "complied" }],
  ["accepted-before-decided", [], { on: "2024-03-20", type: "accepted", from: "2020-01-01" }],
  ["referred-to-itself", [], { on: "2024-03-20", type: "referred", to: "M-1" }],
  ["payment-zero", [], { on: "2024-04-01", type: "paid", amount: "0" }],
  ["payment-zero", [], { on: "2024-04-01", type: "invoiced", amount: "0.00" }],
];

function typedLine({ type, ...fields }: { readonly type: string; readonly [field: string]: string }): string {
  return `${type} M-1 ${Object.entries(fields)
    .map(([name, value]) => `--${name} ${value}`)
    .join(" ")}`;
}

describe("an event that makes no sense is refused at each door, and the file and the line name it", () => {
  test.each(EVENTS.map(([code, before, event]) => [`${event.type} of ${event.on}: ${code}`, code, before, event] as const))(
    "%s",
    async (_name, code, before, event) => {
      const session = await sessionOfTest();
      const { answer, codes } = await session.bring({ ...FACTS, items: [ITEM], events: [...before, event] });
      expect(codes).toEqual([code]);
      expect(answer.error?.text).toContain(`events[${before.length}]`);
      const desk = await formDesk();
      await session.ask(USUAL);
      await desk.type(USUAL);
      for (const one of before as readonly { type: string }[]) {
        await session.ask(typedLine(one));
        await desk.type(`${typedLine(one)} --confirmed 1`);
      }
      const typed = await session.type(typedLine(event));
      expect(typed).toMatchObject({ status: 1, json: { error: { code } } });
      const { type, ...fields } = event;
      const values = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]));
      const { fields: wrong, other } = await desk.problems(type, { ref: ["CNIL:M-1"], ...values });
      expect([...Object.values(wrong), other].filter((text) => text !== null && text !== "")).toHaveLength(1);
      expect((await desk.desk.register.all())[0]?.events).toHaveLength(before.length);
    },
  );
});

interface Warned {
  readonly items: readonly { readonly warnings: readonly { readonly code: string; readonly text: string }[] }[];
}

/** What a real case may have: the code, the matter, the line that registers it, and what is typed after. */
const ODD: readonly (readonly [string, object, string, readonly { readonly type: string; readonly [field: string]: string }[]])[] = [
  [
    "turnover-year-later",
    { ...ITEM, penalty: share("1000", "5", 2025) },
    `${REGISTER} --period P2M --rule cure --per turnover-day --turnover-annual 1000 --percent 5 --year 2025`,
    [],
  ],
  [
    "cap-until-before-expiry",
    { ...ITEM, penalty: { ...ITEM.penalty, cap: { until: "2024-03-05" } } },
    `${USUAL} --cap-until 2024-03-05`,
    [],
  ],
  [
    "step-before-delay",
    { ...ITEM, penalty: { ...ITEM.penalty, steps: [{ from: "2024-03-05", rate: "200" }] } },
    `${USUAL} --step 2024-03-05=200`,
    [],
  ],
  ["rate-of-nothing", ITEM, USUAL, [{ on: "2024-04-01", type: "rate-changed", rate: "0" }]],
  ["paid-nothing-fixed", ITEM, USUAL, [{ on: "2024-04-01", type: "paid", amount: "100" }]],
  [
    "paid-above-fixed",
    ITEM,
    USUAL,
    [
      { on: "2024-04-01", ...WINDOW },
      { on: "2024-04-02", type: "paid", amount: "1000.01" },
    ],
  ],
];

describe("what a real case may have is taken with a note, and import says so of what it reads", () => {
  test.each(ODD)("%s", async (code, item, line, events) => {
    const [filed, typed] = [await sessionOfTest(), await sessionOfTest()];
    const { answer } = await filed.bring({ ...FACTS, items: [item], events });
    expect(answer).toMatchObject({ registered: ["M-1"], warnings: [{ ref: "M-1", item: "a", code, text: expect.any(String) }] });
    await typed.ask(line);
    for (const event of events) await typed.ask(typedLine(event));
    for (const { ask } of [filed, typed]) {
      const { items } = await ask<Warned>("show M-1");
      expect(items[0]!.warnings.map((warning) => warning.code)).toEqual([code]);
    }
  });

  test("of an end before the time to comply that an extension made, too", async () => {
    const session = await sessionOfTest();
    await session.bring({ ...FACTS, items: [{ ...ITEM, penalty: { ...ITEM.penalty, cap: { until: "2024-03-31" } } }] });
    expect((await session.ask<Warned>("show M-1 --on 2024-03-10")).items[0]!.warnings).toEqual([]);
    await session.ask("extended M-1 --on 2024-03-01 --until 2024-04-05");
    const [warning] = (await session.ask<Warned>("show M-1 --on 2024-03-10")).items[0]!.warnings;
    expect(warning).toMatchObject({ code: "cap-until-before-expiry", text: expect.stringContaining("Sun 31 Mar 2024") });
  });
});

test("a fault that a matter had before it could be told keeps nobody from correcting something else of it", async () => {
  const session = await sessionOfTest();
  await session.bring({ ...FACTS, items: [ITEM] });
  const line = "corrected M-1 --on 2024-05-01 --event registered --because mistyped --set";
  expect(await session.type(`${line} items.a.penalty.rate=0`)).toMatchObject({ status: 1, json: { error: { code: "rate-zero" } } });
  expect(await session.type(`${line} items.a.penalty.rate=150`)).toMatchObject({ status: 0 });
});
