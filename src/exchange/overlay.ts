import { isDeepStrictEqual } from "node:util";
import { authorityOf } from "../law/catalogue.ts";
import { asOf } from "../matter/corrected-facts.ts";
import { dayOf, type Facts, type FiledMatter } from "../matter/facts.ts";
import type { Matter } from "../matter/history.ts";
import type { Day } from "../time/day.ts";
import { exportMatters } from "./matters.ts";
import { sameSum } from "./table-row.ts";

type Key = keyof Facts;

/**
 * A draft laid over what the register holds of its matter, as a file that says both: what is missing is filled in, what is the same in another
 * spelling stays as it is, and what contradicts stands there to be refused. A table knows no more than it says, so it drops nothing; a matter that
 * is registered has its items already. `loose` fields say nothing against the register.
 */
export function laidOver(draft: FiledMatter, existing: Matter | null, loose: readonly string[], today: Day): FiledMatter {
  if (existing === null) return draft;
  const known = exportMatters([existing]).matters[0] as FiledMatter;
  const corrected = asOf(existing, today).facts;
  const merged: Record<string, unknown> = { ...known };
  for (const [field, said] of Object.entries(draft)) {
    if (field === "items" || loose.includes(field)) continue;
    const held = [existing.facts, corrected].map((facts) => facts[field as Key]);
    if (held.some((one) => one !== undefined && saysTheSame(field, one, said, existing.facts))) continue;
    merged[field] = filled(field, held[1] ?? held[0], said);
  }
  return merged as FiledMatter;
}

function saysTheSame(field: string, held: unknown, said: unknown, facts: Facts): boolean {
  switch (field) {
    // The key is the same, however it is spelt.
    case "ref":
    case "authority":
    case "addressee":
      return true;
    case "decided":
    case "published":
      return dayOf(held as Facts["decided"]) === dayOf(said as Facts["decided"]);
    case "respondent":
      return folded(String(held)) === folded(String(said));
    case "fines":
      return sameFines(held as NonNullable<Facts["fines"]>, said as NonNullable<Facts["fines"]>, facts);
    case "links":
    case "tags":
      return (said as readonly string[]).every((one) => (held as readonly string[]).includes(one));
    default:
      return isDeepStrictEqual(held, said);
  }
}

/** Letters and digits count. */
function folded(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "")
    .toLowerCase();
}

/** A table's fine has no id of its own: it is the one that there is. What it does not know contradicts nothing. */
function sameFines(held: NonNullable<Facts["fines"]>, said: NonNullable<Facts["fines"]>, facts: Facts): boolean {
  const currency = facts.currency ?? authorityOf(facts.authority)!.currency;
  const sums = (fines: NonNullable<Facts["fines"]>) => fines.map(({ amount }) => amount);
  if (said.every(({ amount }) => amount === "unknown")) return held.length > 0;
  const left = sums(held);
  for (const amount of sums(said)) {
    const at = left.findIndex((one) => one === amount || (one !== "unknown" && amount !== "unknown" && sameSum(one, amount, currency)));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return true;
}

function filled(field: string, held: unknown, said: unknown): unknown {
  if (held === undefined) return said;
  if (field === "links" || field === "tags") return [...new Set([...(held as readonly string[]), ...(said as readonly string[])])];
  if (field === "fines") {
    const [one, ...others] = held as NonNullable<Facts["fines"]>;
    const [first, ...more] = said as NonNullable<Facts["fines"]>;
    if (one !== undefined && first !== undefined && others.length === 0 && more.length === 0) return [{ ...one, amount: first.amount }];
  }
  return said;
}
