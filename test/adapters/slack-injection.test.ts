import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { type BlockForm, blocksOf, CLASSIC, NEWEST } from "../../adapters/chat/slack/blocks.ts";
import { visualizationOf } from "../../adapters/chat/slack/chart.ts";
import { classicMessageOf, messageOf, messagesOf, partsOf } from "../../adapters/chat/slack/message.ts";
import { escapeText, readValue } from "../../adapters/chat/slack/text.ts";
import type { Card } from "../../src/ports/card.ts";
import { type Json, refusalOf } from "../fakes/slack-platform/check.ts";
import { render, renderBlocks } from "../fakes/slack-platform/render.ts";
import { fc, SEED } from "../support/seeded.ts";
import { cardOf, chartOf, longStrings, seenOf, shortStrings } from "./slack-injection-words.ts";

const MINUTES = { timeout: 300_000 };

/** What could ping, link or mention: text objects with Slack's own brackets, and elements of rich text that are not text. */
function livelyIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(livelyIn);
  if (typeof value !== "object" || value === null) return [];
  const { type, text, url } = value as Json;
  const isLively =
    ["mrkdwn", "user", "broadcast", "usergroup", "channel", "emoji", "date"].includes(String(type)) ||
    (type === "link" && url !== "https://example.org/") ||
    (type === "plain_text" && /[<>]|&(?!amp;|lt;|gt;)/.test(String(text)));
  return [...(isLively ? [JSON.stringify(value)] : []), ...Object.values(value).flatMap(livelyIn)];
}

function eachBlock(blocks: readonly unknown[]): readonly string[] {
  return blocks.map((block) => renderBlocks([block as Json]));
}

/** The words of which what came out differs from what should have; compared as JSON, since ten thousand assertions take minutes. */
function differing(words: readonly string[], came: (word: string) => unknown, should: (word: string) => unknown): readonly string[] {
  return words.flatMap((word) => {
    const [left, right] = [JSON.stringify(came(word)), JSON.stringify(should(word.toWellFormed()))];
    return left === right ? [] : [`${JSON.stringify(word)}: ${left} instead of ${right}`];
  });
}

describe(`10,000 strings that somebody typed (CUREWATCH_TEST_SEED=${SEED})`, () => {
  const words = shortStrings(10_000, SEED);

  test("come out as themselves in every block of a message and of a view, and in what is read aloud", MINUTES, () => {
    expect(words.filter((word) => /[<&*_~`:]/.test(word)).length).toBeGreaterThan(5_000);
    const wrong = differing(
      words,
      (word) => {
        const [part, ...more] = partsOf(cardOf(word));
        const [message, view] = [messageOf(part!, CLASSIC), blocksOf(cardOf(word), "view")];
        const plainest = classicMessageOf(part!);
        const ear = render({ text: message.text, mrkdwn: false });
        const lively = livelyIn([message, view, plainest]);
        return [
          more,
          eachBlock(message.blocks),
          eachBlock(view),
          ear,
          eachBlock(plainest.blocks).join(""),
          lively,
          refusalOf(message as never) ?? null,
        ];
      },
      (word) => [[], seenOf(word), seenOf(word), plainText(cardOf(word)), plainText(cardOf(word)), [], null],
    );
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test("come out as themselves in tables, beside pictures, and in a command that a button brings back", MINUTES, () => {
    const picture: BlockForm = { tables: false, charts: ["F0PICTURE01"] };
    let tables = 0;
    const wrong = differing(
      words,
      (word) => {
        const rows = [
          [[word], [{ bold: word }]],
          [[word], [word]],
        ];
        const blocks: Card["blocks"] = [
          { kind: "rows", heading: [word], rows },
          chartOf(word),
          { kind: "actions", actions: [{ label: "Go", command: word }] },
        ];
        const [part] = partsOf({ title: "", tone: "calm", blocks });
        const [newest, pictured] = [messageOf(part!, NEWEST), messageOf(part!, picture)];
        const isTable = newest.blocks.some(({ type }) => type === "table");
        tables += Number(isTable);
        const said = word.toWellFormed();
        const [cells, lines] = [`${said} | ${said}`, `• ${said} · ${said}`];
        const should = isTable ? [said, `${cells}\n${cells}`] : [`${said}\n${lines}\n${lines}`];
        const isSaid = should.every((block, index) => eachBlock(newest.blocks)[index] === block);
        const { elements } = newest.blocks.at(-1) as unknown as { readonly elements: readonly { readonly value: string }[] };
        // On the way back Slack may escape a value or not.
        const back = [readValue(elements[0]!.value), readValue(escapeText(elements[0]!.value))];
        return [isSaid, eachBlock(pictured.blocks).slice(1, 3), back, livelyIn([newest, pictured]), refusalOf(newest as never) ?? null];
      },
      (word) => [true, [`${word}\n[image: ${word}]`, word], [word, word], [], null],
    );
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(tables).toBeGreaterThan(1_000);
  });

  test("are given to a chart that Slack draws only where it could not read them as its own", MINUTES, () => {
    const drawn = words.flatMap((word) => visualizationOf({ ...chartOf(word), points: [{ label: word, value: 1, shown: "1" }] }) ?? []);
    expect(drawn.length).toBeGreaterThan(100);
    expect(drawn.filter((chart) => /[&<>]/.test(JSON.stringify(chart)))).toEqual([]);
  });
});

test(`strings of many pages come out as themselves across the messages that they take (CUREWATCH_TEST_SEED=${SEED})`, MINUTES, () => {
  const squeezed = (text: string) => text.replaceAll(/\s/g, "");
  for (const given of longStrings(100, SEED)) {
    const blocks: Card["blocks"] = [
      { kind: "text", text: [given] },
      { kind: "rows", heading: [], rows: [[[given]]] },
    ];
    const messages = messagesOf({ title: "Long", tone: "calm", blocks });
    const eye = messages.map((message) => eachBlock(message.blocks.slice(1)).join("").replaceAll("• ", "")).join("");
    expect(squeezed(eye)).toBe(squeezed(given.toWellFormed() + given.toWellFormed()));
    expect(livelyIn(messages)).toEqual([]);
    for (const message of messages) expect(refusalOf(message as never)).toBeUndefined();
  }
});

test("a mention and a link are made where the card means them, and nowhere else", () => {
  fc.assert(
    fc.property(fc.constantFrom("<@U2>", "<!here>", "ana"), (name) => {
      const text = [{ person: "slack:T1/U1" as never, name }, { link: name, href: "https://example.org/d?a=1&b=2" }, name];
      const [message] = messagesOf({ title: "", tone: "calm", blocks: [{ kind: "text", text }] });
      expect(message!.blocks).toEqual([
        {
          type: "rich_text",
          elements: [
            {
              type: "rich_text_section",
              elements: [
                { type: "user", user_id: "U1" },
                { type: "link", url: "https://example.org/d?a=1&b=2", text: name },
                { type: "text", text: name },
              ],
            },
          ],
        },
      ]);
    }),
  );
});
