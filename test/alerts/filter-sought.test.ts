import { expect, test } from "vitest";
import { type Filter, parseFilter } from "../../src/alerts/filter.ts";
import { matterKey } from "../../src/matter/key.ts";
import type { Standing } from "../../src/matter/standing-types.ts";
import { unturned } from "../../src/matter/turns.ts";
import { type Day, day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";

const NOW = "2024-02-20T09:00:00.000Z" as Instant;
const TODAY: Day = day("2024-02-20");

/** References and names as people write them: marks that combine, letters that are two in capitals, separators, turns of direction. */
const WRITTEN = [
  "SAN-2024-001",
  "san 2024/1",
  "\u00C9-7",
  "E\u0301-7",
  "Straße 9",
  "STRASSE 9",
  "Ada Exemple",
  "x\u0302y",
  "\u0130zmir A.\u015E.",
  "a\u202Ab\u202Cc",
  "—",
  "\uFB01-3",
];
const ASKED = [...WRITTEN, "2024", "n-2", "e", "ss", "ß", "ada", "x", "i", "abc", "b", "-", " ", "fi"];

function filter(text: string): Filter {
  const read = parseFilter(text);
  if ("refused" in read) throw new Error(text);
  return read;
}

function standingOf(ref: string, name: string): Standing {
  return { facts: { ref, respondent: name, authority: "CNIL" }, assignedTo: name, ownedBy: null } as unknown as Standing;
}

/** What is looked through of a matter: its key, or a text as it was written. */
function mayBe({ sought }: Filter, key: string, ...texts: readonly string[]): boolean {
  const text = sought?.(NOW).text;
  return text === undefined || [...(text.of === "names" ? [key] : []), ...texts].some((held) => text.fits(held));
}

test("whatever a filter matches is found by what is looked through for it, as it was written and as it is read", () => {
  let matched = 0;
  for (const written of WRITTEN)
    for (const shown of [written, unturned(written)])
      for (const asked of ASKED.filter((one) => one.trim() !== "" && !one.includes(":"))) {
        const standing = standingOf(written, shown);
        const key = matterKey("CNIL", written);
        for (const text of [asked, `respondent:${asked}`, `ref:${asked}`, `assigned:${asked}`, `people:${asked}`]) {
          const read = filter(text);
          if (!read.matches(standing, TODAY)) continue;
          matched += 1;
          const texts = text.startsWith("ref:") ? [] : [written];
          expect(mayBe(read, key, ...texts), `${text} of ${JSON.stringify(written)}`).toBe(true);
        }
        // By its reference alone.
        const byRef = filter(asked);
        if (byRef.matches(standingOf(written, "nobody"), TODAY)) expect(mayBe(byRef, key, "nobody"), `${asked} in ${written}`).toBe(true);
      }
  expect(matched).toBeGreaterThan(100);
});
