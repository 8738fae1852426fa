import type { Standing } from "../matter/standing-types.ts";
import { isolated } from "../matter/turns.ts";
import type { Action, Block, Card, Text } from "../ports/card.ts";
import type { Day } from "../time/day.ts";
import type { Language } from "../time/wording.ts";
import { whatText } from "./findings.ts";
import { toneOf } from "./matter-card.ts";
import { nearDay } from "./moments.ts";
import { say, unerased } from "./say.ts";

/** A matter of the person's own, as of its authority's day. */
export interface HomeMatter {
  readonly standing: Standing;
  readonly today: Day;
  /** The items of which a stage asks and nobody has taken note. */
  readonly asked: readonly string[];
  /** Put off in some place until a day that is near. */
  readonly snoozes: readonly { readonly until: Day; readonly name: string }[];
}

/** So many matters stand in one card, and so many lines have their buttons under them. */
const CARD = 20;
const GROUP = 5;

/** Every matter in a line with its state and next day, the most urgent first, each with a button that shows it. */
export function matterCards(language: Language, mine: readonly HomeMatter[]): readonly Card[] {
  const ordered = mine.toSorted(byUrgency);
  return chunks(ordered, CARD).map((some, index) => {
    const from = index * CARD + 1;
    const title = say(language, "home.matters", { from, to: from + some.length - 1, total: mine.length });
    return { title, tone: "calm", blocks: chunks(some, GROUP).flatMap((group) => groupBlocks(language, group)) };
  });
}

function groupBlocks(language: Language, group: readonly HomeMatter[]): readonly Block[] {
  const rows = group.map(({ standing, today }): readonly Text[] => {
    const { next, state } = standing;
    const due =
      next === null
        ? say(language, "list.nothing-next")
        : say(language, "digest.next", { what: whatText(language, next.what), day: nearDay(language, next.day, today) });
    return [[{ bold: aboutText(language, standing, null) }], [say(language, `state.${state}`)], [due]];
  });
  return [
    { kind: "rows", heading: [], rows },
    { kind: "actions", actions: group.map(({ standing }) => showAction(language, standing)) },
  ];
}

export function showAction(language: Language, { key, facts }: Pick<Standing, "key" | "facts">): Action {
  return { label: say(language, "button.show-one", { ref: nameOf(facts) }), command: `show ${key}` };
}

/** Commune de Kourou SAN-2023-018, with its addressee and its item where there are several. */
export function aboutText(language: Language, { facts, items }: Standing, item: string | null): string {
  const about = `${isolated(unerased(language, facts.respondent))} ${nameOf(facts)}`;
  return item === null || items.length < 2 ? about : `${about} (${item})`;
}

function nameOf({ ref, addressee }: Standing["facts"]): string {
  return addressee === undefined ? ref : `${ref}/${addressee}`;
}

const TONES: readonly Card["tone"][] = ["urgent", "overdue", "soon", "calm", "closed"];

/** What ends within days, then what has ended and runs, then by the next day; what is over comes last. */
export function byUrgency(one: HomeMatter, other: HomeMatter): number {
  const [a, b] = [one, other].map(({ standing, today }) => TONES.indexOf(toneOf(standing, today))) as [number, number];
  if (a !== b) return a - b;
  const [near, far] = [one.standing.next?.day ?? "9", other.standing.next?.day ?? "9"];
  if (near !== far) return near < far ? -1 : 1;
  return one.standing.key < other.standing.key ? -1 : 1;
}

export function chunks<One>(all: readonly One[], most: number): readonly (readonly One[])[] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, index) => all.slice(index * most, (index + 1) * most));
}
