import { describe, expect, test } from "vitest";
import { AMOUNT_FORMS, type AmountForm, DAY_FORMS, type DayForm, readAmount, readDay } from "../../src/exchange/csv-values.ts";
import { readOutcome } from "../../src/exchange/outcome.ts";
import { addDays, day } from "../../src/time/day.ts";
import { fc } from "../support/seeded.ts";

describe("a day", () => {
  test.each<[string, DayForm | null, string]>([
    ["2024-04-03", null, "2024-04-03"],
    ["2024-04-03", "mdy", "2024-04-03"],
    ["03/04/2024", "dmy", "2024-04-03"],
    ["03/04/2024", "mdy", "2024-03-04"],
    ["03/04/2024", "french", "2024-04-03"],
    ["1. 10. 2019", "dmy", "2019-10-01"],
    ["28.12.2021", "dmy", "2021-12-28"],
    ["17 octobre 2022", "french", "2022-10-17"],
    ["1er août 2022", "french", "2022-08-01"],
    ["25/04/2024", null, "2024-04-25"],
    ["04/25/2024", null, "2024-04-25"],
    ["05/05/2024", null, "2024-05-05"],
  ])("%s, written %s, is %s", (text, form, expected) => {
    expect(readDay(text, form)).toBe(expected);
  });

  test("that can mean two days is refused, and both are named", () => {
    expect(readDay("03/04/2024", null)).toEqual({
      code: "csv-day-ambiguous",
      args: { got: "03/04/2024", one: "2024-04-03", other: "2024-03-04" },
    });
  });

  test.each<[string, DayForm | null]>([
    ["25/04/2024", "mdy"],
    ["04/25/2024", "dmy"],
    ["31/02/2024", "dmy"],
    ["3/4/24", "dmy"],
    ["2024", "dmy"],
    ["03.2020", "dmy"],
    ["25/04.2024", "dmy"],
    ["17 octobre 2022", "dmy"],
    ["17 october 2022", "french"],
    ["Unknown", null],
    ["25/04/2024", "iso"],
  ])("%s, written %s, is refused", (text, form) => {
    expect(readDay(text, form)).toMatchObject({ code: "csv-day" });
  });

  test("is read back as it was written, whatever the form, and without one never as another", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), fc.constantFrom(...DAY_FORMS), (days, form) => {
        const of = addDays(day("1950-01-01"), days);
        const [year, month, date] = of.split("-");
        const text = form === "iso" ? of : form === "mdy" ? `${month}/${date}/${year}` : `${date}/${month}/${year}`;
        expect(readDay(text, form)).toBe(of);
        const undeclared = readDay(text, null);
        if (typeof undeclared === "string") expect(undeclared).toBe(of);
        else expect(undeclared.code).toBe("csv-day-ambiguous");
      }),
    );
  });
});

describe("a sum", () => {
  test.each<[string, AmountForm | null, string, string | null]>([
    ["20,000,000 EUR", "comma", "20000000", "EUR"],
    ["20,000,000 EUR", null, "20000000", "EUR"],
    ["1,234", "comma", "1234", null],
    ["1.234", "point", "1234", null],
    ["1.234,5", null, "1234.5", null],
    ["1,234.5", null, "1234.5", null],
    ["5000", null, "5000", null],
    ["5000.50", "plain", "5000.50", null],
    ["1 234,50 €", "space", "1234.50", "EUR"],
    ["1\u202f234\u00a0567", null, "1234567", null],
    ["£7,552,800", "comma", "7552800", "GBP"],
    ["eur 5", null, "5", "EUR"],
  ])("%s, grouped as %s, is %s", (text, form, amount, currency) => {
    expect(readAmount(text, form)).toEqual({ amount, currency });
  });

  test.each(["1.234", "1,234", "12.345", "123,456"])("that can mean two sums is refused: %s", (text) => {
    expect(readAmount(text, null)).toEqual({ code: "csv-amount-ambiguous", args: { got: text } });
  });

  test.each<[string, AmountForm | null]>([
    ["$5", null],
    ["-5", null],
    ["5e3", null],
    ["five", null],
    ["1,23,4", null],
    ["1.234,56", "comma"],
    ["12,34", "comma"],
    ["5 EUR 6", null],
    ["5 XYZ", null],
    ["EUR 5 EUR", null],
    ["10-20", null],
  ])("%s, grouped as %s, is refused", (text, form) => {
    expect(readAmount(text, form)).toMatchObject({ code: "csv-amount" });
  });

  test("is read back as it was written, whatever the form, and without one never as another", () => {
    const marks = { plain: ["", "."], comma: [",", "."], point: [".", ","], space: [" ", ","] } as const;
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.option(fc.integer({ min: 0, max: 99 })),
        fc.constantFrom(...AMOUNT_FORMS),
        (whole, cents, form) => {
          const [group, mark] = marks[form];
          const fraction = cents === null ? "" : String(cents).padStart(2, "0");
          const text = String(whole).replace(/\B(?=(\d{3})+$)/g, group) + (cents === null ? "" : mark + fraction);
          const amount = `${whole}${cents === null ? "" : `.${fraction}`}`;
          expect(readAmount(text, form)).toEqual({ amount, currency: null });
          const undeclared = readAmount(text, null);
          if ("code" in undeclared) expect(undeclared.code).toBe("csv-amount-ambiguous");
          else expect(undeclared.amount).toBe(amount);
        },
      ),
    );
  });
});

test.each([
  ["Amende administrative de 15 000 euros", "15000", false],
  ["Amende de 27 millions d’euros", "27000000", false],
  ["Amende publique de 1,5 million d'euros et injonction sous astreinte de 100 000 euros par jour de retard", "1500000", true],
  ["Sanction pécuniaire de 150\u00a0000\u00a0€", "150000", false],
  ["Injonction sous astreinte de 500 euros par jour", null, true],
  ["Liquidation d'astreinte de 5 200 000 euros", null, false],
  ["Rappel à l'ordre", null, false],
  ["Amendes de 60 millions d'euros et 40 millions d'euros", "unknown", false],
  ["Amende de 60 millions d'euros pour l'une et de 40 millions pour l'autre", "unknown", false],
  ["Amende et injonction sous astreinte de 500 euros par jour", "unknown", true],
  ["Amende", "unknown", false],
])("an outcome in words: %s", (text, fine, injunction) => {
  expect(readOutcome(text)).toEqual({ fine, injunction, ref: null });
});

test("an outcome in words may print the number of its deliberation", () => {
  expect(readOutcome("Délibération SAN 2022-019 : amende de 20 millions d'euros")).toMatchObject({ ref: "SAN-2022-019", fine: "20000000" });
});
