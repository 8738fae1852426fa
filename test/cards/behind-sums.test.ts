import { expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { chartCard } from "../../src/cards/chart-card.ts";
import type { Utterance } from "../../src/cards/contents.ts";
import { utteranceCard } from "../../src/cards/utterance-card.ts";
import { reminderOn } from "./said.ts";

const EXTENDED = { on: "2024-02-25", type: "extended", item: "dpo", until: "2024-03-20", because: "asked for" };

/** What ran through the 24th is six days from the 19th; the extension of the 25th takes them away. */
function said(kind: Utterance["kind"], on: string, events: readonly object[]): string {
  return plainLines(utteranceCard("en", reminderOn(on, {}, { kind }, events))).join("\n");
}

test.each<Utterance["kind"]>(["reminder", "total", "overdue", "cap-near"])(
  "a card of kind %s says that an event of today, which is not its own, is not in its sums yet",
  (kind) => {
    const text = said(kind, "2024-02-25", [EXTENDED]);
    expect(text).toContain("EUR 900 (6 days)");
    expect(text).toContain("Today's event is not in the sums yet: they go through Sat 24 Feb 2024");
    expect(said(kind, "2024-02-26", [EXTENDED])).not.toContain("not in the sums yet");
  },
);

test("a reminder says nothing of the sums where what happened today changes none", () => {
  expect(said("reminder", "2024-02-25", [{ on: "2024-02-25", type: "note", text: "a call" }])).not.toContain("not in the sums");
});

test("a chart names what was recorded for today and is not in its sums", () => {
  const { standing, item } = reminderOn("2024-02-25", {}, {}, [EXTENDED]);
  expect(plainLines(chartCard("en", standing, item!, [])).join("\n")).toContain("Recorded for today, not yet in the sums: ");
});
