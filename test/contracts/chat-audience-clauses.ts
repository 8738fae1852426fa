import { expect } from "vitest";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { type Clause, kept } from "./chat-clause.ts";
import type { ChatHarness } from "./chat-harness.ts";

const MINUTE = 60;
const QUARTER = 15 * MINUTE;
const DAY = 86_400;

async function typist(chat: ChatHarness): Promise<PersonRef> {
  await chat.type("list");
  return chat.heard.at(-1)!.person;
}

/** Who reads a place and what somebody is, as far as the platform tells, and how often it is asked. */
export const AUDIENCE_CLAUSES: readonly Clause[] = [
  kept("a person's own conversation is read by that person alone", async (chat) => {
    const person = await typist(chat);
    expect(await chat.adapter.audience(chat.adapter.direct(person)!)).toEqual({ kind: "person", person });
  }),
  kept("a place of the company's own people is internal", async (chat) => {
    expect(await chat.adapter.audience(chat.place)).toEqual({ kind: "internal" });
  }),
  kept("somebody of the company is a member", async (chat) => {
    expect(await chat.adapter.kindOf(await typist(chat))).toBe("member");
  }),
  kept("who reads a place of another adapter is unknown", async ({ adapter }) => {
    expect(await adapter.audience("elsewhere:T1/C1" as Place)).toEqual({ kind: "unknown" });
  }),
  kept("a place in which the bot is not is told as such", async (chat) => {
    expect(await chat.adapter.audience(chat.absent)).toEqual({ kind: "unknown", because: "absent" });
  }),
  kept("what a person of another adapter is is unknown", async ({ adapter }) => {
    expect(await adapter.kindOf("elsewhere:T1/U1" as PersonRef)).toBe("unknown");
  }),
  kept("that a place is shared with another company is known within a quarter of an hour", async (chat) => {
    await chat.adapter.audience(chat.place);
    await chat.share();
    chat.pass(QUARTER);
    expect(await chat.adapter.audience(chat.place)).toEqual({ kind: "shared", because: "external" });
  }),
  kept("who reads a place is asked of the platform once, however often it is wanted within a minute", async (chat) => {
    const first = await chat.adapter.audience(chat.place);
    const asked = chat.asked();
    chat.pass(MINUTE);
    expect(await chat.adapter.audience(chat.place)).toEqual(first);
    expect(chat.asked()).toBe(asked);
  }),
  kept("what somebody is is asked of the platform once, however often it is wanted within a minute", async (chat) => {
    const person = await typist(chat);
    const first = await chat.adapter.kindOf(person);
    const asked = chat.asked();
    chat.pass(MINUTE);
    expect(await chat.adapter.kindOf(person)).toBe(first);
    expect(chat.asked()).toBe(asked);
  }),
  kept("a platform in trouble is not an error: who reads a place is unknown where nothing was ever told", async (chat) => {
    chat.trouble(true);
    expect(await chat.adapter.audience(chat.place)).toMatchObject({ kind: "unknown" });
  }),
  kept("a platform in trouble is not an error: what somebody is is unknown where nothing was ever told", async (chat) => {
    const person = await typist(chat);
    chat.trouble(true);
    expect(await chat.adapter.kindOf(person)).toBe("unknown");
  }),
  kept("while the platform is in trouble its last word on a place holds for a day, and no longer", async (chat) => {
    const told = await chat.adapter.audience(chat.place);
    chat.trouble(true);
    chat.pass(DAY / 2);
    expect(await chat.adapter.audience(chat.place)).toEqual(told);
    chat.pass(DAY / 2 + MINUTE);
    expect(await chat.adapter.audience(chat.place)).toMatchObject({ kind: "unknown" });
    chat.trouble(false);
    chat.pass(QUARTER);
    expect(await chat.adapter.audience(chat.place)).toEqual(told);
  }),
  kept("while the platform is in trouble its last word on a person holds for a day, and no longer", async (chat) => {
    const person = await typist(chat);
    const told = await chat.adapter.kindOf(person);
    chat.trouble(true);
    chat.pass(DAY / 2);
    expect(await chat.adapter.kindOf(person)).toBe(told);
    chat.pass(DAY / 2 + MINUTE);
    expect(await chat.adapter.kindOf(person)).toBe("unknown");
  }),
  kept("once it was stopped, it can tell of no place that others may read", async (chat) => {
    await chat.adapter.stop();
    expect(await chat.adapter.audience(chat.place)).toEqual({ kind: "unknown" });
  }),
];
