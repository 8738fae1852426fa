import { expect } from "vitest";
import type { PersonRef } from "../../src/ports/chat.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { card, LONG, longCard } from "./chat-cards.ts";
import { type Clause, expectAll, kept, key, posted, referenceOf } from "./chat-clause.ts";

/** Where a card can be put, how fast, and what the adapter knows of its platform. */
export const REACH_CLAUSES: readonly Clause[] = [
  kept("its pace is a whole number of milliseconds, 0 or more", async ({ adapter }) => {
    expect(Number.isInteger(adapter.pace) && adapter.pace >= 0).toBe(true);
  }),
  kept("a card under a message of the place is shown whole, and is seen in the place as well", async (chat) => {
    const root = await posted(chat, card("root"));
    const below = await posted(chat, longCard("below"), key(), root);
    expect((await chat.shown()).join("\n").match(/below \d+ /g)).toHaveLength(LONG);
    expect((await chat.glanced()).join("\n")).toContain("below 0 ");
    referenceOf(await chat.adapter.update(below, card("mended")));
    expectAll(await chat.shown(), ["root", "mended"]);
  }),
  kept("a card under a message that somebody removed is shown in the place itself", async (chat) => {
    const root = await posted(chat, card("root"));
    await chat.wipe();
    await posted(chat, card("below"), key(), root);
    expect(await chat.glanced()).toEqual(["below"]);
  }),
  kept("a person has a place of their own, which nobody else sees, and what is posted there can be replaced", async (chat) => {
    await chat.type("list");
    const place = chat.adapter.direct(chat.heard[0]!.person)!;
    const reference = referenceOf(await chat.adapter.post(place, card("for you"), key()));
    expect((await chat.shownToPerson()).at(-1)).toContain("for you");
    referenceOf(await chat.adapter.update(reference, card("for you alone")));
    expect((await chat.shownToPerson()).at(-1)).toContain("for you alone");
    expect((await chat.shown()).join("\n")).not.toContain("for you");
  }),
  kept("a person of another adapter has no place here", async ({ adapter }) => {
    expect(adapter.direct("elsewhere:T1/U1" as PersonRef)).toBe(null);
  }),
  kept("it is connected once it was started", async ({ adapter }) => {
    expect(adapter.connected()).toBe(true);
  }),
  kept("it is not connected any more once it was stopped", async ({ adapter }) => {
    await adapter.stop();
    expect(adapter.connected()).toBe(false);
  }),
  kept("what time the platform says that it is is passed on, once a response", async (chat) => {
    const [before, after] = ["2031-05-06T07:08:09.000Z", "1999-12-31T23:59:59.000Z"] as Instant[];
    chat.setTime(before!);
    const reference = await posted(chat, card("first"));
    chat.setTime(after!);
    void chat.failNext("broken");
    const told = chat.times.length;
    await chat.adapter.update(reference, card("second"));
    const seconds = (at: Instant) => instantOf(Math.floor(millisecondsOf(at) / 1000) * 1000);
    expect(chat.times.slice(told - 1).map(seconds)).toEqual([before, after]);
  }),
];
