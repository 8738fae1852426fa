import type { Comparison, Difference } from "../matter/difference.ts";
import type { Visibility } from "../matter/sight.ts";
import type { Block, Text } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { whatText } from "./findings.ts";
import { note, text } from "./matter-card.ts";
import { clockText } from "./moments.ts";
import { regimeText } from "./penalty-words.ts";
import { capitalise, type SaidArg, say } from "./say.ts";

/** What counts through a day. */
const SUMS: ReadonlySet<Difference["what"]> = new Set([
  "units",
  "theoretical",
  "theoreticalMax",
  "fixed",
  "open",
  "ifRefused",
  "paid",
  "finePaid",
]);

/** What an event changes, item by item: each with what it was and what it becomes. */
export function differenceBlocks(language: Language, { after, differences }: Comparison): readonly Block[] {
  if (differences.length === 0) return [text(say(language, "change.unchanged"))];
  const several = after.items.length > 1;
  const groups = Map.groupBy(differences, (one) => ("item" in one ? one.item : null));
  const blocks = [...groups].map(([item, of]): Block => {
    const order = after.items.find(({ id }) => id === item)?.order ?? null;
    const heading: Text = item !== null && several ? [{ bold: say(language, "card.item", { id: item, order }) }] : [];
    return { kind: "rows", heading, rows: of.map((one) => differenceRow(language, one)) };
  });
  const sums = differences.some(({ what }) => SUMS.has(what));
  return [...blocks, ...(sums ? [note(say(language, "change.through", { day: after.through }))] : [])];
}

function differenceRow(language: Language, difference: Difference): readonly Text[] {
  const shown = (value: Difference["before"]) => plainly(language, difference, value);
  return [
    [labelOf(language, difference)],
    [{ bold: say(language, "change.from-to", { before: shown(difference.before), after: shown(difference.after) }) }],
  ];
}

function labelOf(language: Language, difference: Difference): string {
  switch (difference.what) {
    case "theoretical":
      return say(language, "change.theoretical", { regime: regimeText(language, difference.regime) });
    case "theoreticalMax":
      return say(language, "change.theoreticalMax", { regime: regimeText(language, difference.regime) });
    case "fine":
    case "fineDue":
    case "finePaid":
    case "fineWrittenOff":
    case "fineRefundDue":
      return say(language, `change.${difference.what}`, { id: difference.fine });
    case "clock":
      return capitalise(whatText(language, difference.kind));
    default:
      return say(language, `change.${difference.what}`);
  }
}

function plainly(language: Language, { what }: Difference, value: Difference["before"]): SaidArg {
  if (value === null) return say(language, "change.nothing");
  if (what === "state") return say(language, `state.${value as "closed"}`);
  if (what === "expiryTime") return clockText(language, value as string);
  if (what === "visibility") return visibleText(language, value as Visibility);
  return typeof value === "number" ? String(value) : value;
}

/** everybody, the desk … */
export function visibleText(language: Language, visibility: Visibility): string {
  return say(language, `change.visible-${visibility}`);
}
