import type { Action, Block, Card } from "../../../src/ports/card.ts";
import type { Answer } from "../../../src/ports/chat.ts";
import type { Form } from "../../../src/ports/form.ts";
import { typedWord } from "../shared/typed-word.ts";

/**
 * The cards of an answer that brings a form, the first of them with a button that opens it: Teams opens a dialog when a button is pressed, and never
 * by itself. What comes after the first says something else, such as that the place is new. As they are where they have such a button already.
 */
export function offered<Given extends Pick<Answer, "cards" | "form">>(answer: Given): Given {
  const { cards, form } = answer;
  const [first, ...others] = cards;
  if (form === undefined || first === undefined || cards.some((card) => opens(card, form.verb))) return answer;
  const button: Block = { kind: "actions", actions: [{ label: form.title, command: lineOf(form), style: "primary" }] };
  return { ...answer, cards: [{ ...first, blocks: [...first.blocks, button] }, ...others] };
}

function opens({ blocks }: Card, verb: string): boolean {
  const actions = blocks.flatMap((block): readonly Action[] => (block.kind === "actions" ? block.actions : []));
  return actions.some(({ command }) => `${command} `.startsWith(`form ${verb} `));
}

function lineOf({ verb, fields }: Form): string {
  const standing = (name: string) => fields.find((field) => field.name === name)?.initial?.[0];
  const [ref, item] = [standing("ref"), standing("item")];
  return ["form", verb, ...(ref === undefined ? [] : [typedWord(ref)]), ...(item === undefined ? [] : ["--item", typedWord(item)])].join(
    " ",
  );
}
