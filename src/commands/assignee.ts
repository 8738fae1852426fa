import { say } from "../cards/say.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import type { MatterEvent } from "../matter/events.ts";
import type { Card } from "../ports/card.ts";
import type { Context } from "./command.ts";
import { PLACE } from "./person-or-place.ts";

/** A group, or everybody of a place, as a platform writes them where they are meant: no person bears such a name. */
const GROUP = /^(?:<![^>]*>|@(?:here|channel|everyone))$/i;

/** Why nobody can be assigned by that name: it is a group's, which is told nothing and has no matters. Null where somebody can. */
export function groupRefused(event: MatterEvent): Refusal | null {
  return event.type === "assigned" && GROUP.test(event.to) ? refuse("assign-group") : null;
}

/** The answer in a chat to whoever has assigned a matter says where nobody of that name is known: what is told to its people reaches nobody. */
export async function withUnreached(card: Card, event: MatterEvent, { language, terminal, store }: Context): Promise<Card> {
  if (event.type !== "assigned" || terminal !== null || PLACE.test(event.to)) return card;
  const name = event.to.replace(/^@/, "");
  if ((await store.people.named(name)).length > 0) return card;
  const [head, ...rest] = card.blocks;
  const line = { kind: "note", text: [say(language, "assign.unknown", { name })] } as const;
  return { ...card, blocks: head === undefined ? [line] : [head, line, ...rest] };
}
