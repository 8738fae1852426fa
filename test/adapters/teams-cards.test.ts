import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { split } from "../../adapters/chat/shared/split.ts";
import { adaptiveCard, bytesOf, LIMITS, messageOf } from "../../adapters/chat/teams/adaptive-card.ts";
import type { Block, Card, Chart } from "../../src/ports/card.ts";
import type { PersonRef } from "../../src/ports/chat.ts";
import { cardProblems, readButtons, readLines, readTitles } from "../fakes/teams-platform/card-check.ts";
import { fc, SEED } from "../support/seeded.ts";
import { anyCard } from "./any-card.ts";
import { digestOfMatters } from "./slack-digest-card.ts";

const parser = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js") as typeof import("adaptivecards");

function bodyOf(...blocks: readonly Block[]): readonly { readonly type: string }[] {
  return adaptiveCard({ title: "M-1", tone: "calm", blocks }).body.slice(1);
}

interface Table {
  readonly columns: readonly object[];
  readonly rows: readonly object[];
}

const CHART: Chart = {
  kind: "chart",
  title: "What has accrued",
  summary: "In two days EUR 300.00.",
  unit: "EUR",
  points: [1, 2].map((day) => ({ label: `${day} Feb`, value: 150 * day, shown: `EUR ${150 * day}.00` })),
};

