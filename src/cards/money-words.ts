import { type Money, writeAmount } from "../law/money.ts";
import type { Language } from "../time/wording.ts";
import { amountsHidden } from "./amounts.ts";
import en from "./words/en.json" with { type: "json" };
import fr from "./words/fr.json" with { type: "json" };

/** A sum with how it is to be shown. */
export interface ShownMoney extends Money {
  /** With a plus where it is not negative. */
  readonly signed?: boolean;
  /** Without its currency where the line names it already; French keeps its sign behind the number. */
  readonly bare?: boolean;
}

const SPACE = "\u00a0";
const NARROW = "\u202f";

/**
 * EUR 6,900 or EUR 6,900.50; 6 900 € or 6 900,50 €. Exact at any size. A whole sum is shown without decimals, nothing at all as 0.00, so that
 * nobody takes it for a sum that was left out. Where amounts are hidden, that it is.
 */
export function wordMoney(language: Language, sum: ShownMoney): string {
  if (amountsHidden()) return { en, fr }[language]["money.hidden"];
  const [whole = "", fraction = ""] = writeAmount({ minor: sum.minor < 0n ? -sum.minor : sum.minor, currency: sum.currency }).split(".");
  const sign = sum.minor < 0n ? "\u2212" : sum.signed === true ? "+" : "";
  const isWhole = /^0*$/.test(fraction) && sum.minor !== 0n;
  const decimals = isWhole || fraction === "" ? "" : (language === "en" ? "." : ",") + fraction;
  const number = whole.replace(/\B(?=(\d{3})+$)/g, language === "en" ? "," : NARROW) + decimals;
  if (language === "fr") return `${sign}${number}${SPACE}${sum.currency === "EUR" ? "€" : sum.currency}`;
  return sum.bare === true ? sign + number : `${sign}${sum.currency} ${number}`;
}
