import { expect, test } from "vitest";
import { split, splitUnhurried } from "../../adapters/chat/shared/split.ts";
import { partsOf, partsUnhurried } from "../../adapters/chat/slack/message.ts";
import { slackPosts } from "../../adapters/chat/slack/post.ts";
import { bytesOf, LIMITS } from "../../adapters/chat/teams/adaptive-card.ts";
import { placing } from "../../adapters/chat/teams/posting.ts";
import type { Card, Text } from "../../src/ports/card.ts";
import type { AdapterState, DeliveryKey, Log, Place } from "../../src/ports/chat.ts";
import { turnsDuring } from "../support/turns.ts";

const rows = Array.from({ length: 2_000 }, (_, index): readonly Text[] => [
  [{ bold: `Respondent ${index} SA · SAN-${index}` }, " The time to comply ended on 18 Feb. Comply today still. €150 a day since 19 Feb."],
]);
/** The digest of a place that watches everything. */
const LONG: Card = {
  title: "Digest",
  tone: "overdue",
  blocks: [
    { kind: "text", text: [{ bold: "€300,000 have run" }] },
    { kind: "rows", heading: [{ bold: "Act now" }], rows },
  ],
};
const SHORT: Card = { ...LONG, blocks: LONG.blocks.slice(0, 1) };

test("others go first while a card of thousands of lines is divided, into what it is divided into at once", async () => {
  const slack = await turnsDuring(() => partsUnhurried(LONG));
  expect(slack.made).toEqual(partsOf(LONG));
  expect(slack.turns).toBeGreaterThan(slack.made.length);
  const teams = await turnsDuring(() => splitUnhurried(LONG, LIMITS, bytesOf));
  expect(teams.made).toEqual(split(LONG, LIMITS, bytesOf));
  expect(teams.turns).toBeGreaterThan(teams.made.length);
});

test("a card of one message waits for nobody", async () => {
  expect((await turnsDuring(() => partsUnhurried(SHORT))).turns).toBe(0);
  expect((await turnsDuring(() => splitUnhurried(SHORT, LIMITS, bytesOf))).turns).toBe(0);
});

const STATE = { get: async () => undefined, set: async () => undefined, delete: async () => undefined } as unknown as AdapterState;

/** How often others could go first before the first message, which is refused. */
async function turnsBefore(post: (first: () => void) => Promise<unknown>): Promise<number> {
  let begun: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const posting = post(begun);
  const { turns } = await turnsDuring(() => first);
  await posting;
  return turns;
}

test("whoever posts such a card to Slack or Teams lets others go first before its first message", async () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined } as Log;
  const refusing = (first: () => void) => ({
    chat: {
      postMessage: async () => {
        first();
        throw new Error("away");
      },
    },
  });
  const slack = await turnsBefore((first) =>
    slackPosts({ client: refusing(first) as never, team: "T1", bot: undefined, state: STATE, log, pause: async () => undefined }).post(
      "slack:T1/C1" as Place,
      LONG,
      "k" as DeliveryKey,
    ),
  );
  expect(slack).toBeGreaterThan(20);
  const teams = await turnsBefore((first) => {
    const connector = {
      post: async () => {
        first();
        return { ok: false, retry: "later", reason: "away" };
      },
    };
    const to = { serviceUrl: "https://smba.example", conversation: "19:x" };
    return placing(connector as never, STATE)({ to, card: LONG, note: "k", as: "post" });
  });
  expect(teams).toBeGreaterThan(20);
});
