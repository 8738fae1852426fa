import type { Block, Card } from "../ports/card.ts";
import type { Context } from "./command.ts";
import { COMMANDS } from "./index.ts";
import { refusedTo } from "./permission.ts";

/** Which of the verbs whoever asks may run; whatever is no verb is not kept from anybody. */
export async function allowedOf(verbs: Iterable<string>, context: Context): Promise<(verb: string) => boolean> {
  const refused = new Set<string>();
  for (const verb of new Set(verbs)) {
    const command = COMMANDS.find((one) => one.verb === verb);
    if (command !== undefined && (await refusedTo(command, context)) !== null) refused.add(verb);
  }
  return (verb) => !refused.has(verb);
}

/**
 * Cards that one person alone is shown, without the buttons that would be refused to them. What stands in a place is read by many, and keeps all:
 * so does a terminal, where everything is allowed.
 */
export async function offeredTo<Shown extends Card>(cards: readonly Shown[], context: Context): Promise<readonly Shown[]> {
  if (context.terminal !== null || context.overheard) return cards;
  try {
    return await narrowedTo(cards, context);
  } catch {
    // Something may have been recorded, and must not be called a fault now: each button is checked once more when it is pressed.
    return cards;
  }
}

async function narrowedTo<Shown extends Card>(cards: readonly Shown[], context: Context): Promise<readonly Shown[]> {
  const all = cards.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])));
  const isAllowed = await allowedOf(
    all.map(({ command }) => verbIn(command)),
    context,
  );
  if (all.every(({ command }) => isAllowed(verbIn(command)))) return cards;
  const narrowed = (block: Block): readonly Block[] => {
    if (block.kind !== "actions") return [block];
    const actions = block.actions.filter(({ command }) => isAllowed(verbIn(command)));
    return actions.length === 0 ? [] : [{ ...block, actions }];
  };
  return cards.map((card) => ({ ...card, blocks: card.blocks.flatMap(narrowed) }));
}

/** Of a line that opens a form, the verb that the form is of. */
function verbIn(line: string): string {
  const [verb = "", of = ""] = line.split(" ");
  return verb === "form" && of !== "" ? of : verb;
}
