import type { Comparison, Difference } from "../matter/difference.ts";
import type { Visibility } from "../matter/sight.ts";
import type { Standing } from "../matter/standing-types.ts";
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

/** What an event changes, item by item: each with what it was and what it becomes. What is of the matter itself stands above its items. */
export function differenceBlocks(language: Language, { after, differences }: Comparison): readonly Block[] {
  if (differences.length === 0) return [text(say(language, "change.unchanged"))];
  const groups = Map.groupBy(differences, itemOf);
  const ordered = [...groups].toSorted(([one], [other]) => Number(other === null) - Number(one === null));
  const blocks = ordered.map(
    ([item, of]): Block => ({
      kind: "rows",
      heading: headingOf(language, after, item),
      rows: of.map((one) => differenceRow(language, one)),
    }),
  );
  const sums = differences.some(({ what }) => SUMS.has(what));
  return [...blocks, ...(sums ? [note(say(language, "change.through", { day: after.through }))] : [])];
}

function itemOf(difference: Difference): string | null {
  return "item" in difference ? difference.item : null;
}

/** Which item, or that it is the matter, where there are several items. */
function headingOf(language: Language, { items }: Standing, item: string | null): Text {
  if (items.length < 2) return [];
  if (item === null) return [{ bold: say(language, "change.matter") }];
  return [{ bold: say(language, "card.item", { id: item, order: items.find(({ id }) => id === item)?.order ?? null }) }];
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
  // What has run and what is open of it are never nothing: they are not known.
  const isUnknown = value === "unknown" ? what === "fine" : value === null && (what === "theoretical" || what === "open");
  if (isUnknown) return say(language, "money.unknown");
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
