import type { Money } from "../law/money.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Block, Card, Text } from "../ports/card.ts";
import type { Day } from "../time/day.ts";
import type { Language } from "../time/wording.ts";
import { canComply } from "./act-line.ts";
import type { Scenario } from "./contents.ts";
import { note, text } from "./matter-card.ts";
import { countText, regimeNote, regimeText } from "./penalty-words.ts";
import { say } from "./say.ts";

/** What it costs to comply on one day or another. For the asker alone. */
export function costCard(language: Language, standing: Standing, scenarios: readonly Scenario[], next: DayMore): Card {
  const metered = standing.items.find(({ rate }) => rate !== null);
  const per = metered?.rate?.per ?? "day";
  const rows = scenarios.map(({ comply, units, theoretical, capReached }): readonly Text[] => {
    const cells: Text[] = [
      [{ bold: say(language, "card.day", { day: comply }) }],
      [theoretical === null ? say(language, "money.unknown") : say(language, "money.plain", { sum: theoretical })],
    ];
    if (units !== null) cells.push([countText(language, per, units)]);
    if (capReached !== null) cells.push([say(language, "cost.cap", { day: capReached })]);
    return cells;
  });
  const blocks: Block[] = [{ kind: "rows", heading: [say(language, canComply(standing) ? "cost.heading" : "cost.heading-neutral")], rows }];
  const more = dayMoreText(language, next, scenarios.find(({ comply }) => comply === next.after)?.capReached ?? null);
  if (more !== null) blocks.push(text(more));
  if (next.capBinds === null) blocks.push(text(say(language, "cost.no-cap")));
  else if (next.capBinds !== undefined) blocks.push(text(say(language, "cost.binds", { day: next.capBinds })));
  const regime = metered?.regime;
  if (regime !== undefined)
    blocks.push(note(say(language, "cost.regime", { regime: regimeText(language, regime), note: regimeNote(language, regime) })));
  blocks.push(note(say(language, "card.not-advice")));
  return { title: say(language, "cost.title", { ref: standing.facts.ref }), tone: "calm", blocks };
}

/** What the day after the latest of those days adds. */
interface DayMore {
  readonly after: Day;
  /** Null where it cannot be told. */
  readonly adds: Money | null;
  /** The first day that can cost anything; null where that cannot be told. */
  readonly first: Day | null;
  /** The day on which a cap would bind if nobody ever complied; null where the order sets none, absent where the day cannot be told. */
  readonly capBinds?: Day | null;
}

/** Nothing is said where a longer period only ends on a later day: that one day adds nothing would mislead. */
function dayMoreText(language: Language, { after, adds, first }: DayMore, capReached: Day | null): string | null {
  if (adds === null) return null;
  if (adds.minor !== 0n) return say(language, "cost.one-more", { day: after, sum: adds });
  if (capReached !== null) return say(language, "cost.nothing-more");
  return first !== null && after < first ? say(language, "cost.not-yet", { first }) : null;
}
