import { describe, expect, test } from "vitest";
import { messageOf } from "../../adapters/chat/teams/adaptive-card.ts";
import type { Card } from "../../src/ports/card.ts";
import { FULL } from "../contracts/chat-cards.ts";
import { leakIn } from "../fakes/discreet-check.ts";
import { ANNA, CHANNEL, typed } from "../fakes/teams-platform/activities.ts";
import { cardOf } from "../fakes/teams-platform/card-check.ts";
import type { ShownMessage } from "../fakes/teams-platform/teams-platform.ts";
import { INSECURE, key, openScene, placeIn, readMessage } from "./teams-harness.ts";

const SENTENCE = "A restricted matter needs you.";
const SECRET: Card = { ...FULL, discreet: SENTENCE };

/** Everything by which Teams, or a client that cannot show the card, announces the message. */
function announced({ activity }: ShownMessage): readonly unknown[] {
  const { summary, text } = activity;
  const { fallbackText, speak } = cardOf(activity);
  return [summary, fallbackText, ...[text, speak].filter((said) => said !== undefined)];
}

describe("a discreet card in Teams", () => {
  test("says its sentence alone in its summary and fallback text, in every message, when it is posted and when it is replaced", async () => {
    const { platform, bot, say } = await openScene();
    await say(typed(platform.serviceUrl, CHANNEL, "list"));
    platform.wipe(CHANNEL);
    const rows = Array.from({ length: 900 }, (_, row) => [[`SECRET-${row}`], ["EUR 150 for each day of delay, since Monday"]]);
    const long: Card = { ...SECRET, blocks: [{ kind: "rows", heading: ["Overdue"], rows }] };
    const posted = await bot.adapter.post(placeIn(CHANNEL), long, key());
    expect(platform.shown(CHANNEL).length).toBeGreaterThan(1);
    for (const message of platform.shown(CHANNEL)) expect(announced(message)).toEqual([SENTENCE, SENTENCE]);
    expect(platform.shown(CHANNEL).map(readMessage).join("\n")).toContain("SECRET-899");
    if (posted.ok) await bot.adapter.update(posted.posted, SECRET);
    expect(platform.shown(CHANNEL).map(announced)).toEqual([[SENTENCE, SENTENCE]]);
    expect(platform.shown(CHANNEL).map(readMessage).join("\n")).toContain(FULL.title);
  });

  test("says no more as an answer to one person, or with people by name", async () => {
    const { platform, bot, say } = await openScene(INSECURE, { members: [ANNA] });
    bot.answerWith(() => ({ cards: [SECRET], audience: "asker" }));
    await say(typed(platform.serviceUrl, CHANNEL, "show SECRET-1"));
    expect(platform.whispered(CHANNEL).map(announced)).toEqual([[SENTENCE, SENTENCE]]);
    expect(messageOf(SECRET, { mentions: false })).toMatchObject({ summary: SENTENCE });
  });
});

describe("the pretended platforms", () => {
  test.each([
    ["all of it", "SECRET-1 is due. EUR 150", undefined],
    ["nothing of it", SENTENCE, undefined],
    ["a line of it", "EUR 150 a day", /gives away/],
    ["its reference", "A matter needs you: SECRET-1", /gives away SECRET-1/],
  ])("take a message that announces %s only where that is all or nothing", (_, said, refused) => {
    const leak = leakIn(said, ["SECRET-1 is due", "EUR 150 a day", "Acknowledge"]);
    if (refused === undefined) expect(leak).toBeUndefined();
    else expect(leak).toMatch(refused);
  });
});
