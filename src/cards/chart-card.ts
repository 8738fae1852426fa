import { type Money, writeAmount } from "../law/money.ts";
import { sumsInOrder } from "../matter/in-order.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import type { Block, Card, Chart } from "../ports/card.ts";
import { addDays, type Day, yearOf } from "../time/day.ts";
import { type Language, wordDay } from "../time/wording.ts";
import { stateLine } from "./act-line.ts";
import { amountsHidden } from "./amounts.ts";
import { assumptionNotes, note, sinceNotes, text, toneOf } from "./matter-card.ts";
import { moneyLine, rangeText } from "./money-line.ts";
import { regimeNote, regimeText } from "./penalty-words.ts";
import { capitalise, say } from "./say.ts";

/** What has run of an item by the end of a day. */
interface Point {
  readonly day: Day;
  readonly theoretical: Money;
  readonly theoreticalMax: Money | null;
}

/** The running total of an item over time, with the sum in words; where nothing has run, that in words and no drawing. */
export function chartCard(language: Language, standing: Standing, item: ItemStanding, points: readonly Point[]): Card {
  const { key } = standing;
  const { ref } = standing.facts;
  const named = standing.items.length > 1 ? item.id : null;
  const title = say(language, "chart.title", { ref, item: named });
  const money = moneyLine(language, standing, item);
  const blocks: readonly Block[] = [
    ...(points.length === 0 || amountsHidden()
      ? [text({ bold: say(language, whyNot(item), { ref }) })]
      : [chartOf(language, standing, item, points)]),
    text(stateLine(language, standing, item)),
    ...(money === "" ? [] : [text(money)]),
    ...assumptionNotes(language, item),
    ...sinceNotes(language, standing),
    note(say(language, "card.not-advice")),
    {
      kind: "actions",
      actions: [
        { label: say(language, "button.why"), command: `why ${key}` },
        { label: say(language, "button.show"), command: `show ${key}` },
      ],
    },
  ];
  return { title, tone: toneOf(standing, standing.on), blocks };
}

/** A matter without any daily penalty. */
export function noChartCard(language: Language, { facts }: Standing): Card {
  const { ref } = facts;
  return { title: say(language, "chart.title", { ref }), tone: "calm", blocks: [text(say(language, "chart.no-meter", { ref }))] };
}

function whyNot({ rate, theoretical }: ItemStanding): "chart.no-meter" | "chart.hidden" | "chart.unknown" | "chart.nothing" {
  if (rate === null) return "chart.no-meter";
  if (amountsHidden()) return "chart.hidden";
  return theoretical === null ? "chart.unknown" : "chart.nothing";
}

function chartOf(language: Language, { currency, facts }: Standing, item: ItemStanding, points: readonly Point[]): Chart {
  const drawn = points.map(({ day, theoretical, theoreticalMax }) => ({
    day,
    theoretical: sumsInOrder(theoretical, theoreticalMax ?? theoretical)[0],
  }));
  const [first, last] = [drawn[0]!, points.at(-1)!];
  const most = drawn.reduce((one, other) => (other.theoretical.minor > one.theoretical.minor ? other : one));
  const { regime } = item;
  const args = {
    regime: capitalise(regimeText(language, regime)),
    note: noteOf(language, item, last),
    // The drawing begins at nothing, on the eve of the first day of penalty: that day is named as everywhere else.
    from: first.theoretical.minor === 0n && points.length > 1 ? addDays(first.day, 1) : first.day,
    through: last.day,
    sum: rangeText(language, last.theoretical, last.theoreticalMax),
    most: most.theoretical.minor > last.theoretical.minor ? most.theoretical : null,
    when: most.day,
  };
  return {
    kind: "chart",
    title: say(language, "chart.heading", { ref: facts.ref, regime: regimeText(language, regime), currency }),
    summary: say(language, "chart.summary", args),
    unit: currency,
    points: drawn.map(({ day, theoretical }) => ({
      label: labelOf(language, day, yearOf(first.day) !== yearOf(last.day)),
      value: Number(writeAmount(theoretical)),
      shown: say(language, "money.plain", { sum: theoretical }),
    })),
  };
}

/** What the sum is; and of two sums, which of them the line is. */
function noteOf(language: Language, { regime, state }: ItemStanding, { theoretical, theoreticalMax }: Point): string {
  const words = state === "annulled" ? say(language, "chart.annulled") : regimeNote(language, regime);
  return theoreticalMax === null || theoreticalMax.minor === theoretical.minor ? words : say(language, "chart.lower", { note: words });
}

/** 19 Feb, with its year where the drawing goes over the end of one. */
function labelOf(language: Language, day: Day, years: boolean): string {
  const words = wordDay(language, day).split(" ").slice(1);
  return (years ? words : words.slice(0, -1)).join(" ");
}
