import { describe, expect, test } from "vitest";
import { consoleAdapter, TERMINAL } from "../../adapters/chat/console/console.ts";
import type { Action, Card } from "../../src/ports/card.ts";
import type { DeliveryKey, MayGoOn, Place, PostRef } from "../../src/ports/chat.ts";
import { instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { type ChatHarness, chatAdapterContract } from "../contracts/chat-adapter.ts";
import { testHost } from "../contracts/chat-host.ts";

const SCROLLS = "a terminal scrolls: what it has shown stays, and the new card is shown below";
const NOBODY_REMOVES = "what a terminal has shown nobody removes";
const FORGETS = "what an earlier process has printed nobody can read back";
const ALONE = "a terminal is read by whoever sits in front of it, and nobody else";
const NO_NETWORK = "a terminal has no network between itself and the program";

chatAdapterContract("console", consoleHarness, {
  "what was posted can be replaced by its reference": SCROLLS,
  "a long card can be replaced by a short one and a short one by a long one, and nothing of the old one stays": SCROLLS,
  "an answer to the asker is not shown to the place": "whoever sits in front of a terminal is both",
  "a platform that asks to wait: later, after as many seconds as it says": NO_NETWORK,
  "a platform that fails: unknown, and the message is not sent again": NO_NETWORK,
  "a platform that fails after accepting: unknown, and the message is shown once": NO_NETWORK,
  "a connection that breaks after accepting: unknown, and the message is shown once": NO_NETWORK,
  "a platform that does not answer: unknown, and post returns all the same": NO_NETWORK,
  "a place that is gone: never, with a reason": NO_NETWORK,
  "a place where the bot may not write: never, with a reason": NO_NETWORK,
  "a failure of the platform during an update is a value too": NO_NETWORK,
  "after a failure the next post goes through": NO_NETWORK,
  "a card that the platform cut off goes on with the rest when it is posted again": NO_NETWORK,
  "a card in whose midst the program died goes on with the rest when it is posted again": NO_NETWORK,
  "a card that was shown in part is neither found nor missing, and the next post goes on with the rest": NO_NETWORK,
  "a card that was not shown is not found": FORGETS,
  "a message that somebody removed is gone when it is to be replaced": NOBODY_REMOVES,
  "a card under a message that somebody removed is shown in the place itself": NOBODY_REMOVES,
  "a place that is gone or forbidden is not taken for a message that is gone": NO_NETWORK,
  "a person has a place of their own, which nobody else sees, and what is posted there can be replaced":
    "whoever sits in front of a terminal is the only one there",
  "it is not connected any more once it was stopped": "a terminal is there as long as the process",
  "a place of the company's own people is internal": ALONE,
  "a place in which the bot is not is told as such": ALONE,
  "that a place is shared with another company is known within a quarter of an hour": ALONE,
  "a platform in trouble is not an error: who reads a place is unknown where nothing was ever told": NO_NETWORK,
  "a platform in trouble is not an error: what somebody is is unknown where nothing was ever told": NO_NETWORK,
  "while the platform is in trouble its last word on a place holds for a day, and no longer": NO_NETWORK,
  "while the platform is in trouble its last word on a person holds for a day, and no longer": NO_NETWORK,
  "once it was stopped, it can tell of no place that others may read": ALONE,
  "what time the platform says that it is is passed on, once a response": NO_NETWORK,
});

describe("the console", () => {
  test("shows buttons as the commands that can be typed in their stead", async () => {
    const chat = await consoleHarness();
    const actions: readonly Action[] = [
      { label: "Acknowledge", command: "acknowledge M-1" },
      { label: "why M-1", command: "why M-1" },
    ];
    await chat.adapter.post(TERMINAL, { title: "M-1", tone: "calm", blocks: [{ kind: "actions", actions }] }, "k" as DeliveryKey);
    expect(await chat.shown()).toEqual(["M-1\n[Acknowledge: acknowledge M-1] [why M-1]"]);
    await chat.close();
  });

  test("lets no text move the cursor or recolour the terminal", async () => {
    const chat = await consoleHarness();
    await chat.adapter.post(TERMINAL, { title: "\u001b[2Jgone\r\u009b31m", tone: "calm", blocks: [] }, "k" as DeliveryKey);
    expect(await chat.shown()).toEqual(["�[2Jgone��31m"]);
    await chat.close();
  });
});

async function consoleHarness(): Promise<ChatHarness> {
  const host = await testHost();
  const written: string[] = [];
  const commands: Action[] = [];
  const open = async () => {
    const adapter = consoleAdapter({ write: (text) => written.push(text) });
    await adapter.start(host);
    return adapter;
  };
  let adapter = await open();
  const type = async (text: string, options: { readonly id?: string } = {}) => {
    const before = written.length;
    await adapter.type(text, options.id);
    return written.slice(before);
  };
  const restart = async () => {
    adapter = await open();
  };
  const impossible = () => {
    throw new Error(NO_NETWORK);
  };
  return {
    get adapter() {
      return {
        ...adapter,
        async post(to: Place, card: Card, once: DeliveryKey, under?: PostRef, mayGoOn?: MayGoOn) {
          commands.push(...card.blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])));
          return adapter.post(to, card, once, under, mayGoOn);
        },
      };
    },
    place: TERMINAL,
    absent: "console:elsewhere" as Place,
    heard: host.heard,
    times: host.times,
    answerWith: host.answerWith,
    type,
    // The person reads the command in the brackets and types it.
    press: (label) => type(commands.findLast((action) => action.label === label)!.command),
    shown: async () => written,
    glanced: async () => written,
    shownToPerson: async () => written,
    setTime: (at) => host.clock.set(at),
    pass: (seconds) => host.clock.set(instantOf(millisecondsOf(host.clock.now()) + seconds * 1000)),
    asked: () => 0,
    share: impossible,
    trouble: impossible,
    failNext: impossible,
    wipe: impossible,
    blind: restart,
    restart,
    async close() {
      await adapter.stop();
      await host.close();
    },
  };
}
