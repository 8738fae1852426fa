import { expect } from "vitest";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import { card, LONG, longCard } from "./chat-cards.ts";
import { type Clause, expectReason, kept, key, posted, referenceOf } from "./chat-clause.ts";
import type { ChatHarness } from "./chat-harness.ts";

/** When the clauses post, and since when they look for what was posted. */
const TEN = "2024-03-05T10:00:00.000Z" as Instant;
const SINCE = "2024-03-05T09:59:30.000Z" as Instant;

/** That a card is said once, can be found again, and is known to be gone where somebody removed it. */
export const DELIVERY_CLAUSES: readonly Clause[] = [
  kept("a card that the platform cut off goes on with the rest when it is posted again", async (chat) => {
    const once = key();
    void chat.failNext("throttled", 1);
    expect(await chat.adapter.post(chat.place, longCard("row"), once)).toMatchObject({ ok: false, retry: "later" });
    await posted(chat, longCard("row"), once);
    await expectOnce(chat);
  }),
  kept("a card in whose midst the program died goes on with the rest when it is posted again", async (chat) => {
    const once = key();
    const struck = chat.failNext("silent", 1);
    // Whoever dies hears no answer.
    void chat.adapter.post(chat.place, longCard("row"), once);
    await struck;
    await chat.restart();
    await posted(chat, longCard("row"), once);
    await expectOnce(chat);
  }),
  kept("whoever posts is asked before each message, and sends no more where somebody else may go on with the card", async (chat) => {
    const [once, another] = [key(), key()];
    const later = { ok: false, retry: "later" };
    const post = (of: DeliveryKey, may: Consent) => chat.adapter.post(chat.place, longCard("row"), of, undefined, may.ask);
    expect(await post(once, consentTo(0))).toMatchObject(later);
    expect(await chat.shown()).toEqual([]);
    const always = consentTo(Number.POSITIVE_INFINITY);
    expect(await post(once, always)).toMatchObject({ ok: true });
    expect(always.asked).toBeGreaterThanOrEqual((await chat.shown()).length);
    await expectOnce(chat);
    if (always.asked === 1) return;
    await chat.wipe();
    expect(await post(another, consentTo(1))).toMatchObject(later);
    expect(await chat.shown()).toHaveLength(1);
    await posted(chat, longCard("row"), another);
    await expectOnce(chat);
  }),
  kept("whoever changes a card is asked before each message, and changes no more where the answer is no", async (chat) => {
    let reference = await posted(chat, longCard("row"));
    const [before, later] = [await chat.shown(), { ok: false, retry: "later" }];
    const change = (word: string, may: Consent) => chat.adapter.update(reference, longCard(word), may.ask);
    expect(await change("never", consentTo(0))).toMatchObject(later);
    expect(await chat.shown()).toEqual(before);
    const always = consentTo(Number.POSITIVE_INFINITY);
    reference = referenceOf(await change("changed", always));
    // A terminal shows a card in one.
    if (!chat.adapter.inPlace) return;
    expect(always.asked).toBeGreaterThanOrEqual(before.length);
    expect(await change("last", consentTo(1))).toMatchObject(later);
    const rows = (await chat.shown()).join("\n").match(/(?:changed|last) \d+ /g)!;
    expect(rows.filter((row) => row.startsWith("last")).length).toBeGreaterThan(0);
    expect(rows.at(-1)).toBe(`changed ${LONG - 1} `);
  }),
  kept("a card that the platform has is found by its key, as it would be referred to", async (chat) => {
    chat.setTime(TEN);
    for (const one of [card("short"), longCard("long")]) {
      const once = key();
      const reference = await posted(chat, one, once);
      expect(await chat.adapter.find(chat.place, once, SINCE)).toBe(reference);
    }
  }),
  kept("a card in a thread is found by its key too", async (chat) => {
    chat.setTime(TEN);
    const root = await posted(chat, card("root"));
    const once = key();
    const reference = await posted(chat, longCard("below"), once, root);
    expect(await chat.adapter.find(chat.place, once, SINCE)).toBe(reference);
  }),
  kept("a card that was not shown is not found", async (chat) => {
    chat.setTime(TEN);
    await posted(chat, card("another"));
    expect(await chat.adapter.find(chat.place, key(), SINCE)).toBe(null);
  }),
  kept("a card that was shown is never said not to be", async (chat) => {
    chat.setTime(TEN);
    const once = key();
    await posted(chat, card("said"), once);
    expect(await chat.adapter.find(chat.place, once, SINCE)).not.toBe(null);
    await chat.restart();
    expect(await chat.adapter.find(chat.place, once, SINCE)).not.toBe(null);
  }),
  kept("a card that was shown in part is neither found nor missing, and the next post goes on with the rest", async (chat) => {
    chat.setTime(TEN);
    const once = key();
    void chat.failNext("reset-after-accepting", 1);
    expect(await chat.adapter.post(chat.place, longCard("row"), once)).toMatchObject({ ok: false, retry: "unknown" });
    expect(await chat.adapter.find(chat.place, once, SINCE)).toBe("partly");
    await posted(chat, longCard("row"), once);
    await expectOnce(chat);
  }),
  kept("where it may not read, it cannot tell", async (chat) => {
    chat.setTime(TEN);
    const once = key();
    await posted(chat, card("said"), once);
    await chat.blind();
    expect(await chat.adapter.find(chat.place, once, SINCE)).toBe("cannot-tell");
    expect(await chat.adapter.find("elsewhere:T1/C1" as Place, "elsewhere" as DeliveryKey, SINCE)).toBe("cannot-tell");
  }),
  kept("a message that somebody removed is gone when it is to be replaced", async (chat) => {
    for (const one of [card("removed"), longCard("removed")]) {
      const reference = await posted(chat, one);
      await chat.wipe();
      const result = await chat.adapter.update(reference, card("after"));
      expect(result).toMatchObject({ ok: false, retry: "never", gone: true });
      expectReason(result);
    }
    expect(await chat.shown()).toEqual([]);
  }),
  kept("a place that is gone or forbidden is not taken for a message that is gone", async (chat) => {
    const reference = await posted(chat, card("before"));
    for (const fault of ["gone", "forbidden"] as const) {
      void chat.failNext(fault);
      const result = await chat.adapter.update(reference, card("after"));
      expect(result).toMatchObject({ ok: false, retry: "never" });
      expect(result).not.toHaveProperty("gone");
    }
  }),
  kept("what it says of changing in place is true", async (chat) => {
    const reference = await posted(chat, card("the old words"));
    referenceOf(await chat.adapter.update(reference, card("the new words")));
    const shown = (await chat.shown()).join("\n");
    expect(shown).toContain("the new words");
    expect(shown.includes("the old words")).toBe(!chat.adapter.inPlace);
  }),
];

interface Consent {
  asked: number;
  ask(): Promise<boolean>;
}

/** To so many messages. */
function consentTo(messages: number): Consent {
  const consent: Consent = {
    asked: 0,
    async ask() {
      consent.asked += 1;
      return consent.asked <= messages;
    },
  };
  return consent;
}

/** Every row of the long card stands there once, in order. */
async function expectOnce(chat: ChatHarness): Promise<void> {
  const rows = (await chat.shown()).join("\n").match(/row \d+ /g);
  expect(rows).toEqual(Array.from({ length: LONG }, (_, row) => `row ${row} `));
}
