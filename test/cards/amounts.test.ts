import { expect, test } from "vitest";
import { whenText } from "../../src/cards/moments.ts";
import { wordMoney } from "../../src/cards/money-words.ts";
import { periodText } from "../../src/cards/periods.ts";
import { say } from "../../src/cards/say.ts";
import { money } from "../../src/law/money.ts";
import { day } from "../../src/time/day.ts";

test("a sum is shown exactly at any size, each language in its own way", () => {
  const huge = money(123456789012345678901234567n, "EUR");
  expect(wordMoney("en", huge)).toBe("EUR 1,234,567,890,123,456,789,012,345.67");
  expect(wordMoney("fr", money(690050n, "EUR"))).toBe("6\u202f900,50\u00a0€");
  expect(wordMoney("fr", money(8200000000n, "NOK"))).toBe("82\u202f000\u202f000\u00a0NOK");
});

test("a whole sum has no decimals, and nothing is 0.00", () => {
  expect(wordMoney("en", money(15000n, "EUR"))).toBe("EUR 150");
  expect(wordMoney("en", money(0n, "EUR"))).toBe("EUR 0.00");
  expect(wordMoney("fr", money(0n, "EUR"))).toBe("0,00\u00a0€");
  expect(wordMoney("en", money(5n, "EUR"))).toBe("EUR 0.05");
  expect(wordMoney("en", money(1234567n, "JPY"))).toBe("JPY 1,234,567");
  expect(wordMoney("en", money(1234500n, "KWD"))).toBe("KWD 1,234.500");
});

test("a change bears its sign, and goes without the currency only where the line has named it", () => {
  expect(wordMoney("en", { ...money(115000n, "EUR"), signed: true, bare: true })).toBe("+1,150");
  expect(wordMoney("en", { ...money(-115000n, "EUR"), signed: true })).toBe("−EUR 1,150");
  expect(wordMoney("fr", { ...money(115000n, "EUR"), signed: true, bare: true })).toBe("+1\u202f150\u00a0€");
});

test("a deadline is told in the authority's zone, and in the reader's when the clocks differ", () => {
  const deadline = { day: day("2024-02-18"), time: null, zone: "Europe/Paris" };
  expect(whenText("en", deadline)).toBe("Sun 18 Feb 2024, 24:00 Paris");
  expect(whenText("en", deadline, { readerZone: "America/Cayenne" })).toBe("Sun 18 Feb 2024, 24:00 Paris (20:00 Cayenne)");
  expect(whenText("en", deadline, { readerZone: "Asia/Tokyo" })).toBe("Sun 18 Feb 2024, 24:00 Paris (Mon 19 Feb 08:00 Tokyo)");
  expect(whenText("en", deadline, { readerZone: "Europe/Berlin" })).toBe("Sun 18 Feb 2024, 24:00 Paris");
  expect(whenText("fr", { ...deadline, time: "14:05" })).toBe("dim. 18 févr. 2024, 14\u00a0h\u00a005 (Paris)");
});

test("a period is told in words, and a text that is none as it stands", () => {
  expect(periodText("en", "P1M15D")).toBe("1 month 15 days");
  expect(periodText("fr", "P2M")).toBe("2 mois");
  expect(periodText("en", "P30B")).toBe("30 business days");
  expect(periodText("en", "PT72H")).toBe("72 hours");
  expect(periodText("en", "soon")).toBe("soon");
});

test("an argument that is a day is told as the reader writes days, in a list too", () => {
  const skipped = ["2024-02-17", "2024-02-18"];
  const text = say("en", "said.rolled", { skipped, day: "2024-02-19", calendar: "France" });
  expect(text).toContain("Sat 17 Feb 2024, Sun 18 Feb 2024: no working day");
});
