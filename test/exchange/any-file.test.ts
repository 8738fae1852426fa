import { expect, test } from "vitest";
import { parse } from "yaml";
import { problemText } from "../../src/cards/findings.ts";
import { parseMatterFile } from "../../src/exchange/matter-file.ts";
import { withEvents } from "../../src/matter/decide.ts";
import { mergeMatter } from "../../src/matter/merge.ts";
import { standingNow, standingOn } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { TODAY } from "../support/given.ts";
import { fc } from "../support/seeded.ts";
import { filesUnder, textOf } from "../support/source.ts";

const RUNS = 1_000;
/** What a sentence looks like whose arguments were forgotten. */
const UNWORDED = /\{[a-z_]+\}|\bundefined\b|\[object/;

/** Such a piece of a sentence that the file itself does not hold. */
function forgottenIn(sentence: string, file: string): string | null {
  const found = UNWORDED.exec(sentence)?.[0] ?? null;
  return found === null || file.includes(found) ? null : sentence;
}

type Path = readonly (string | number)[];

const EXAMPLES = filesUnder("examples").map((path) => parse(textOf(path)) as object);

/** Every place in a value at which something else could stand. */
function placesIn(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, Array.isArray(value) ? Number(key) : key]))];
}

function withAt(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string | number, unknown>)[key] = withAt((value as Record<string | number, unknown>)[key], rest, put);
  return copy;
}

const PLAUSIBLE = [
  "2024-02-29",
  "2022-12-18",
  "unknown",
  "0",
  "100",
  "P2M",
  "PT72H",
  "P30B",
  "week",
  "violation",
  "CNIL",
  "ICO",
  "complied",
  "",
  0,
  7,
  -1,
  1.5,
  true,
  null,
];

const spoilt = fc
  .record({
    file: fc.constantFrom(...EXAMPLES),
    changes: fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom<unknown>(...PLAUSIBLE, [], {}), fc.jsonValue({ maxDepth: 2 }))), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ file, changes }) =>
    changes.reduce<unknown>((value, [place, put]) => {
      const places = placesIn(value);
      return withAt(value, places[place % places.length]!, put);
    }, file),
  );

test("whatever stands in a matter file, it is taken or refused in words, and what is taken can be asked about on any day", () => {
  fc.assert(
    fc.property(spoilt, (value) => {
      const file = JSON.stringify(value) ?? "";
      const result = parseMatterFile("any.json", file);
      if ("problems" in result) {
        expect(result.problems.length).toBeGreaterThan(0);
        for (const { problem } of result.problems) expect(forgottenIn(problemText("en", problem), file)).toBeNull();
        return;
      }
      for (const filed of result.parsed.matters) {
        const { merge, problems } = mergeMatter(filed, null, TODAY);
        for (const problem of problems) expect(forgottenIn(problemText("fr", problem), file)).toBeNull();
        if (merge === null) continue;
        const registeredAt = "2026-01-15T09:00:00.000Z" as Instant;
        const bare = {
          key: merge.key,
          facts: merge.facts,
          filled: [{ recordedAt: registeredAt, facts: merge.facts }],
          events: [],
          version: 1,
        };
        const matter = withEvents({ ...bare, registeredAt, registration: "c" }, merge.events);
        for (const on of ["1999-12-31", "2022-12-18", "2023-05-10", "2024-02-29", "2025-11-30"]) standingOn(matter, day(on));
        standingNow(matter, TODAY);
      }
    }),
    { numRuns: RUNS },
  );
});

test("whatever text stands in a file, it is taken or refused in words", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc.string().map((inner) => `matters:\n  - ${inner}`),
  );
  fc.assert(
    fc.property(text, fc.constantFrom("a.yaml", "a.json", "a.yml", "a.txt"), (content, name) => {
      const result = parseMatterFile(name, content);
      if ("problems" in result) expect(result.problems.length).toBeGreaterThan(0);
    }),
    { numRuns: RUNS },
  );
});
