import { minorDigits } from "../law/currencies.ts";
import type { Arg } from "../law/finding.ts";
import { type Day, parseDay } from "../time/day.ts";

/** How a table writes its days: 2024-04-03; 3.4.2024 and 03/04/2024; 4/3/2024; or French words and 03/04/2024. */
export const DAY_FORMS = ["iso", "dmy", "mdy", "french"] as const;
export type DayForm = (typeof DAY_FORMS)[number];

/** How a table groups the digits of its sums: 1234.5; 1,234.5; 1.234,5; 1 234,5. */
export const AMOUNT_FORMS = ["plain", "comma", "point", "space"] as const;
export type AmountForm = (typeof AMOUNT_FORMS)[number];

/** What is wrong with a cell: a code for its sentence. */
export interface Wrong {
  readonly code: string;
  readonly args: Readonly<Record<string, Arg>>;
}

const MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

/** A day as the table writes it. Without a declared form only what can mean one day is read; a year of two digits, or a month alone, is none. */
export function readDay(text: string, form: DayForm | null): Day | Wrong {
  const wrong: Wrong = { code: "csv-day", args: { got: text, form: form ?? "iso" } };
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  // The order of year, month and day can mean one thing only, whatever the table does elsewhere.
  if (iso !== null) return parseDay(text) ?? wrong;
  if (form === "iso") return wrong;
  if (form === "french") {
    const words = /^(\d{1,2}|1er)\s+(\p{L}+)\s+(\d{4})$/u.exec(text.normalize("NFC").toLowerCase());
    if (words !== null) return dayOf(words[3]!, MONTHS.indexOf(words[2]!) + 1, Number.parseInt(words[1]!, 10)) ?? wrong;
  }
  const numbers = /^(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4})$/.exec(text);
  if (numbers === null) return wrong;
  const [first, second, year] = [Number(numbers[1]), Number(numbers[3]), numbers[4]!];
  if (form === "mdy") return dayOf(year, first, second) ?? wrong;
  if (form !== null) return dayOf(year, second, first) ?? wrong;
  const [dayFirst, monthFirst] = [dayOf(year, second, first), dayOf(year, first, second)];
  if (dayFirst !== null && monthFirst !== null && dayFirst !== monthFirst)
    return { code: "csv-day-ambiguous", args: { got: text, one: dayFirst, other: monthFirst } };
  return dayFirst ?? monthFirst ?? wrong;
}

function dayOf(year: string, month: number, day: number): Day | null {
  return parseDay(`${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`);
}

export interface ReadAmount {
  /** A plain decimal, as matter files have it. */
  readonly amount: string;
  /** Where the cell names one. */
  readonly currency: string | null;
}

/** Signs that stand for one currency. The dollar sign stands for many. */
const SIGNS: Readonly<Record<string, string>> = { "€": "EUR", "£": "GBP" };

/** A sum as the table writes it, with the currency where the cell names one. Without a declared form, 1.234 and 1,234 are refused: they can mean two sums. */
export function readAmount(text: string, form: AmountForm | null): ReadAmount | Wrong {
  const wrong: Wrong = { code: "csv-amount", args: { got: text } };
  const parts = /^(€|£|[A-Za-z]{3}\b)?\s*([\d][\d.,'’\s]*?)\s*(€|£|[A-Za-z]{3})?$/u.exec(text);
  if (parts === null || (parts[1] !== undefined && parts[3] !== undefined)) return wrong;
  const named = parts[1] ?? parts[3];
  const currency = named === undefined ? null : (SIGNS[named] ?? named.toUpperCase());
  if (currency !== null && minorDigits(currency) === null) return wrong;
  const digits = parts[2]!.replaceAll(/\s/gu, " ");
  const amount = form === null ? undeclared(digits) : (DECLARED[form](digits) ?? null);
  if (amount === "ambiguous") return { code: "csv-amount-ambiguous", args: { got: text } };
  return amount === null ? wrong : { amount, currency };
}

const DECLARED: Readonly<Record<AmountForm, (digits: string) => string | null>> = {
  plain: (digits) => (/^\d{1,18}(\.\d{1,4})?$/.test(digits) ? digits : null),
  comma: (digits) => grouped(digits, ",", "."),
  point: (digits) => grouped(digits, ".", ","),
  space: (digits) => grouped(digits, " ", ","),
};

/** Digits in groups of three, or without groups at all, and decimals behind their own mark. */
function grouped(digits: string, group: string, mark: string): string | null {
  const [whole = "", fraction, ...more] = digits.split(mark);
  if (more.length > 0 || (fraction !== undefined && !/^\d{1,4}$/.test(fraction))) return null;
  const groups = whole.split(group);
  const isWhole =
    groups.length === 1 ? /^\d{1,18}$/.test(whole) : /^\d{1,3}$/.test(groups[0]!) && groups.slice(1).every((one) => /^\d{3}$/.test(one));
  return isWhole ? groups.join("") + (fraction === undefined ? "" : `.${fraction}`) : null;
}

function undeclared(digits: string): string | "ambiguous" | null {
  const readings = new Set(Object.values(DECLARED).flatMap((read) => read(digits) ?? []));
  if (readings.size > 1) return "ambiguous";
  return [...readings][0] ?? null;
}
