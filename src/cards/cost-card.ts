import type { Finding } from "../law/finding.ts";
import { type Money, sumOf } from "../law/money.ts";
import { sumsInOrder } from "../matter/in-order.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Block, Card, Text } from "../ports/card.ts";
import type { Day } from "../time/day.ts";
import type { Language } from "../time/wording.ts";
import { canComply } from "./act-line.ts";
import type { Scenario, ScenarioPart } from "./contents.ts";
import { findingText } from "./findings.ts";
import { note, text } from "./matter-card.ts";
import { countRange, rangeText } from "./money-line.ts";
import { regimeNote, regimeText } from "./penalty-words.ts";
import { say } from "./say.ts";

/** What it costs to comply on one day or another, and what those figures rest on. For the asker alone. */
export function costCard(language: Language, standing: Standing, scenarios: readonly Scenario[], next: DayMore): Card {
  const metered = standing.items.find(({ rate }) => rate !== null);
  const rows = scenarios.flatMap((scenario) => scenarioRows(language, standing, scenario));
  const blocks: Block[] = [
    { kind: "rows", heading: [say(language, canComply(standing) ? "cost.heading" : "cost.heading-neutral")], rows },
    ...assumptionLines(language, standing, scenarios).map((line) => note(line)),
  ];
  const more = dayMoreText(language, next, scenarios.find(({ comply }) => comply === next.after)?.capReached ?? null);
  if (more !== null) blocks.push(text(more));
  if (next.binds !== undefined) blocks.push(text(bindsText(language, standing, next.binds)));
  const regime = metered?.regime;
  if (regime !== undefined)
    blocks.push(note(say(language, "cost.regime", { regime: regimeText(language, regime), note: regimeNote(language, regime) })));
  blocks.push(note(say(language, "card.not-advice")));
  return { title: say(language, "cost.title", { ref: standing.facts.ref }), tone: "calm", blocks };
}

/** The day with its sum; under it each item, where what one of them comes to cannot be told. */
function scenarioRows(language: Language, standing: Standing, scenario: Scenario): readonly (readonly Text[])[] {
  const { comply, units, unitsMax, parts = [] } = scenario;
  const isParted = parts.some(({ theoretical }) => theoretical === null);
  const cells: Text[] = [[{ bold: say(language, "card.day", { day: comply }) }], [wholeText(language, scenario)]];
  const per = standing.items.find(({ rate }) => rate !== null)?.rate?.per ?? "day";
  if (units !== null) cells.push([countRange(language, per, units, unitsMax)]);
  cells.push(...capTexts(language, scenario, isParted).map((line) => [line]));
  return [cells, ...(isParted ? parts.map((part) => partRow(language, standing, part)) : [])];
}

/** Where a part of it cannot be told, what is known of the others is the least. */
function wholeText(language: Language, { theoretical, theoreticalMax, parts = [] }: Scenario): string {
  const known = parts.flatMap((part) =>
    part.theoretical === null ? [] : sumsInOrder(part.theoretical, part.theoreticalMax ?? part.theoretical)[0],
  );
  const least = known.length === 0 ? null : sumOf(known, known[0]!.currency);
  if (theoretical === null && least !== null && least.minor > 0n) return say(language, "money.least", { sum: least });
  return rangeText(language, theoretical, theoreticalMax);
}

/** a: EUR 26,000 (52 days) · cap reached …; b: from Fri 11 Dec 2026, amount unknown */
function partRow(language: Language, standing: Standing, part: ScenarioPart): readonly Text[] {
  const item = standing.items.find(({ id }) => id === part.item);
  const per = item?.rate?.per ?? "day";
  const count = part.units === null ? null : countRange(language, per, part.units, part.unitsMax);
  const sum =
    part.theoretical === null
      ? say(language, "cost.unknown", { from: item?.runsFrom ?? null })
      : rangeText(language, part.theoretical, part.theoreticalMax);
  // Before it has begun there is nothing to count.
  const isCounted = count !== null && (part.theoretical !== null || (part.unitsMax ?? part.units) !== 0);
  const cells: Text[] = [[named(language, part.item, isCounted ? say(language, "money.counted", { sum, count }) : sum)]];
  if (part.capReached !== null && !part.isShared) cells.push([capText(language, part.capReached, part.capOfYear)]);
  return cells;
}

