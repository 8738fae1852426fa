import { spoken } from "../alerts/filter.ts";
import type { Sought } from "../alerts/register.ts";
import { shortened } from "../cards/form-words.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { Matter } from "../matter/history.ts";
import type { Choice } from "../ports/form.ts";
import { addDays } from "../time/day.ts";
import { dayIn } from "../time/instant.ts";
import type { Context } from "./command.ts";
import { findMatter, nameOf } from "./find.ts";
import { fitOf, folded } from "./folded.ts";
import { watchedIn } from "./watched-here.ts";

/** What of a matter is searched, and what its rank rests on: made once for as long as the matter stays as it is. */
interface Entry {
  /** The reference, the respondent, the authority, the title and the tags, folded. */
  readonly text: string;
  readonly over: boolean;
  /** The names by which it is assigned, or owned. */
  readonly people: readonly string[];
}

/** So many matters of a large register are looked at for what was typed, and for nothing typed those that end within so many days. */
const CANDIDATES = 500;
const SOON_DAYS = 14;

const ENTRIES = new WeakMap<Matter, Entry>();

/** A matter as it is chosen: its value is its key, which no other matter has. */
export function matterChoice(matter: Matter): Choice {
  const { authority, respondent, title } = matter.facts;
  return shortened({
    value: matter.key,
    label: `${nameOf(matter)} · ${respondent}`,
    detail: title === undefined ? authority : `${authority} · ${title}`,
  });
}

export async function namedMatter(name: string, context: Context): Promise<Matter | null> {
  const found = await findMatter(name, context);
  return "refused" in found ? null : found;
}

/**
 * The matters that have every word of the query. The asker's own come first, then those that the place watches, then the others, open before
 * ended, and within these the better fit: one walk over all of them, without sorting.
 */
export async function matterChoices(terms: readonly string[], most: number, context: Context): Promise<readonly Choice[]> {
  const isOwn = ownedBy(context);
  const isWatched = await watchedIn(context);
  // Own, watched, other; open or over; fit 0 to 2.
  const ranked: Matter[][] = Array.from({ length: 18 }, () => []);
  for await (const some of context.register.each(soughtFor(terms, context))) {
    for (const matter of some) {
      const entry = entryOf(matter);
      const fit = fitOf(entry.text, terms);
      if (fit === null) continue;
      const nearness = isOwn(entry) ? 0 : isWatched(matter) ? 1 : 2;
      const bucket = ranked[(entry.over ? 9 : 0) + nearness * 3 + fit]!;
      if (bucket.length < most) bucket.push(matter);
    }
  }
  const chosen = ranked.flat().slice(0, most);
  context.looks.add(chosen.map(({ key }) => key));
  return chosen.map(matterChoice);
}

/** Of a large register: those whose key, respondent or title has the longest word; where nothing is typed yet, those that end soon. */
function soughtFor(terms: readonly string[], { clock }: Context): Sought {
  const longest = terms.toSorted((one, other) => other.length - one.length)[0];
  if (longest === undefined) return { now: clock.now(), dueBy: addDays(dayIn("UTC", clock.now()), SOON_DAYS) };
  return { text: { of: "names", fits: (text) => folded(`${text} ${authorityNames(text)}`).includes(longest), most: CANDIDATES } };
}

/** Of a key; of any other text none. */
function authorityNames(text: string): string {
  const colon = text.indexOf(":");
  return colon < 0 ? "" : (authorityOf(text.slice(0, colon))?.names.join(" ") ?? "");
}

function entryOf(matter: Matter): Entry {
  const known = ENTRIES.get(matter);
  if (known !== undefined) return known;
  const { ref, addressee = "", respondent, authority, title = "", tags = [] } = matter.facts;
  const names = authorityOf(authority)?.names ?? [];
  const text = [ref, addressee, respondent, authority, ...names, title, ...tags].map(folded).join(" ");
  const entry = { text, over: isOver(matter), people: peopleOf(matter) };
  ENTRIES.set(matter, entry);
  return entry;
}

const ENDING: ReadonlySet<string> = new Set(["closed", "withdrawn", "settled", "annulled", "accepted"]);

/**
 * Whether nothing more is to be done by the look of its events. A guess that costs nothing and decides on an order alone: where it stands is
 * told by its standing.
 */
function isOver({ events, facts }: Matter): boolean {
  const ended = events.flatMap(({ event }) => {
    // A fine or a sum fixed that is annulled ends nothing else.
    const isPart = event.type === "annulled" && event.matter !== true && (event.item === undefined || event.liquidation !== undefined);
    return ENDING.has(event.type) && !isPart ? [event.item] : [];
  });
  const items = (facts.items ?? []).map(({ id }) => id);
  return ended.length > 0 && (ended.includes(undefined) || items.every((id) => ended.includes(id)));
}

/** Who works on it and who answers for it, the latest of each. */
function peopleOf({ events }: Matter): readonly string[] {
  const latest = new Map<string, string>();
  for (const { event } of events) if (event.type === "assigned") latest.set(event.as ?? "assignee", event.to);
  return [...latest.values()].map(spoken);
}

function ownedBy({ person, personName }: Context): (entry: Entry) => boolean {
  const me = [spoken(person), spoken(personName)];
  return ({ people }) => people.some((one) => me.includes(one));
}
