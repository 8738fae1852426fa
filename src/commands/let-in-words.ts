import { nameApart } from "../alerts/names.ts";
import { say } from "../cards/say.ts";
import type { Block } from "../ports/card.ts";
import type { People } from "../ports/ledger.ts";
import type { Context, Outcome } from "./command.ts";
import type { Restricted } from "./letting-in.ts";

/** The outcome with who was let in on what became restricted by it, and a word where nobody was: such a matter is told to nobody. */
export async function withLetIn(outcome: Outcome, restricted: readonly Restricted[], context: Context): Promise<Outcome> {
  if (restricted.length === 0 || !("cards" in outcome)) return outcome;
  const { language, store } = context;
  const blocks: Block[] = [];
  for (const { key, letIn, already } of restricted) {
    if (letIn.length > 0)
      blocks.push({ kind: "text", text: [say(language, "access.let-in", { key, names: await namesOf(letIn, store.people) })] });
    if (already.length > 0) {
      const names = await namesOf(already, store.people);
      blocks.push({ kind: "text", text: [{ bold: say(language, "access.let-in-before", { key, names }) }] });
    }
  }
  const empty = restricted.filter(({ isEmpty }) => isEmpty).map(({ key }) => key);
  if (empty.length > 0) {
    const lines = empty.map((key) => say(language, "access.admit-line", { key }));
    blocks.push({ kind: "text", text: [{ bold: say(language, "access.nobody-in", { n: empty.length, lines }) }] });
  }
  const last = outcome.cards.at(-1);
  const cards = last === undefined ? [] : [...outcome.cards.slice(0, -1), { ...last, blocks: [...last.blocks, ...blocks] }];
  const json = empty.length > 0 && typeof outcome.json === "object" ? { ...outcome.json, nobodyLetIn: empty } : outcome.json;
  return { ...outcome, cards, json, restricted: restricted.map(({ key }) => key) };
}

/** An erased name stays an id. */
async function namesOf(ids: readonly string[], people: People): Promise<readonly string[]> {
  const names: string[] = [];
  for (const id of ids) {
    const name = await nameApart(id, people);
    names.push(name === id ? id : `@${name.replace(/^@/, "")}`);
  }
  return names;
}
