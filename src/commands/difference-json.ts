import { type Money, writeMoney } from "../law/money.ts";
import type { Difference } from "../matter/difference.ts";

/** What `--dry-run --json` prints of one thing that would change. Money is text, never a number. */
export function differenceJson(difference: Difference) {
  return { ...difference, before: plain(difference.before), after: plain(difference.after) };
}

function plain(value: string | number | Money | null) {
  return typeof value === "object" && value !== null ? writeMoney(value) : value;
}
