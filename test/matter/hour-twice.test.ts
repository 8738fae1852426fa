import { describe, expect, test } from "vitest";
import { given, itemOn, ORDER, on } from "../support/given.ts";

/** Clocks in Paris go back from 3 to 2 on 27 October 2024, so that half past two comes twice, and forward from 2 to 3 on 31 March. */
function inHours(notified: string, period: string): object {
  const item = { id: "a", cure: { period, from: "notified", rule: "cure" }, penalty: { rate: "100", per: "day" } };
  return { ...ORDER, decided: "2024-01-02", notified, items: [item] };
}

function endOn(matter: Parameters<typeof on>[0], day: string): string {
  const { expiry, expiryTime } = on(matter, day).items[0]!;
  return `${expiry}T${expiryTime}`;
}

const by = (period: string, day = "2024-10-26") => ({ on: day, type: "extended", by: period, because: "asked for" });

describe("a time to comply that ends at an hour which comes twice", () => {
  test.each([
    // 24 hours from 02:30 in summer are the first 02:30; 25 are the second.
    ["PT24H", "PT1H", "2024-10-27T02:30"],
    ["PT24H", "PT2H", "2024-10-27T03:30"],
    ["PT25H", "PT1H", "2024-10-27T03:30"],
    ["PT25H", "PT24H", "2024-10-28T02:30"],
    ["PT24H", "PT24H", "2024-10-28T01:30"],
  ])("of %s, is extended by %s from the one of the two at which it ends: to %s", (period, more, end) => {
    const matter = given(inHours("2024-10-26T02:30", period));
    expect(endOn(matter, "2024-10-26")).toBe("2024-10-27T02:30");
    expect(endOn(given(inHours("2024-10-26T02:30", period), by(more)), "2024-10-27")).toBe(end);
  });

  test("an hour more may read as the same time, or as an earlier one, and is later all the same", () => {
    const quarterTo = given(inHours("2024-10-26T02:45", "PT24H"), by("PT1H"), by("PT1H"));
    expect(endOn(quarterTo, "2024-10-27")).toBe("2024-10-27T03:45");
  });

  test("another item that follows it starts there, too", () => {
    const facts = inHours("2024-10-26T02:30", "PT25H") as { readonly items: readonly object[] };
    const after = { id: "b", cure: { period: "PT1H", from: { item: "a" }, rule: "cure" } };
    const second = on(given({ ...facts, items: [...facts.items, after] }), "2024-10-27").items[1]!;
    expect([second.expiry, second.expiryTime]).toEqual(["2024-10-27", "03:30"]);
  });

  test("resumed with the remainder, it ends at that time of another day, which comes once", () => {
    const stayed = [
      { on: "2024-10-26", type: "stayed" },
      { on: "2024-10-28", type: "resumed" },
    ];
    // Of the day of the notification nothing stood still: one day did.
    const matter = given(inHours("2024-10-26T02:30", "PT25H"), ...stayed, by("PT1H", "2024-10-28"));
    expect(endOn(matter, "2024-10-28")).toBe("2024-10-28T03:30");
    expect(itemOn(matter, "2024-10-29")).toMatchObject({ units: 1 });
  });
});

test("an extension by hours goes over the hour that is skipped", () => {
  expect(endOn(given(inHours("2024-03-30T01:30", "PT24H"), by("PT1H", "2024-03-30")), "2024-03-31")).toBe("2024-03-31T03:30");
});
