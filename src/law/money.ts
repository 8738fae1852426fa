import { minorDigits } from "./currencies.ts";
import { type Refusal, refuse } from "./finding.ts";

/** An exact sum in minor units of one currency. Two currencies are never added. */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

/** How a sum stands in JSON: a decimal string with the currency's minor digits. */
export interface WrittenMoney {
  readonly amount: string;
  readonly currency: string;
}

const DECIMAL = /^(\d{1,18})(?:\.(\d+))?$/;

/** Whether a text is a sum, and larger than any that is taken. */
export function isTooLarge(text: string): boolean {
  return /^\d{19,}(\.\d+)?$/.test(text);
}

/** Reads "6900" or "6900.50" into minor units. Refuses signs, exponents, separators and more decimals than ISO 4217 gives the currency. */
export function parseAmount(text: string, currency: string): bigint | Refusal {
  const digits = minorDigits(currency);
  if (digits === null) return refuse("currency-unknown", { currency });
  const found = DECIMAL.exec(text);
  if (found === null) return refuse(isTooLarge(text) ? "amount-large" : "amount-shape", { got: text });
  const fraction = found[2] ?? "";
  if (fraction.length > digits) return refuse("amount-decimals", { got: text, currency, digits });
  return BigInt(found[1]! + fraction.padEnd(digits, "0"));
}

/** A decimal such as a percentage as a fraction: 2.5 is 25 over 10. Null where the text is no plain decimal. */
export function parseDecimal(text: string): { readonly over: bigint; readonly under: bigint } | null {
  const found = DECIMAL.exec(text);
  if (found === null) return null;
  const fraction = found[2] ?? "";
  return { over: BigInt(found[1]! + fraction), under: 10n ** BigInt(fraction.length) };
}

export function money(minor: bigint, currency: string): Money {
  return { minor, currency };
}

/** The amount with the currency's minor digits and a point: 6900.00. */
export function writeAmount(sum: Money): string {
  const digits = minorDigits(sum.currency) ?? 2;
  const sign = sum.minor < 0n ? "-" : "";
  const plain = (sum.minor < 0n ? -sum.minor : sum.minor).toString().padStart(digits + 1, "0");
  return digits === 0 ? sign + plain : `${sign}${plain.slice(0, -digits)}.${plain.slice(-digits)}`;
}

export function writeMoney(sum: Money): WrittenMoney {
  return { amount: writeAmount(sum), currency: sum.currency };
}

/** The sum of sums in one currency; null where one of them is not known: a part is not the whole. */
export function sumOf(sums: readonly (Money | null)[], currency: string): Money | null {
  let minor = 0n;
  for (const sum of sums) {
    if (sum === null) return null;
    minor += sum.minor;
  }
  return money(minor, currency);
}

/** over ÷ under to a whole number, a half to the even neighbour. */
export function divideHalfEven(over: bigint, under: bigint): bigint {
  if (under === 1n) return over;
  const whole = over / under;
  const twice = (over % under) * 2n;
  if (twice > under || (twice === under && whole % 2n === 1n)) return whole + 1n;
  return whole;
}

export function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