/** The cap, or the caps of the items by name; what stands beside its own item's sum is not said above it. */
function capTexts(language: Language, { parts = [], capReached, capOfYear = false }: Scenario, isParted: boolean): readonly string[] {
  if (capReached === null) return [];
  if (parts.length === 0) return [capText(language, capReached, capOfYear)];
  const shared = parts.find((part) => part.isShared && part.capReached !== null);
  const own = isParted ? [] : parts.filter((part) => !part.isShared && part.capReached !== null);
  return [
    ...(shared === undefined ? [] : [capText(language, shared.capReached!, false)]),
    ...own.map((part) => named(language, part.item, capText(language, part.capReached!, part.capOfYear))),
  ];
}

function capText(language: Language, day: Day, yearly: boolean): string {
  return say(language, "cost.cap", { day, yearly: yesNo(yearly) });
}

function yesNo(is: boolean): "yes" | "no" {
  return is ? "yes" : "no";
}

/** What the figures rest on, each said once: of which day and of which item, where there are several. */
function assumptionLines(language: Language, standing: Standing, scenarios: readonly Scenario[]): readonly string[] {
  const lines = scenarios.flatMap((scenario) =>
    (scenario.assumptions ?? []).map(({ item, finding }) => {
      const told = assumedText(language, scenario, finding);
      const line = say(language, "card.assumed", { text: standing.items.length > 1 ? named(language, item, told) : told });
      const isOfDay = scenarios.length > 1 && finding.args.sum !== undefined;
      return isOfDay ? named(language, say(language, "card.day", { day: scenario.comply }), line) : line;
    }),
  );
  return [...new Set(lines)];
}

function named(language: Language, id: string, line: string): string {
  return say(language, "event.for-item", { id, text: line });
}

/** The other sum is a range where the first is; where the days of a window come to one sum, there is none. */
function assumedText(language: Language, { theoretical, theoreticalMax }: Scenario, finding: Finding): string {
  const { sum, sumMax, ...args } = finding.args;
  const isOne = theoretical !== null && theoretical.minor > 0n && theoretical.minor === theoreticalMax?.minor;
  if (isOne && finding.code === "notified-between") return say(language, "card.notified-between-one", args);
  if (sumMax === undefined) return findingText(language, finding);
  return findingText(language, { ...finding, args: { ...args, sum: rangeText(language, sum as Money, sumMax as Money) } });
}

/** What the day after the latest of those days adds. */
interface DayMore {
  readonly after: Day;
  /** Null where it cannot be told. */
  readonly adds: Money | null;
  /** To the most that the sum may be, where that is a range. */
  readonly addsMax?: Money | null;
  /** The first day that can cost anything; null where that cannot be told. */
  readonly first: Day | null;
  /** The day on which a cap would bind if nobody ever complied, or has; `first` null where the order sets none, absent where the day cannot be told. */
  readonly binds?: {
    readonly first: { readonly day: Day; readonly yearly: boolean; readonly item: string | null } | null;
    readonly latest: Day | null;
    readonly isPast: boolean;
  };
}

function bindsText(language: Language, { items }: Standing, { first, latest, isPast }: NonNullable<DayMore["binds"]>): string {
  if (first === null) return say(language, "cost.no-cap");
  const line = say(language, isPast ? "cost.bound" : "cost.binds", { day: first.day, latest, yearly: yesNo(first.yearly) });
  return first.item === null || items.filter(({ rate }) => rate !== null).length < 2 ? line : named(language, first.item, line);
}

/** Nothing is said where a longer period only ends on a later day: that one day adds nothing would mislead. */
function dayMoreText(language: Language, { after, adds, addsMax, first }: DayMore, capReached: Day | null): string | null {
  if (adds === null) return null;
  if (adds.minor !== 0n || (addsMax ?? adds).minor !== 0n)
    return say(language, "cost.one-more", { day: after, sum: rangeText(language, adds, addsMax) });
  if (capReached !== null) return say(language, "cost.nothing-more");
  return first !== null && after < first ? say(language, "cost.not-yet", { first }) : null;
}
