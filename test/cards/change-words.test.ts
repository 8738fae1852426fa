import { expect, test } from "vitest";
import { changeText, fieldText } from "../../src/cards/change-words.ts";
import { EVENTS, type EventOf } from "../../src/matter/events.ts";
import { factsSchema } from "../../src/matter/facts.ts";

function correction(set: object): EventOf<"corrected"> {
  return EVENTS.corrected.parse({ on: "2024-03-11", type: "corrected", event: "registered", set, because: "typed wrongly" });
}

test("a fact is named in words, with the item or fine whose it is, and not by its path", () => {
  expect(fieldText("en", "items.dpo.cure.period")).toBe("the time to comply (dpo)");
  expect(fieldText("fr", "items.dpo.penalty.cap.amount")).toBe("le plafond (dpo)");
  expect(fieldText("en", "fines.f1.due")).toBe("the day of payment of the fine (f1)");
  expect(fieldText("en", "items.dpo.clocks.c.period")).toBe("items.dpo.clocks.c.period");
});

test("values are told as people write them, before and after", () => {
  const set = { "items.dpo.cure.period": "P3M", "items.dpo.penalty.per": "week", notified: "2023-12-19", tags: ["a", "b"], decided: null };
  const was = {
    "items.dpo.cure.period": "P2M",
    "items.dpo.penalty.per": "day",
    notified: { between: ["2023-12-17", "2023-12-18"] },
    tags: undefined,
    decided: { day: "2023-12-12", source: "https://example.org" },
  };
  expect(changeText("en", correction(set), "EUR", was)).toBe(
    "the time to comply (dpo) is 3 months (it was 2 months), the unit of the rate (dpo) is a week (it was a day), " +
      "the notification date is Tue 19 Dec 2023 (it was Sun 17 Dec 2023 to Mon 18 Dec 2023), the tags is a, b, " +
      "the date of the decision removed (it was Tue 12 Dec 2023)",
  );
  expect(changeText("en", correction({ counted: false }), "EUR", { counted: true })).toBe("whether that day counts is no (it was yes)");
});

test("every field of an event and every plain fact of a matter has its words", () => {
  const fields = Object.entries(EVENTS).flatMap(([type, schema]) => (type === "corrected" ? [] : Object.keys(schema.shape)));
  const facts = Object.keys(factsSchema.shape);
  const bare = new Set(["type", "id", "matter", "ref", "authority", "addressee", "fines", "items", "jointCap"]);
  const wanted = [...new Set([...fields, ...facts])].filter((field) => !bare.has(field));
  expect(wanted.filter((field) => fieldText("fr", field) === field)).toEqual([]);
});
