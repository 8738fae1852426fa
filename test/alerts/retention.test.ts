import { describe, expect, test } from "vitest";
import { forReview } from "../../src/alerts/retention.ts";
import type { Matter } from "../../src/matter/history.ts";
import { day } from "../../src/time/day.ts";

const NOTHING = () => false;

function matter(facts: object, events: readonly object[] = []): Matter {
  const whole = { authority: "CNIL", ref: "SAN-2020-012", respondent: "Ada Exemple", ...facts };
  const recorded = events.map((event, index) => ({
    id: `e${index + 1}`,
    event,
    order: index + 2,
    recordedAt: "2020-01-01T00:00:00.000Z",
    by: "p1",
  }));
  return { key: `${whole.authority}:${whole.ref}`, facts: whole, filled: [], events: recorded, version: 1 } as unknown as Matter;
}

function closed(on: string): object {
  return { type: "closed", on: day(on) };
}

function due(one: Matter, retain: string | null, on: string, held: (key: string) => boolean = NOTHING) {
  return forReview([one], retain, held, day(on)).map(({ reason, from, due }) => [reason, from, due]);
}

describe("what is due for review", () => {
  test("is a matter that was closed as long ago as the desk keeps it, from that very day on", () => {
    const one = matter({}, [closed("2021-02-28")]);
    expect(due(one, "P5Y", "2026-02-27")).toEqual([]);
    expect(due(one, "P5Y", "2026-02-28")).toEqual([["closed", "2021-02-28", "2026-02-28"]]);
    expect(due(one, null, "2036-01-01")).toEqual([]);
    expect(due(matter({}), "P5Y", "2036-01-01")).toEqual([]);
  });

  test("is not one of which the closing was taken back, or has not come yet", () => {
    const undone = { type: "corrected", on: day("2021-03-01"), event: "e1", void: true, because: "typed wrongly" };
    expect(due(matter({}, [closed("2021-02-28"), undone]), "P5Y", "2030-01-01")).toEqual([]);
    expect(due(matter({}, [closed("2031-02-28")]), "P1D", "2030-01-01")).toEqual([]);
  });

  test("is a public matter of the CNIL two years after it was published, and no other authority's", () => {
    const facts = { visibility: "public", published: "2024-01-31" };
    expect(due(matter(facts), null, "2026-01-30")).toEqual([]);
    expect(due(matter(facts), null, "2026-01-31")).toEqual([["anonymised", "2024-01-31", "2026-01-31"]]);
    expect(due(matter({ ...facts, published: { day: "2024-01-31", source: "https://www.cnil.fr" } }), null, "2026-01-31")).toHaveLength(1);
    expect(due(matter({ ...facts, visibility: "desk" }), null, "2030-01-01")).toEqual([]);
    expect(due(matter({ ...facts, authority: "AP" }), null, "2030-01-01")).toEqual([]);
    expect(due(matter({ visibility: "public" }), null, "2030-01-01")).toEqual([]);
    expect(due(matter({ visibility: "public" }, [closed("2024-01-31")]), null, "2026-01-31")).toHaveLength(1);
  });

  test("is nothing that is held, nor what was erased already", () => {
    const one = matter({ visibility: "public", published: "2020-01-01" }, [closed("2020-02-01")]);
    expect(due(one, "P1Y", "2026-01-01")).toHaveLength(1);
    expect(due(one, "P1Y", "2026-01-01", (key) => key === one.key)).toEqual([]);
    expect(due(matter({ visibility: "public", published: "2020-01-01", respondent: "[erased]" }), "P1Y", "2026-01-01")).toEqual([]);
  });

  test("comes in the order in which it was due", () => {
    const some = ["2019-05-01", "2018-05-01", "2020-05-01"].map((on, index) => matter({ ref: `SAN-${index}` }, [closed(on)]));
    expect(forReview(some, "P1Y", NOTHING, day("2026-01-01")).map(({ matter: { key } }) => key)).toEqual([
      "CNIL:SAN-1",
      "CNIL:SAN-0",
      "CNIL:SAN-2",
    ]);
  });
});
