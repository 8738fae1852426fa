import { describe, expect, test } from "vitest";
import { consoleAdapter, TERMINAL } from "../../adapters/chat/console/console.ts";
import type { Action } from "../../src/ports/card.ts";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { type ChatHarness, chatAdapterContract } from "../contracts/chat-adapter.ts";
import { testHost } from "../contracts/chat-host.ts";

const SCROLLS = "a terminal scrolls: what it has shown stays, and the new card is shown below";
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
  const adapter = consoleAdapter({ write: (text) => written.push(text) });
  await adapter.start(host);
  const type = async (text: string, options: { readonly id?: string } = {}) => {
    const before = written.length;
    await adapter.type(text, options.id);
    return written.slice(before);
  };
  return {
    adapter: {
      ...adapter,
      async post(to, card, once) {
        commands.push(...card.blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])));
        return adapter.post(to, card, once);
      },
    },
    place: TERMINAL,
    heard: host.heard,
    answerWith: host.answerWith,
    type,
    // The person reads the command in the brackets and types it.
    press: (label) => type(commands.findLast((action) => action.label === label)!.command),
    shown: async () => written,
    failNext() {
      throw new Error(NO_NETWORK);
    },
    async close() {
      await adapter.stop();
      await host.close();
    },
  };
}
