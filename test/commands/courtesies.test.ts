import { describe, expect, test } from "vitest";
import { courtesyIn } from "../../src/commands/courtesies.ts";
import { sessionOfTest } from "../support/session.ts";
import { ANA, textOf } from "./places.ts";

describe("what people say to a bot that is no command", () => {
  test.each(["hi", "Hello!", " hey ", "Bonjour", "salut !"])("%s is answered with the commands", async (line) => {
    const { type } = await sessionOfTest();
    const answer = await type(line, ANA);
    expect([answer.status, textOf(answer)]).toEqual([0, textOf(await type("help", ANA))]);
  });

  test.each([
    ["thanks", "en", "You are welcome"],
    ["Thank you.", "en", "You are welcome"],
    ["merci beaucoup !", "fr", "Je vous en prie"],
  ] as const)("%s is answered with a line", async (line, language, words) => {
    const { type } = await sessionOfTest();
    const answer = await type(line, { ...ANA, language });
    expect(answer.status).toBe(0);
    expect(textOf(answer)).toContain(words);
  });

  test.each(["hi there", "thanks SAN-2023-018", "", "help", "hello world"])("%j is left to the commands", (line) => {
    expect(courtesyIn(line)).toBeNull();
  });

  test("what is neither is refused, with what was perhaps meant", async () => {
    const { type } = await sessionOfTest();
    const answer = await type("hepl", ANA);
    expect(answer.status).toBe(2);
    expect(textOf(answer)).toContain("help");
  });
});
