import { expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import type { Utterance } from "../../src/cards/contents.ts";
import { utteranceCard } from "../../src/cards/utterance-card.ts";
import { day } from "../../src/time/day.ts";
import type { Language } from "../../src/time/wording.ts";
import { reminderOn } from "./said.ts";

const APPEAL: Utterance["deadline"] = { day: day("2024-01-20"), what: "appeal", clock: "ap" };

/** A reminder of the time to appeal of an order whose time to comply ends on 18 February 2024. */
function lines(on: string, facts: object = {}, language: Language = "en", deadline = APPEAL): readonly string[] {
  const utterance = reminderOn(on, facts, { deadline, lastWorkingDay: null });
  return plainLines(utteranceCard(language, utterance)).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
}

test("under another deadline the penalty follows the end of the time to comply, which is named", () => {
  const said = lines("2024-01-06");
  const then = said.findIndex((line) => line.startsWith("Then EUR 150"));
  expect(said[1]).toContain("Sat 20 Jan 2024");
  expect(said[then - 1]).toBe("Time to comply ends Sun 18 Feb 2024, 24:00 Paris");
  const french = lines("2024-01-06", {}, "fr");
  expect(french[french.findIndex((line) => line.startsWith("Ensuite, astreinte")) - 1]).toBe(
    "Le délai de mise en conformité expire le dim. 18 févr. 2024, 24 h (Paris)",
  );
});

test("so it does under a fine's day of payment", () => {
  const said = lines("2024-01-06", {}, "en", { day: day("2024-01-20"), what: "payment", fine: "fine" });
  expect(said[said.findIndex((line) => line.startsWith("Then EUR 150")) - 1]).toContain("Time to comply ends Sun 18 Feb 2024");
});

test("where the end of the time to comply is not known, no penalty is said to follow the other deadline", () => {
  const said = lines("2024-01-06", { notified: undefined }).join("\n");
  expect(said).not.toContain("Then EUR");
  expect(said).toContain("Sums are not counted");
});

test("under the time to comply itself nothing is said twice", () => {
  const said = lines("2024-02-04", {}, "en", { day: day("2024-02-18"), what: "expiry" });
  expect(said.filter((line) => line.includes("18 Feb 2024"))).toHaveLength(1);
  expect(said.some((line) => line.startsWith("Then EUR 150"))).toBe(true);
});

test("what runs already says so by itself, without the end that is past", () => {
  const said = lines("2024-03-01", {}, "en", { ...APPEAL!, day: day("2024-03-15") }).join("\n");
  expect(said).toContain("Theoretical through");
  expect(said).not.toMatch(/Then EUR|Time to comply ends/);
});

test("an order without a penalty names no other end", () => {
  const items = [{ id: "dpo", cure: { period: "P2M", from: "notified", rule: "cure" } }];
  expect(lines("2024-01-06", { items }).join("\n")).not.toContain("Time to comply ends");
});

test("a reminder to pay sums that are forfeited by law tells how many they are as a fact, and no assumption", () => {
  const items = [{ id: "a", cure: { period: "P2M" }, penalty: { rate: "500", per: "day", cap: { until: "2024-03-09" } } }];
  const facts = { authority: "AP", notified: "2024-01-05", fines: undefined, items };
  const deadline = { day: day("2024-04-18"), what: "payment", clock: "forfeited-payment" };
  const said = lines("2024-04-18", facts, "en", deadline);
  expect(said).toContain(
    "Payment due: 3 sums are forfeited from Thu 7 Mar 2024 through Sat 9 Mar 2024 and not paid, EUR 1,500 together. This is the end for the first; the last so far ends Mon 22 Apr 2024",
  );
  expect(said.filter((line) => /^Assumed:.*forfeited/.test(line))).toEqual([]);
  expect(lines("2024-04-18", facts, "fr", deadline).join("\n")).toContain(
    "Échéance de paiement : pour une somme, acquise le mer. 6 mars 2024, le terme est passé sans qu’elle soit payée : 500 €",
  );
});
