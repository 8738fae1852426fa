import { isolated } from "../matter/turns.ts";
import type { Block, Card, Text } from "../ports/card.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { addDays, day } from "../time/day.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import { type Language, wordShortDay, wordZone } from "../time/wording.ts";
import { calendarText } from "./calendar-words.ts";
import { atName } from "./heed-words.ts";
import { note, text } from "./matter-card.ts";
import { clockText } from "./moments.ts";
import { ALWAYS_STAGES, REMINDER_STAGES } from "./next-reminder.ts";
import { type Key, type SaidArgs, say } from "./say.ts";
import { placeSpan, sayText } from "./say-text.ts";
import { factLabel } from "./typography.ts";

/** A watch as it is shown: its filters in words, how many matters fall under it, who set it up; the name is null where it was erased. */
export interface ShownWatch {
  readonly id: string;
  /** How many, where not everybody who reads may know what they name. */
  readonly filters: readonly string[] | number;
  /** Names in its filters that several people bear, so that nobody is meant by reference; absent where there is none. */
  readonly several?: readonly string[];
  readonly matters: number;
  readonly by: string | null;
  readonly since: Instant;
}

/** What a place is told of, and how. */
export interface ShownSubscription {
  readonly settings: Subscription;
  readonly watches: readonly ShownWatch[];
  /** The matters under all its watches, each counted once. */
  readonly matters: number;
  readonly settledBy: string | null;
  /** Where stages go that nobody acknowledges: a place by its reference. */
  readonly escalation: { readonly to: string; readonly afterMinutes: number } | null;
  /** The same as people call it: a person's own conversation by their name. */
  readonly escalatesTo?: string | null;
}

/** The watches of a place and its settings in words, under a title that says what was done or asked. */
export function subscriptionCard(
  language: Language,
  title: { readonly key: Key; readonly args?: SaidArgs },
  shown: ShownSubscription,
): Card {
  const { watches, settings } = shown;
  const blocks: Block[] =
    watches.length === 0 ? [] : [{ kind: "rows", heading: [], rows: watches.map((one) => watchRow(language, shown, one)) }];
  for (const name of new Set(watches.flatMap(({ several = [] }) => several)))
    blocks.push(text(say(language, "watch.several", { name: isolated(name) })));
  blocks.push({ kind: "facts", facts: settingFacts(language, shown) });
  blocks.push(note(say(language, "watch.settled-by", { name: nameText(language, shown.settledBy), day: dayOf(shown, settings.since) })));
  return { title: say(language, title.key, title.args ?? {}), tone: "calm", blocks };
}

function watchRow(language: Language, shown: ShownSubscription, { id, filters, matters, by, since }: ShownWatch): readonly Text[] {
  const what = typeof filters === "number" ? say(language, "watch.filters", { n: filters }) : filters.map(isolated).join(" ");
  return [
    [{ bold: id }],
    [what === "" ? say(language, "watch.everything") : what],
    [say(language, matters === 0 ? "watch.matches-nothing" : "watch.matches", { n: matters })],
    [say(language, "watch.by", { name: nameText(language, by), day: dayOf(shown, since) })],
  ];
}

function nameText(language: Language, name: string | null): string {
  return name === null ? say(language, "history.erased") : atName(name);
}

function dayOf({ settings }: ShownSubscription, instant: Instant): string {
  return dayIn(settings.zone, instant);
}

function settingFacts(
  language: Language,
  { settings, escalation, escalatesTo }: ShownSubscription,
): readonly { label: string; value: Text }[] {
  const of = (key: Key, ...value: Text) => ({ label: factLabel(language, say(language, key)), value });
  const { digest, at, zone, quiet, holidays, reminders } = settings;
  const time = clockText(language, at);
  const facts = [
    of(
      "setting.digest",
      digest === "off"
        ? say(language, "setting.digest-off")
        : say(language, `setting.digest-${digest}`, { time, zone: wordZone(language, zone) }),
    ),
    of("setting.weekdays", weekdaysText(language, settings.weekdays)),
    of(
      "setting.holidays",
      holidays === null
        ? say(language, "setting.no-holidays")
        : say(language, "setting.calendar", { calendar: calendarText(language, holidays) }),
    ),
  ];
  if (reminders) {
    const night = quiet === null ? null : { from: clockText(language, quiet.from), to: clockText(language, quiet.to) };
    facts.push(
      of("setting.stages", stagesText(language, settings.stages)),
      of("setting.quiet", night === null ? say(language, "setting.no-quiet") : say(language, "setting.quiet-hours", night)),
      of(
        "setting.escalation",
        ...(escalation === null
          ? [say(language, "setting.no-escalation")]
          : escalationText(language, { ...escalation, name: escalatesTo === escalation.to ? null : (escalatesTo ?? null) })),
      ),
    );
  }
  facts.push(of("setting.language", say(language, `setting.language-${settings.language}`)));
  return facts;
}

const A_MONDAY = day("2024-01-01");

/** Mon, Wed, Fri; every day where all are meant. */
function weekdaysText(language: Language, weekdays: readonly number[]): string {
  if (weekdays.length === 7) return say(language, "setting.every-day");
  return weekdays.map((number) => wordShortDay(language, addDays(A_MONDAY, number - 1)).split(" ")[0]!).join(", ");
}

/** The stages that are said whatever the place has chosen stand among its own. */
function stagesText(language: Language, stages: readonly number[] | null): string {
  const days = [...new Set([...(stages ?? REMINDER_STAGES), ...ALWAYS_STAGES])].sort((one, other) => other - one);
  return say(language, "setting.stage-days", { days: days.map(String) });
}

export interface ShownEscalation {
  readonly to: string;
  readonly afterMinutes: number;
  /** The person's, where it goes to somebody who is known by name. */
  readonly name: string | null;
}

export function escalationText(language: Language, { to, afterMinutes, name }: ShownEscalation): Text {
  return sayText(language, "setting.escalates", { after: delayText(language, afterMinutes) }, { to: name ?? placeSpan(to) });
}

/** Where it goes from now on what nobody acknowledges here. */
export function escalationCard(language: Language, escalation: ShownEscalation, notes: readonly Block[]): Card {
  const line = sayText(language, "escalate.set", {}, { what: escalationText(language, escalation) });
  return { title: say(language, "escalate.title"), tone: "calm", blocks: [text(...line), ...notes] };
}

/** Minutes as people say them: 30 minutes, 4 hours, 2 days. */
export function delayText(language: Language, minutes: number): string {
  if (minutes % 1440 === 0) return say(language, "delay.days", { n: minutes / 1440 });
  return minutes % 60 === 0 ? say(language, "delay.hours", { n: minutes / 60 }) : say(language, "delay.minutes", { n: minutes });
}

/** A watch that by its own filter lets go of a matter when its time has ended. */
export function dueLeaves(language: Language, filter: string): Block {
  return text(say(language, "watch.due-leaves", { filter }));
}

/** A state that a day alone ends: what is told of that, and what no more. */
export function stateLeaves(language: Language, filter: string): Block {
  const state = filter.slice(filter.indexOf(":") + 1).toLowerCase() as "pending" | "curing" | "accruing";
  return text(say(language, `watch.${state}-leaves`, { filter }));
}

/** What a list of stages leaves out and is said all the same. */
export function alwaysSaid(language: Language): Block {
  return text(say(language, "watch.always", { days: ALWAYS_STAGES.map(String) }));
}
