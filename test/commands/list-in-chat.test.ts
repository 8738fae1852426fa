import { expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { dispatchLine } from "../../src/commands/dispatcher.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { type Session, sessionOfTest } from "../support/session.ts";

const ALL = 503;

async function sessionWithMany(): Promise<Session> {
  const session = await sessionOfTest();
  const matters = Array.from({ length: ALL }, (_, n) => ({ ref: `M-${n + 1}`, authority: "CNIL", respondent: "R", kind: "sanction" }));
  expect((await session.bring(...matters)).status).toBe(0);
  return session;
}

async function listed({ context }: Session, language: "en" | "fr", where: { readonly terminal?: null }, line = "list") {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const { cards, json } = await dispatchLine(line, COMMANDS, { ...context(), language, ...where }, log);
  return { text: cards.map((card) => plainText(card)).join("\n"), json: json as { matters: readonly unknown[]; total: number } };
}

test("a list in a chat shows the first 500, and says of how many and how fewer are found; a terminal shows all", async () => {
  const session = await sessionWithMany();
  const shown = (text: string) => new Set(text.match(/M-\d+/g)).size;
  const chat = await listed(session, "en", { terminal: null });
  expect(shown(chat.text)).toBe(500);
  expect(chat.text).toContain(`${ALL} matters`);
  expect(chat.text).toContain("Only the first 500 of 503 are shown here. To see fewer, name what you look for, such as list due:30d");
  expect(chat.json).toMatchObject({ total: ALL });
  expect(chat.json.matters).toHaveLength(ALL);
  expect((await listed(session, "fr", { terminal: null })).text.replace(/[\u00a0\u202f]/g, " ")).toContain(
    "Seules les 500 premières des 503 sont montrées ici.",
  );
  const terminal = await listed(session, "en", {});
  expect(shown(terminal.text)).toBe(ALL);
  expect(terminal.text).not.toContain("Only the first");
  expect((await listed(session, "en", { terminal: null }, "list ref:M-50")).text).not.toContain("Only the first");
});
