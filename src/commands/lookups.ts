import { calendarText } from "../cards/calendar-words.ts";
import { choiceOf, shortened } from "../cards/form-words.ts";
import { calendarOf, calendarVersions } from "../law/calendar.ts";
import { AUTHORITIES, authorityOf } from "../law/catalogue.ts";
import { withoutIsolates } from "../matter/turns.ts";
import type { Choice, Lookup } from "../ports/form.ts";
import { isZone } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { allZones } from "../time/zones.ts";
import type { Context } from "./command.ts";
import { fitOf, folded, termsOf } from "./folded.ts";
import { matterChoice, matterChoices, namedMatter } from "./matter-choices.ts";

/** Platforms show no more choices than this. */
const MOST = 100;

/** What may be chosen for what was typed so far, the likeliest first; at most `most`. An empty query shows what comes first of all. */
export async function choicesFor(of: Lookup, query: string, most: number, context: Context): Promise<readonly Choice[]> {
  const room = Math.max(0, Math.min(Math.floor(most), MOST));
  const terms = termsOf(withoutIsolates(query));
  if (room === 0) return [];
  return of === "matter" ? matterChoices(terms, room, context) : best(entriesOf(of, context.language), terms, room);
}

/** What stands in a form at first, as it is shown among the choices. */
export async function shownChoice(of: Lookup, value: string, context: Context): Promise<Choice> {
  if (of === "matter") {
    const matter = await namedMatter(value, context);
    return matter === null ? shortened({ value, label: value }) : matterChoice(matter);
  }
  const exact = of === "authority" ? (authorityOf(value)?.code ?? value) : value;
  return entriesOf(of, context.language).find(({ choice }) => choice.value === exact)?.choice ?? shortened({ value, label: value });
}

/** Whether a value is one that can be chosen; matters are judged by the command. */
export function isKnown(of: Exclude<Lookup, "matter">, value: string): boolean {
  if (of === "authority") return authorityOf(value) !== null;
  return of === "zone" ? isZone(value) : value.toLowerCase() === "none" || calendarOf(value.toUpperCase()) !== null;
}

interface Entry {
  readonly choice: Choice;
  /** All by which it is found, folded; the first is what it is called. */
  readonly texts: readonly string[];
}

const ENTRIES = new Map<string, readonly Entry[]>();

/** In the order in which they stand where nothing is typed yet. */
function entriesOf(of: Exclude<Lookup, "matter">, language: Language): readonly Entry[] {
  const key = of === "calendar" ? `${of} ${language}` : of;
  let known = ENTRIES.get(key);
  if (known === undefined) {
    known = of === "authority" ? authorities() : of === "zone" ? zones() : calendars(language);
    ENTRIES.set(key, known);
  }
  return known;
}

function authorities(): readonly Entry[] {
  return AUTHORITIES.map(({ code, names, aliases, facts }) => {
    // Its own name tells more than a translation of it.
    const detail = facts.own.find((name) => name !== names[0]) ?? names[1];
    return {
      choice: shortened({
        value: code,
        label: names[0] === code ? code : `${code} · ${names[0]}`,
        ...(detail === undefined ? {} : { detail }),
      }),
      texts: [code, ...names, ...aliases].map(folded),
    };
  });
}

function calendars(language: Language): readonly Entry[] {
  const none = choiceOf(language, "settings", "holidays", "none");
  const tables = calendarVersions().map(([id]) => {
    const name = calendarText(language, id);
    return { choice: shortened({ value: id, label: `${id} · ${name}` }), texts: [id, name, calendarOf(id)!.name].map(folded) };
  });
  return [{ choice: none, texts: ["none", folded(none.label)] }, ...tables];
}

/** Those of the authorities first: whoever follows their matters most likely sits there. */
function zones(): readonly Entry[] {
  const common = new Set(["UTC", ...AUTHORITIES.map(({ zone }) => zone)]);
  const all = [...common, ...allZones().filter((zone) => !common.has(zone))];
  // A zone is looked for by its city first: Paris of Europe/Paris.
  return all.map((zone) => ({ choice: { value: zone, label: zone }, texts: [folded(zone.slice(zone.indexOf("/") + 1)), folded(zone)] }));
}

/** The entries that fit, those that begin with what was typed first, else in their own order. */
function best(entries: readonly Entry[], terms: readonly string[], most: number): readonly Choice[] {
  const ranked: Choice[][] = [[], [], []];
  for (const { choice, texts } of entries) {
    const fits = texts.map((text) => fitOf(text, terms)).filter((fit) => fit !== null);
    // Terms of several names of one thing: "cnil nationale".
    const fit = fits.length > 0 ? Math.min(...fits) : fitOf(texts.join(" "), terms) === null ? null : 2;
    if (fit !== null) ranked[fit]!.push(choice);
  }
  return ranked.flat().slice(0, most);
}
