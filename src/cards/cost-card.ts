import type { Finding } from "../law/finding.ts";
import type { Money } from "../law/money.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Block, Card, Text } from "../ports/card.ts";
import type { Day } from "../time/day.ts";
import type { Language } from "../time/wording.ts";
import { canComply } from "./act-line.ts";
import type { Scenario } from "./contents.ts";
import { findingText } from "./findings.ts";
import { note, text } from "./matter-card.ts";
import { countRange, rangeText } from "./money-line.ts";
import { regimeNote, regimeText } from "./penalty-words.ts";
import { say } from "./say.ts";

/** What it costs to comply on one day or another, and what those figures rest on. For the asker alone. */
export function costCard(language: Language, standing: Standing, scenarios: readonly Scenario[], next: DayMore): Card {
  const metered = standing.items.find(({ rate }) => rate !== null);
  const rows = scenarios.map((scenario) => scenarioRow(language, metered?.rate?.per ?? "day", scenario));
  const blocks: Block[] = [
    { kind: "rows", heading: [say(language, canComply(standing) ? "cost.heading" : "cost.heading-neutral")], rows },
    ...assumptionLines(language, standing, scenarios).map((line) => note(line)),
  ];
  const more = dayMoreText(language, next, scenarios.find(({ comply }) => comply === next.after)?.capReached ?? null);
  if (more !== null) blocks.push(text(more));
  if (next.binds !== undefined) blocks.push(text(bindsText(language, next.binds)));
  const regime = metered?.regime;
  if (regime !== undefined)
    blocks.push(note(say(language, "cost.regime", { regime: regimeText(language, regime), note: regimeNote(language, regime) })));
  blocks.push(note(say(language, "card.not-advice")));
  return { title: say(language, "cost.title", { ref: standing.facts.ref }), tone: "calm", blocks };
}

function scenarioRow(language: Language, per: string, scenario: Scenario): readonly Text[] {
  const { comply, units, unitsMax, theoretical, theoreticalMax, capReached, capOfYear = false } = scenario;
  const cells: Text[] = [[{ bold: say(language, "card.day", { day: comply }) }], [rangeText(language, theoretical, theoreticalMax)]];
  if (units !== null) cells.push([countRange(language, per, units, unitsMax)]);
  if (capReached !== null) cells.push([say(language, "cost.cap", { day: capReached, yearly: yesNo(capOfYear) })]);
  return cells;
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
    readonly first: { readonly day: Day; readonly yearly: boolean } | null;
    readonly latest: Day | null;
    readonly isPast: boolean;
  };
}

function bindsText(language: Language, { first, latest, isPast }: NonNullable<DayMore["binds"]>): string {
  if (first === null) return say(language, "cost.no-cap");
  return say(language, isPast ? "cost.bound" : "cost.binds", { day: first.day, latest, yearly: yesNo(first.yearly) });
}

/** Nothing is said where a longer period only ends on a later day: that one day adds nothing would mislead. */
function dayMoreText(language: Language, { after, adds, addsMax, first }: DayMore, capReached: Day | null): string | null {
  if (adds === null) return null;
  if (adds.minor !== 0n || (addsMax ?? adds).minor !== 0n)
    return say(language, "cost.one-more", { day: after, sum: rangeText(language, adds, addsMax) });
  if (capReached !== null) return say(language, "cost.nothing-more");
  return first !== null && after < first ? say(language, "cost.not-yet", { first }) : null;
}