describe("a card as Teams shows it", () => {
  test("has facts side by side, and as a table of text runs where one of them could be taken for markup", () => {
    const facts = [{ label: "Rate", value: ["EUR 150.00 a day"] }];
    expect(bodyOf({ kind: "facts", facts })).toEqual([{ type: "FactSet", facts: [{ title: "Rate", value: "EUR 150.00 a day" }] }]);
    for (const value of [["*150*"], ["1. first"], [{ bold: "150" }], ["https://example.org"], [""], ["two\nlines"]]) {
      const body = bodyOf({ kind: "facts", facts: [...facts, { label: "Note", value }] });
      expect(body).toMatchObject([{ type: "Table", firstRowAsHeaders: false }]);
      expect(readLines({ type: "AdaptiveCard", body })).toEqual(expect.arrayContaining(["Rate", "EUR 150.00 a day", "Note"]));
    }
  });

  test("has rows of several cells in a table of three columns, the fourth and fifth cell in the last", () => {
    const rows = [
      [["a"], ["b"], ["c"], ["d"], [{ bold: "e" }]],
      [["f"], ["g"]],
    ];
    const [table, ...more] = bodyOf({ kind: "rows", heading: [], rows }) as readonly unknown[] as readonly Table[];
    expect([table!.columns.length, table!.rows.length, more]).toEqual([3, 2, []]);
    expect(readLines({ type: "AdaptiveCard", body: [table] })).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
  });

  test("draws a chart, says in words what it shows, and has every value for a client that draws none", () => {
    const [chart, said] = bodyOf(CHART) as readonly (Record<string, unknown> & { readonly type: string })[];
    expect(chart).toMatchObject({
      type: "Chart.VerticalBar",
      data: [
        { x: "1 Feb", y: 150 },
        { x: "2 Feb", y: 300 },
      ],
    });
    expect(readLines(said)).toEqual([CHART.summary]);
    expect(readLines(chart!.fallback)).toEqual(["What has accrued", "1 Feb", "EUR 150.00", "2 Feb", "EUR 300.00"]);
    for (const points of [[], [CHART.points[0]!, CHART.points[0]!], [{ ...CHART.points[0]!, value: Number.NaN }]])
      expect(bodyOf({ ...CHART, points }).map(({ type }) => type)).not.toContain("Chart.VerticalBar");
  });

  test("calls the people whom it names, each by one name, and nobody of another platform", () => {
    const [anna, other, slack] = ["teams:aad-1", "teams:aad-2", "slack:T1/U1"].map((ref) => ref as PersonRef);
    const text = [{ person: anna!, name: "Anna" }, ", ", { person: other!, name: "Anna" }, " and ", { person: slack!, name: "Bea" }];
    const card = adaptiveCard({ title: "M-1", tone: "calm", blocks: [{ kind: "text", text }] });
    expect(card.msteams?.entities).toEqual([{ type: "mention", text: "<at>Anna</at>", mentioned: { id: "aad-1", name: "Anna" } }]);
    expect(card.body.slice(1)).toEqual([{ type: "TextBlock", wrap: true, text: "<at>Anna</at>, Anna and Bea" }]);
    const linked = adaptiveCard({
      title: "M-1",
      tone: "calm",
      blocks: [{ kind: "text", text: [...text, { link: "decision", href: "https://example.org" }] }],
    });
    expect([linked.msteams?.entities, readLines(linked).at(-1)]).toEqual([undefined, "Anna, Anna and Beadecision"]);
    expect(adaptiveCard({ title: "M-1", tone: "calm", blocks: [{ kind: "text", text }] }, { mentions: false }).msteams).toEqual({
      width: "full",
    });
  });

  test("opens a form with a button of its own kind, and sends every other command to be answered in place", () => {
    const actions = [
      { label: "Why", command: "why M-1" },
      { label: "Snooze", command: "form snooze M-1" },
      { label: "Close", command: "closed M-1", confirm: "Close it?", style: "danger" as const },
    ];
    const card = adaptiveCard({ title: "M-1", tone: "calm", blocks: [{ kind: "actions", actions }] });
    expect(readButtons(card)).toMatchObject([
      { title: "Why", data: { command: "why M-1" }, fallback: { type: "Action.Submit", data: { command: "why M-1" } } },
      { title: "Snooze", data: { command: "form snooze M-1", msteams: { type: "task/fetch" } } },
      { title: "Close", data: { command: "closed M-1" }, style: "destructive" },
    ]);
    expect(readTitles(card)).toEqual(["Why", "Snooze", "Close", "Close"]);
    const within = JSON.stringify(
      adaptiveCard({ title: "M-1", tone: "calm", blocks: [{ kind: "actions", actions }] }, { surface: "dialog" }),
    );
    expect([within.includes("Action.Execute"), within.includes("task/fetch")]).toEqual([false, false]);
  });

  test(`is parsed by the library of Adaptive Cards and taken by Teams, whatever it says (CUREWATCH_TEST_SEED=${SEED})`, {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(anyCard(fc.string({ unit: "grapheme", maxLength: 60 })), (card) => {
        for (const part of split(card, LIMITS, bytesOf)) {
          const shown = adaptiveCard(part);
          expect(cardProblems({ ...shown, fallbackText: shown.fallbackText || "empty" })).toEqual([]);
          const context = new parser.SerializationContext(parser.Versions.v1_5);
          new parser.AdaptiveCard().parse(shown, context);
          const complaints = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
          // Data of ours may name no label for a button; the desk's cards always do.
          expect(complaints.filter((text) => !/Chart\.VerticalBar|title/.test(text))).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("a digest of 300 matters", () => {
  test.each(["en", "fr"] as const)(
    "arrives whole, in as few messages as their size allows, of which none is too large, in %s",
    (language) => {
      const card = digestOfMatters(language, 300);
      const parts = split(card, LIMITS, bytesOf);
      expect(parts.map(bytesOf).filter((bytes) => bytes > 80_000)).toEqual([]);
      expect(parts.length).toBeLessThanOrEqual(Math.ceil(bytesOf(card) / LIMITS.bytes!) + 1);
      const read = (one: Card) => readLines(adaptiveCard(one)).join("");
      const numbers = (text: string) => [...new Set(text.match(/SAN-2023-\d+/g))];
      expect(numbers(parts.map(read).join())).toEqual(numbers(plainText(card)));
      expect(numbers(parts.map((part) => (messageOf(part) as { summary: string }).summary).join()).length).toBe(300);
      expect(numbers(parts.map((part) => adaptiveCard(part).fallbackText).join()).length).toBe(300);
    },
  );
});
