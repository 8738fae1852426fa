import { expect } from "vitest";
import type { Card } from "../../src/ports/card.ts";
import type { DeliveryKey, PostRef, PostResult } from "../../src/ports/chat.ts";
import { card } from "./chat-cards.ts";
import type { ChatHarness, Fault } from "./chat-harness.ts";

/** One promise of the port and how it is tried on an adapter that is opened for it alone. */
export interface Clause {
  readonly clause: string;
  run(open: () => Promise<ChatHarness>): Promise<void>;
}

export function kept(clause: string, body: (chat: ChatHarness) => Promise<void>): Clause {
  return {
    clause,
    async run(open) {
      const chat = await open();
      try {
        await body(chat);
      } finally {
        await chat.close();
      }
    },
  };
}

export function failing(clause: string, fault: Fault, expected: object, times?: number): Clause {
  return kept(clause, async (chat) => {
    void chat.failNext(fault);
    const result = await chat.adapter.post(chat.place, card("said once"), key());
    expect(result).toMatchObject({ ok: false, ...expected });
    expectReason(result);
    const shown = (await chat.shown()).join("\n").split("said once").length - 1;
    if (times !== undefined) expect(shown).toBe(times);
    expect(shown).toBeLessThanOrEqual(1);
  });
}

export async function posted(chat: ChatHarness, card: Card, once = key(), under?: PostRef): Promise<PostRef> {
  return referenceOf(await chat.adapter.post(chat.place, card, once, under));
}

export function referenceOf(result: PostResult): PostRef {
  expect(result).toMatchObject({ ok: true });
  return (result as Extract<PostResult, { ok: true }>).posted;
}

export function expectReason(result: PostResult): void {
  expect(result.ok || result.reason.trim().length).toBeGreaterThan(10);
}

export function expectAll(shown: readonly string[], texts: readonly string[]): void {
  const all = shown.join("\n");
  expect(texts.filter((text) => !all.includes(text))).toEqual([]);
}

let keys = 0;
export function key(): DeliveryKey {
  keys += 1;
  return `contract/${keys}` as DeliveryKey;
}
