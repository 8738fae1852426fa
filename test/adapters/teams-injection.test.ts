import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { split } from "../../adapters/chat/shared/split.ts";
import { adaptiveCard, bytesOf, LIMITS, messageOf } from "../../adapters/chat/teams/adaptive-card.ts";
import type { Card } from "../../src/ports/card.ts";
import type { PersonRef } from "../../src/ports/chat.ts";
import { cardProblems, readButtons, readLines, withoutMarkdown } from "../fakes/teams-platform/card-check.ts";
import { SEED } from "../support/seeded.ts";
import { cardOf, longStrings, shortStrings } from "./slack-injection-words.ts";

const MINUTES = { timeout: 300_000 };

/** The library of the cards' own makers, without a document to draw in. */
const parser = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js") as typeof import("adaptivecards");

/** What Teams could take for a mention, a date or markup: words of elements that read Markdown, and entities. */
function livelyIn(card: unknown, name: string | null): readonly string[] {
  const found: string[] = [];
  JSON.stringify(card, (_, value: unknown) => {
    const { type, text, facts } = (value ?? {}) as { type?: unknown; text?: unknown; facts?: readonly { title: string; value: string }[] };
    const words = type === "TextBlock" ? [String(text)] : type === "FactSet" ? facts!.flatMap((fact) => [fact.title, fact.value]) : [];
    const mention = `<at>${name}</at>`;
    for (const word of words.map((word) => (name === null ? word : word.replaceAll(mention, "").replaceAll("**", ""))))
      if (/[*_`~#<>&|\\[\]{}]|:\/\//.test(word)) found.push(word);
    return value;
  });
  return found;
}

/** A line for each that is not empty: where a reader sees one. */
function lines(...texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split("\n")).filter((line) => line !== "");
}

/** What a reader must see of that card, in order. */
function seenOf(word: string): readonly string[] {
  const [line, again] = [lines(word), lines(word, word)];
  return [
    ...[line, line, lines(word + word + word), lines(word + word), line, lines(word + word)].flat(),
    ...[line, line, again].flat(),
    // A chart whose labels are the same is written: its title, what it shows, its values.
    ...[line, line, again, again].flat(),
    ...line,
  ].filter((each) => each !== "");
}

function differing(words: readonly string[], came: (word: string) => unknown, should: (word: string) => unknown): readonly string[] {
  return words.flatMap((word) => {
    const [left, right] = [JSON.stringify(came(word)), JSON.stringify(should(word.toWellFormed()))];
    return left === right ? [] : [`${JSON.stringify(word)}: ${left} instead of ${right}`];
  });
}

describe(`10,000 strings that somebody typed (CUREWATCH_TEST_SEED=${SEED})`, () => {
  const words = shortStrings(10_000, SEED);

  test("come out as themselves in every part of a card, and in what is read aloud", MINUTES, () => {
    expect(words.filter((word) => /[<&*_~`:]/.test(word)).length).toBeGreaterThan(5_000);
    const wrong = differing(
      words,
      (word) => {
        const [part, ...more] = split(cardOf(word), { ...LIMITS, labelCharacters: 100 }, bytesOf);
        const message = messageOf(part) as { summary: string; attachments: readonly { content: { fallbackText: string } }[] };
        const card = message.attachments[0]!.content;
        const isNamed = JSON.stringify(card).includes("<at>") && !/^$/.test(word) ? word.toWellFormed() : null;
        return [more, readLines(card), livelyIn(card, isNamed), message.summary, card.fallbackText, cardProblems(card)];
      },
      (word) => {
        const plain = plainText(cardOf(word));
        return [[], seenOf(word), [], plain, plain, []];
      },
    );
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test("come back as themselves with the button that carries them, and stand on it", () => {
    const wrong = differing(
      words,
      (word) => {
        const actions = [{ label: word, command: word }];
        const [button] = readButtons(adaptiveCard({ title: "M-1", tone: "calm", blocks: [{ kind: "actions", actions }] }));
        return [button!.title, (button!.data as { command: string }).command];
      },
      (word) => [word, word],
    );
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test("are parsed by the library of Adaptive Cards without a complaint but for the chart, which it does not know", MINUTES, () => {
    for (const word of words.slice(0, 1_000)) {
      const context = new parser.SerializationContext(parser.Versions.v1_5);
      const card = new parser.AdaptiveCard();
      card.parse(adaptiveCard(cardOf(word)), context);
      const complaints = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
      expect(complaints.filter((text) => !text.includes("Chart.VerticalBar"))).toEqual([]);
      expect(card.validateProperties().validationEvents).toEqual([]);
    }
  });

  test("are mentioned as people only where they are names without markup", () => {
    let mentioned = 0;
    for (const name of words) {
      const text = [{ person: "teams:29:x" as PersonRef, name }, " is asked"];
      const card = adaptiveCard({ title: "M-1", tone: "calm", blocks: [{ kind: "text", text }] });
      const isMentioned = card.msteams?.entities !== undefined;
      mentioned += Number(isMentioned);
      if (isMentioned) expect([name, withoutMarkdown(name), /[<>&*_`[\]\\]/.test(name)]).toEqual([name, name, false]);
      else expect(JSON.stringify(card.body)).not.toContain('"TextBlock"');
    }
    expect(mentioned).toBeGreaterThan(100);
  });
});

test(`strings of many pages come out as themselves across the messages that they take (CUREWATCH_TEST_SEED=${SEED})`, MINUTES, () => {
  const squeezed = (text: string) => text.replaceAll(/\s/g, "");
  for (const given of longStrings(60, SEED)) {
    const blocks: Card["blocks"] = [
      { kind: "text", text: [given] },
      { kind: "rows", heading: [], rows: [[[given], [given]]] },
    ];
    const messages = split({ title: "Long", tone: "calm", blocks }, LIMITS, bytesOf).map((part) => adaptiveCard(part));
    const eye = messages.map((card) => readLines(card).slice(1).join("")).join("");
    expect(squeezed(eye)).toBe(squeezed(given.toWellFormed().repeat(3)));
    expect(messages.flatMap(cardProblems)).toEqual([]);
  }
});
