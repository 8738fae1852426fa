import { shownFilter } from "../alerts/filter.ts";
import { choiceMark, marked, unmarked, watchMark } from "../alerts/marks.ts";
import { eventText } from "../cards/event-words.ts";
import { shortened } from "../cards/form-words.ts";
import { say } from "../cards/say.ts";
import { REGISTRATION } from "../matter/corrected-facts.ts";
import type { Matter } from "../matter/history.ts";
import type { Standing } from "../matter/standing-types.ts";
import { isolated } from "../matter/turns.ts";
import type { Choice } from "../ports/form.ts";
import type { Language } from "../time/wording.ts";
import type { Offer } from "./command.ts";
import type { Scene } from "./form-fields.ts";

/** A list to choose from holds no more on any platform. */
const MOST = 100;

const OF_A_MATTER: ReadonlySet<Offer | undefined> = new Set(["item", "fine", "liquidation", "payable", "reducible", "event"] as const);

/** Whether it is chosen of a matter: of another one the same word means something else. */
export function isOfMatter(offers: Offer | undefined): boolean {
  return OF_A_MATTER.has(offers);
}

/** What stands in such a field at first, as its choices have it; what was chosen of another matter is left out. */
export function amongChoices(held: readonly string[], options: readonly Choice[]): readonly string[] {
  return held.flatMap((text) => {
    const own = options.find(({ value }) => value === text || unmarked(value).id === text);
    if (own !== undefined) return [own.value];
    return unmarked(text).mark === null ? [text] : [];
  });
}

/** What was chosen, without its mark, and whether that is another matter's; what was typed means what stands here. */
export function chosenOf(text: string, matter: Matter, desk: string): { readonly id: string; readonly isElsewhere: boolean } {
  // An id may hold a dot itself, and a form that was opened before there were marks has none.
  if (hasId(text, matter)) return { id: text, isElsewhere: false };
  const { id, mark } = unmarked(text);
  return { id, isElsewhere: mark !== null && mark !== choiceMark(desk, matter, id) };
}

function hasId(text: string, { facts, events }: Matter): boolean {
  return [...(facts.items ?? []), ...(facts.fines ?? []), ...events].some(({ id }) => id === text);
}

/** What a matter, or the place, has to choose from; null where that is not known, so that it is typed. */
export async function choicesIn(offers: Exclude<Offer, readonly string[]>, scene: Scene): Promise<readonly Choice[] | null> {
  const { matter, standing, context } = scene;
  if (offers === "watch") return watchChoices(scene);
  if (matter === null || standing === null) return null;
  const { language } = context;
  const choices = (): readonly Choice[] => {
    switch (offers) {
      case "item":
        return itemChoices(matter);
      case "fine":
        return fineChoices(language, standing);
      case "liquidation":
        return liquidationChoices(language, matter, standing);
      case "payable":
        return [...itemChoices(matter), ...fineChoices(language, standing)];
      case "reducible":
        return [...itemChoices(matter), ...fineChoices(language, standing), ...liquidationChoices(language, matter, standing)];
      case "event":
        return eventChoices(language, matter, standing);
      default:
        return [];
    }
  };
  const found = choices();
  // One decision may fix several sums: it is chosen once.
  const once = found.filter(({ value }, index) => found.findIndex((other) => other.value === value) === index);
  const all = once.slice(0, MOST).map((one) => ({ ...one, value: marked(one.value, choiceMark(context.store.name, matter, one.value)) }));
  return all.length === 0 ? null : all;
}

function itemChoices({ facts }: Matter): readonly Choice[] {
  return (facts.items ?? []).map(({ id, order }) => named(id, order));
}

function fineChoices(language: Language, { fines }: Standing): readonly Choice[] {
  return fines.map(({ id, amount }) => {
    const sum = amount === null ? say(language, "money.unknown") : say(language, "money.plain", { sum: amount });
    return named(id, sum);
  });
}

/** Sums that were fixed, by the number of their decision; one without a number cannot be named. */
function liquidationChoices(language: Language, matter: Matter, standing: Standing): readonly Choice[] {
  const found = matter.events.toReversed().flatMap(({ event }) => (event.type === "liquidated" && event.ref !== undefined ? [event] : []));
  return found.map((event) => named(event.ref!, eventText(language, event, standing)));
}

/** The latest first, and last what the matter is registered with. */
function eventChoices(language: Language, matter: Matter, standing: Standing): readonly Choice[] {
  const latest = matter.events.slice(-(MOST - 1)).toReversed();
  const events = latest.map(({ id, event }) => {
    const text = `${say(language, "utterance.event", { day: event.on, text: eventText(language, event, standing) })}`;
    return shortened({ value: id, label: text, detail: id });
  });
  return [...events, shortened({ value: REGISTRATION, label: say(language, "form.registration") })];
}

async function watchChoices({ context }: Scene): Promise<readonly Choice[] | null> {
  const { watches = [] } = (await context.store.subscriptions.of(context.place)) ?? {};
  if (watches.length === 0) return null;
  const { desk } = await context.sight();
  return watches.slice(0, MOST).map((one) => {
    const { id, filters } = one;
    const value = marked(id, watchMark(context.store.name, context.place, one));
    if (!desk) return { ...named(id, undefined), value };
    const what =
      filters.length === 0 ? say(context.language, "watch.everything") : filters.map((one) => isolated(shownFilter(one))).join(" ");
    return { ...named(id, what), value };
  });
}

function named(value: string, what: string | undefined): Choice {
  return shortened({ value, label: what === undefined ? value : `${value} · ${what}` });
}
