import type { Sight } from "../matter/sight.ts";

/** What tells one sight of the matters from another. */
export function sightKey({ any, desk, amounts, restricted }: Sight): string {
  const keys = restricted === "all" ? restricted : [...restricted].sort();
  return JSON.stringify([any, desk, amounts, keys]);
}
