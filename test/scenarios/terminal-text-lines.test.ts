import { describe, expect, onTestFinished, test } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { contextOf, openDesk } from "../../src/app/answer.ts";
import { SILENT } from "../../src/app/log.ts";
import type { Command, Context } from "../../src/commands/command.ts";
import { dispatch, dispatchLine } from "../../src/commands/dispatcher.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { nearest } from "../../src/matter/nearest.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { setClock, stopwatch } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import { adapterOfTest } from "../app/desk-of-test.ts";
import { sessionOfTest } from "../support/session.ts";

/** Somebody who writes in a channel. */
async function chatContext(): Promise<Context> {
  const store = await STORE.open({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  const clock = setClock("2026-01-15T09:00:00.000Z" as Instant);
  const desk = openDesk(store, { clock, log: SILENT, language: "en", zone: "Europe/Paris" });
  desk.running.adapters = [adapterOfTest("slack")];
  const who = { person: "slack:T1/U1" as PersonRef, personName: "Ana", place: "slack:T1/C1" as Place };
  return contextOf(desk, { id: "line-1", ...who }, null);
}

/** A command with a bug in its answer. */
function faulty(before: (context: Context) => Promise<unknown>): Command {
  return {
    verb: "faulty",
    summary: "help.list",
    group: "record",
    access: "writes",
    who: "editor",
    positionals: [],
    options: [],
    examples: [],
    async run(_values, context) {
      await before(context);
      throw new Error("a bug");
    },
  };
}

async function saidBy(before: (context: Context) => Promise<unknown>): Promise<{ readonly text: string; readonly context: Context }> {
  const context = await chatContext();
  const answered = await dispatch(["faulty"], [faulty(before)], context, SILENT);
  expect(answered).toMatchObject({ status: 1, private: true });
  return { text: answered.errors.join(), context };
}

const REGISTER = 'register CNIL A-1 "Exemple SA" --kind sanction --decided 2024-01-02 --notified 2024-01-05 --fine 5000';

describe("a bug in a command", () => {
  test("is told with the words that nothing was recorded, where nothing was", async () => {
    const { text } = await saidBy(async ({ register }) => register.all());
    expect(text).toMatch(/nothing was recorded. Reference \w{8}/);
  });

  test("is told with the words that it was recorded, where the register has it", async () => {
    const { text, context } = await saidBy((noting) => dispatchLine(REGISTER, COMMANDS, noting, SILENT));
    expect(await context.register.all()).toHaveLength(1);
    expect(text).toMatch(/what you asked was recorded. Reference \w{8}/);
    expect(text).not.toContain("nothing was recorded");
  });

  test("is told with the words that nothing was recorded, where the register refused", async () => {
    const stamp = { recordedAt: "2026-01-15T09:00:00.000Z" as Instant, by: "p1", commandId: "c1", via: "command" } as const;
    const { text } = await saidBy(({ register }) => register.record(() => ({ refused: "conflict", args: {} }), stamp));
    expect(text).toContain("nothing was recorded");
  });

  test("is told with the words that it was recorded, where a place was made to watch", async () => {
    const { text, context } = await saidBy((noting) => dispatchLine("watch", COMMANDS, noting, SILENT));
    expect(await context.store.subscriptions.all()).toHaveLength(1);
    expect(text).toContain("what you asked was recorded");
  });
});

describe("a long line", () => {
  test("from a chat is refused in words beyond 4,000 characters", async () => {
    const context = await chatContext();
    const long = `list ${"x".repeat(3_996)}`;
    expect(await dispatchLine(long, COMMANDS, context, SILENT)).toMatchObject({
      status: 2,
      json: { error: { code: "line-too-long" } },
      errors: [expect.stringContaining("4,001")],
    });
    const french = await dispatchLine(long, COMMANDS, { ...context, language: "fr" }, SILENT);
    expect(french.errors.join()).toContain("caractères");
    expect(await dispatchLine(long.slice(0, -1), COMMANDS, context, SILENT)).not.toMatchObject({
      json: { error: { code: "line-too-long" } },
    });
  });

  test("typed at a terminal is read", async () => {
    const answered = await (await sessionOfTest()).type(`show ${"x".repeat(4_000)}`);
    expect(answered.json).toMatchObject({ error: { code: expect.not.stringContaining("line-too-long") } });
  });
});

describe("the nearest word", () => {
  test("of a long word among many is not searched for", () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => `CNIL:SAN-${2000 + (index % 30)}-${index}`);
    const began = stopwatch();
    expect(nearest("x".repeat(3_000), keys)).toBeNull();
    expect(nearest("x".repeat(100), keys)).toBeNull();
    expect(stopwatch() - began).toBeLessThan(1_000);
  });

  test.each([
    ["shwo", ["list", "show", "why"], "show"],
    ["lst", ["list", "last"], "list"],
    ["x", ["y"], "y"],
    ["abc", ["xyz", "abcdefgh"], null],
    ["complyd", ["complied", "accrue"], "complied"],
    ["nope", ["zone"], null],
    ["payed", ["paid"], "paid"],
    ["", [], null],
  ])("of %s among %j is %s", (typed, known, word) => {
    expect(nearest(typed, known)).toBe(word);
  });
});
