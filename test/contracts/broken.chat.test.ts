import { readdirSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { MemoryChat } from "./broken/chat/sound.ts";
import { type ChatHarness, chatAdapterContract } from "./chat-adapter.ts";
import { CLAUSES } from "./chat-clauses.ts";

interface BrokenChat {
  readonly clause: string;
  readonly Broken: new () => ChatHarness;
  release?(): void;
}

const folder = new URL("./broken/chat/", import.meta.url);
const files = readdirSync(folder).filter((file) => file !== "sound.ts");
const broken = await Promise.all(files.map(async (file) => ({ file, ...((await import(new URL(file, folder).href)) as BrokenChat) })));

chatAdapterContract("a sound adapter in memory", async () => new MemoryChat());

describe("a broken chat adapter fails the clause that it breaks", () => {
  afterAll(() => {
    for (const { release } of broken) release?.();
  });

  test("and there is one for each clause", () => {
    expect(broken.map(({ clause }) => clause).sort()).toEqual(CLAUSES.map(({ clause }) => clause).sort());
  });

  for (const { file, clause, Broken } of broken) {
    test(`${file.replace(".ts", "")}: ${clause}`, async () => {
      const found = CLAUSES.find((candidate) => candidate.clause === clause)!;
      await expect(found.run(async () => new Broken())).rejects.toThrow();
    });
  }
});
