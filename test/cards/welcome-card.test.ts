import { expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { welcomeCard } from "../../src/cards/welcome-card.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { Card } from "../../src/ports/card.ts";

function commandsIn(card: Card): readonly string[] {
  return card.blocks.flatMap((block) => (block.kind === "actions" ? block.actions.map(({ command }) => command) : []));
}

test.each([
  ["en", /^Ann O’Neil added Curewatch here/, ["mine --off ends it", "unwatch ends it", "address is then deleted"]],
  ["fr", /^Ann O’Neil a ajouté Curewatch ici/, ["mine --off y met fin", "unwatch y met fin", "adresse est alors supprimée"]],
] as const)("says in %s who added the bot, what it does, and how to stop each thing", (language, title, words) => {
  const text = plainText(welcomeCard(language, { by: "Ann O’Neil", alone: false }));
  expect(text).toMatch(title);
  expect(text).toContain("Curewatch");
  for (const word of words) expect(text).toContain(word);
});

test("names nobody where nobody is known, and asks for no mention where two are alone", () => {
  const alone = plainText(welcomeCard("en", { by: null, alone: true }));
  expect(alone).toMatch(/^Curewatch was added here/);
  expect(alone).not.toMatch(/mention/i);
  expect(plainText(welcomeCard("en", { by: null, alone: false }))).toMatch(/Mention it/);
});

test("names only commands that there are", () => {
  const card = welcomeCard("en", { by: null, alone: false });
  expect(commandsIn(card)).toEqual(["help", "form settings"]);
  for (const verb of ["list", "show", "help", "watch", "unwatch", "settings", "mine", "form"])
    expect(COMMANDS.map((command) => command.verb)).toContain(verb);
});
