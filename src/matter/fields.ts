import { z } from "zod";
import { minorDigits } from "../law/currencies.ts";
import { isTooLarge } from "../law/money.ts";
import { parsePeriod } from "../law/period.ts";
import { parseUnit } from "../law/unit.ts";
import { type Day, parseDay } from "../time/day.ts";
import { hasTurns, isBalanced } from "./turns.ts";

/** The values that matter files, commands and forms share. Each error is a code whose sentence stands in src/cards. */

function textOr(code: string): { error: (issue: { input?: unknown }) => string } {
  return { error: (issue) => (typeof issue.input === "number" ? "unquoted-number" : code) };
}

const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** One line of text. */
export function line(longest: number) {
  return z
    .string(textOr("text"))
    .min(1, "text-empty")
    .max(longest, `text-long`)
    .refine((text) => text.trim() !== "" && !CONTROL.test(text) && !hasTurns(text), "text-line");
}

/** Free text of several lines: what is quoted in it may bring its own writing direction, and takes it along. */
export const prose = z.string(textOr("text")).min(1, "text-empty").max(4000, "text-long").refine(isBalanced, "text-turned");

export const day = z
  .string(textOr("day"))
  .refine((text) => parseDay(text) !== null, "day")
  .transform((text) => text as Day);

/** A day, with a time of day where a period in hours starts there: 2023-12-18T14:05. */
export const moment = z
  .string(textOr("day"))
  .refine((text) => parseDay(text.slice(0, 10)) !== null && /^(T([01]\d|2[0-3]):[0-5]\d)?$/.test(text.slice(10)), "day");

/** Of what is no sum, and of one that is too large: each in words of its own. */
function sumOr(code: string) {
  return { error: ({ input }: { input?: unknown }) => (typeof input === "string" && isTooLarge(input) ? "amount-large" : code) };
}

export const amount = z.string(textOr("amount")).regex(/^\d{1,18}(\.\d{1,4})?$/, sumOr("amount"));
export const amountOrUnknown = z.string(textOr("amount-or-unknown")).regex(/^(unknown|\d{1,18}(\.\d{1,4})?)$/, sumOr("amount-or-unknown"));
export const decimal = z.string(textOr("decimal")).regex(/^\d{1,9}(\.\d{1,9})?$/, "decimal");
export const count = z
  .number({ error: () => "count" })
  .int("count")
  .min(1, "count")
  .max(1_000_000_000, "count");
export const currency = z.string(textOr("currency")).refine((code) => minorDigits(code) !== null, "currency");
export const period = z.string(textOr("period")).refine((text) => parsePeriod(text) !== null, "period");
export const unit = z.string(textOr("unit")).refine((text) => parseUnit(text) !== null, "unit");
export const id = z.string(textOr("id")).regex(/^[a-z0-9][a-z0-9._-]{0,59}$/i, "id");
export const address = z.string(textOr("address")).regex(/^https?:\/\/[^\s<>"\u202A-\u202E\u2066-\u2069]{1,2000}$/, "address");
/** A table of holidays by its id, where the act is to be done at another place than the authority's. */
export const calendar = z.string(textOr("calendar")).regex(/^[A-Z]{2,4}(-[A-Z-]{1,20})?$/, "calendar");
/** An authority's number of a decision. */
export const reference = line(100);

export const dated = z.union([day, z.strictObject({ day, source: address.optional() })]);
export const notified = z.union([
  moment,
  z.strictObject({ day: moment, source: address.optional() }),
  z.strictObject({
    between: z.tuple([day, day], { error: () => "between" }).refine(([from, to]) => from <= to, "between"),
    source: address.optional(),
  }),
]);
