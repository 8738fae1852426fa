import { setTimeout as sleep } from "node:timers/promises";
import { RespondError } from "@slack/bolt";
import type { Card } from "../../../src/ports/card.ts";
import type { Answer } from "../../../src/ports/chat.ts";
import { type Asker, askingOf, type Room } from "./asker.ts";
import { type AskerWords, wordsFor } from "./asker-words.ts";
import { BlocksRefused, isAboutBlocks, sendInBlocks } from "./blocks-fallback.ts";
import { failureOf, PerhapsShown, refusedWith, Stopped } from "./failure.ts";
import { partsUnhurried, type SlackMessage, wordsMessage } from "./message.ts";
import { openForm } from "./modal-open.ts";
import { isPerson } from "./places.ts";
import { unopenedCard } from "./unopened.ts";

/** Runs what was typed, or what a button carries, and shows the answer. */
export async function answerLine(room: Room, asker: Asker, text: string): Promise<void> {
  const asking = await askingOf(room, asker, [text]);
  await showAnswer(room, asker, await room.host.onCommand({ ...asking, text }));
}

/**
 * Opens the form of an answer where Slack lets one be opened now, and else shows the cards, which say the same in words; before them, that it was
 * Slack which did not open it.
 */
export async function showAnswer(room: Room, asker: Asker, answer: Answer): Promise<void> {
  const { form } = answer;
  const opening = form === undefined ? "none" : await openForm(room, asker, form);
  if (opening === "shown") return;
  if (form !== undefined && opening !== "none") {
    const words = await wordsFor(room, asker);
    await showCards(room, asker, [unopenedCard(form, opening, words, words.again)], "asker");
  }
  await showCards(room, asker, answer.cards, answer.audience);
}

/** Throws Stopped where the answer has several messages. */
export async function showCards(room: Room, asker: Asker, cards: readonly Card[], audience: Answer["audience"]): Promise<void> {
  const { state, log } = room.host;
  const where = { client: asker.client, team: asker.team, state, log, pause: () => sleep(PAUSE) };
  const parts = (await Promise.all(cards.map(partsUnhurried))).flat();
  const barred: unknown[] = [];
  let shown = 0;
  try {
    for (const part of parts) {
      await sendInBlocks(part, where, (message) => inTurn(() => say(asker, message, audience, barred)));
      shown += 1;
    }
  } catch (error) {
    throw parts.length === 1 ? error : new Stopped(shown, parts.length, error);
  } finally {
    // Once, however many messages it holds of.
    if (barred.length > 0) await sayWords(room, asker, (words) => words.reason(barred[0]));
  }
}

/** The most that Slack may ask an answer to wait, in seconds: whoever stops the program waits for it, and so does the asker. */
const MOST_SECONDS = 20;

/** Shows it when Slack lets it: an answer of many messages may be more than it takes at once, and the rest must not be lost. */
async function inTurn(show: () => Promise<void>): Promise<void> {
  for (let waited = 0; ; ) {
    try {
      return await show();
    } catch (error) {
      if (error instanceof BlocksRefused) throw error;
      const failure = failureOf(error);
      const seconds = failure.retry === "later" ? failure.afterSeconds : undefined;
      if (seconds === undefined || waited + seconds > MOST_SECONDS) throw error;
      await sleep(seconds * 1_000);
      waited += Math.max(seconds, 1);
    }
  }
}

/** While Slack works on a picture. */
const PAUSE = 1_000;

/**
 * A sentence of the adapter's own to the asker alone, by the Web API where a response_url leaves open whether it was shown: twice is better than not
 * at all. Never throws, since nothing is left that could tell of it.
 */
export async function sayWords(room: Room, asker: Asker, text: (words: AskerWords) => string): Promise<void> {
  try {
    const message = wordsMessage(text(await wordsFor(room, asker)));
    if (!(await responded(asker, message, "asker").catch(() => false))) await tell(asker, message);
  } catch (error) {
    room.host.log.error({ err: error, id: asker.id }, "slack: an answer could not be shown");
  }
}

/**
 * Shows one message of an answer; a response_url serves five times in thirty minutes, and after that the Web API serves. Throws where Slack
 * refuses the blocks: nothing was shown then. Why it was not shown to everybody is added to `barred`.
 */
async function say(asker: Asker, message: SlackMessage, audience: Answer["audience"], barred: unknown[]): Promise<void> {
  if (await responded(asker, message, audience)) return;
  if (audience === "asker") return tell(asker, message);
  try {
    await asker.client.chat.postMessage({ channel: asker.channel, ...inThread(asker), ...message, ...UNADORNED });
  } catch (error) {
    if (!NOT_THERE.has(refusedWith(error) ?? "")) throw error;
    // What was meant for everybody is shown to the asker at least, and how the bot comes to be there.
    await tell(asker, message);
    barred.push(error);
  }
}

const UNADORNED = { mrkdwn: false, unfurl_links: false, unfurl_media: false } as const;

/** The bot, or the asker as the bot sees them, is not in the conversation, or nobody may post there. */
const NOT_THERE: ReadonlySet<string> = new Set([
  "not_in_channel",
  "channel_not_found",
  "user_not_in_channel",
  "is_archived",
  "restricted_action",
  "restricted_action_read_only_channel",
]);

/** To the asker alone: in the conversation where the bot is in it, else by direct message. */
async function tell(asker: Asker, message: SlackMessage): Promise<void> {
  const { client, channel, user } = asker;
  try {
    if (!isPerson(channel)) {
      await client.chat.postEphemeral({ channel, user, ...inThread(asker), ...message });
      return;
    }
  } catch (error) {
    if (!NOT_THERE.has(refusedWith(error) ?? "")) throw error;
  }
  await client.chat.postMessage({ channel: user, ...message, ...UNADORNED });
}

function inThread({ thread }: Asker): { readonly thread_ts?: string } {
  return thread === undefined ? {} : { thread_ts: thread };
}

/** False where there is no response_url, or it serves no more. */
async function responded(asker: Asker, message: SlackMessage, audience: Answer["audience"]): Promise<boolean> {
  const { respond } = asker;
  if (respond === undefined) return false;
  const response_type = audience === "asker" ? "ephemeral" : "in_channel";
  try {
    const refused = refusalIn(
      await respond({ ...message, ...inThread(asker), response_type, replace_original: false, unfurl_links: false, unfurl_media: false }),
    );
    if (isAboutBlocks(refused)) throw new BlocksRefused(refused!);
    return refused === undefined;
  } catch (error) {
    if (error instanceof BlocksRefused) throw error;
    // Slack's own trouble leaves open whether the answer was shown; a refusal, and a connection that was never made, do not.
    const isRefused = error instanceof RespondError ? error.statusCode < 500 : failureOf(error).retry === "later";
    if (!isRefused) throw new PerhapsShown("It is not certain that an answer was shown", { cause: error });
    return false;
  }
}

/** A response_url may answer 200 with { ok: false, error }. */
function refusalIn(body: string): string | undefined {
  if (!body.startsWith("{")) return undefined;
  const { ok, error } = JSON.parse(body) as { readonly ok?: boolean; readonly error?: string };
  return ok === false ? (error ?? "unknown") : undefined;
}
