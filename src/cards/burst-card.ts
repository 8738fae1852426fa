import type { Action, Block, Card } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import type { Utterance } from "./contents.ts";
import { cardTitle, note, text, toneOf } from "./matter-card.ts";
import { say } from "./say.ts";
import { acknowledgeAction, isAsked } from "./utterance-actions.ts";
import { saidBlocks } from "./utterance-card.ts";

/** Buttons of more matters than this are a wall; what they do can be typed. */
const MATTERS = 10;

const URGENCY: readonly Card["tone"][] = ["overdue", "urgent", "soon", "calm", "closed"];

/** Several things said at once in one message: each says all that its own card would, under the name of its matter; the most urgent matter on top. */
export function burstCard(language: Language, utterances: readonly Utterance[]): Card {
  const matters = [...Map.groupBy(utterances, ({ standing }) => standing.key).values()].toSorted((a, b) => rankOf(a) - rankOf(b));
  const blocks = matters.flatMap((said): readonly Block[] => {
    const title = cardTitle(language, said[0]!.standing);
    return [{ kind: "text", text: [{ bold: title }], heads: title }, ...said.flatMap((utterance) => underName(language, title, utterance))];
  });
  const actions = matters.slice(0, MATTERS).flatMap((said) => matterButtons(language, said));
  const more = matters.length > MATTERS ? [note(say(language, "burst.more"))] : [];
  return {
    title: say(language, "burst.title", { n: utterances.length, matters: matters.length }),
    tone: URGENCY[Math.min(...matters.map(rankOf))] ?? "calm",
    blocks: [...blocks, { kind: "actions", actions }, ...more],
  };
}

/** Taking note of the stage of the matter that asks, or of every one where several do; and its card. */
function matterButtons(language: Language, said: readonly Utterance[]): readonly Action[] {
  const { standing } = said[0]!;
  const { ref } = standing.facts;
  const show: Action = { label: say(language, "button.show-one", { ref }), command: `show ${standing.key}` };
  const asking = said.filter((one) => one.item !== null && isAsked(one));
  if (asking.length === 0) return [show];
  // A line names one stage: of several the button of an old message is not known from a new one's.
  const [one] = asking.length === 1 ? asking : [];
  const acknowledge = acknowledgeAction(language, standing, one?.item?.id ?? null, one?.asks);
  return [{ ...acknowledge, label: say(language, "button.acknowledge-one", { ref }) }, show];
}

function rankOf(said: readonly Utterance[]): number {
  return Math.min(...said.map(({ standing, today }) => URGENCY.indexOf(toneOf(standing, today))));
}

/** What is said, under the name of its item where there are several. Each says of what it is: a message may begin with it. */
function underName(language: Language, title: string, utterance: Utterance): readonly Block[] {
  const { standing, item } = utterance;
  const blocks = saidBlocks(language, utterance);
  if (item === null || standing.items.length < 2) return headed(blocks, title);
  const name = text(say(language, "card.item", { id: item.id, order: item.order }));
  return [...headed([name], title), ...headed(blocks, `${title} · ${say(language, "card.item", { id: item.id, order: null })}`)];
}

function headed([first, ...rest]: readonly Block[], heads: string): readonly Block[] {
  if (first === undefined) return [];
  return [first.kind === "text" ? { ...first, heads } : first, ...rest];
}
