import { parseFilters, soughtBy } from "../../alerts/filter.ts";
import { listCard, plainCard } from "../../cards/answers.ts";
import type { ListRow } from "../../cards/contents.ts";
import { text } from "../../cards/matter-card.ts";
import { say } from "../../cards/say.ts";
import { standingNow, standingOn } from "../../matter/standing.ts";
import type { Standing } from "../../matter/standing-types.ts";
import type { Card } from "../../ports/card.ts";
import type { Day } from "../../time/day.ts";
import { inPortions, sortedInPortions, unhurried } from "../../time/unhurried.ts";
import type { Command, Context } from "../command.ts";
import { asKnown, toCome, todayOf } from "../find.ts";
import { leavingOut, withLeftOut } from "../left-out.ts";
import { isAlone } from "../permission.ts";
import { filtersMeant } from "../person-or-place.ts";

export const list: Command = {
  verb: "list",
  summary: "help.list",
  group: "ask",
  access: "reads",
  who: "reader",
  positionals: [{ name: "filter", kind: "filter", many: true }],
  options: [
    { name: "on", kind: "day" },
    { name: "known-at", kind: "instant" },
  ],
  examples: [
    "list",
    "list --on 2024-04-04",
    "list authority:CNIL state:accruing",
    "list respondent:clearview",
    "list tag:dpo due:30d",
    "list mine state:accruing",
  ],
  async run(values, context) {
    const filters = parseFilters(await filtersMeant((values.filter ?? []) as readonly string[], context));
    if ("refused" in filters) return filters;
    const on = (values.on ?? null) as Day | null;
    const { desk } = await context.sight();
    let isAny = false;
    const isNow = on === null && values["known-at"] === undefined;
    const found: ListRow[] = [];
    for await (const some of context.register.each(isNow ? soughtBy(filters, context.clock.now()) : undefined)) {
      const early = toCome(on, some, context);
      if (early !== null) return early;
      isAny ||= some.length > 0;
      const listed = inPortions(some, (one): readonly ListRow[] => {
        const matter = asKnown(one, values);
        if (matter === null) return [];
        const day = on ?? todayOf(matter, context);
        const standing = on === null ? standingNow(matter, day) : standingOn(matter, on);
        return filters.every((filter) => filter.matches(desk ? standing : nobodys(standing), day)) ? [rowOf(standing)] : [];
      });
      for (const row of await unhurried(listed)) found.push(row);
    }
    const rows = await unhurried(sortedInPortions(found, byNextDay));
    const told = context.terminal === null ? rows.slice(0, MOST) : rows;
    context.looks.add(told.map(({ key }) => key));
    const shown = rows.map(({ ref, addressee, authority, respondent, state, next }) => ({
      ref,
      ...(addressee === undefined ? {} : { addressee }),
      authority,
      respondent,
      state,
      next,
    }));
    const isEmpty = !isAny && (filters.length === 0 || (await isWithout(context)));
    const card = isEmpty ? await emptyCard(context) : await withLeftOut(cardOf(told, rows.length, context), context);
    return { cards: [card], json: { matters: shown, total: rows.length } };
  },
};

/** In a chat so many are shown, which is a few messages: a register may hold a hundred thousand. */
const MOST = 500;

/** What is not shown is counted, and it is said how fewer are found. */
function cardOf(told: readonly ListRow[], total: number, { language }: Context): Card {
  const card = listCard(language, told, total);
  if (told.length === total) return card;
  return { ...card, blocks: [text(say(language, "list.first-shown", { n: told.length, total })), ...card.blocks] };
}

/** Whether whoever asks sees no matter at all. */
async function isWithout({ register }: Context): Promise<boolean> {
  for await (const some of register.each()) if (some.length > 0) return false;
  return true;
}

/**
 * A register is called empty to who sees all of the desk's alone. Where a place listens, it is called so to nobody: a restricted matter may be
 * known to whoever asks, and everybody there is answered alike.
 */
async function emptyCard(context: Context): Promise<Card> {
  const { language, overheard } = context;
  if (!(await context.sight()).desk) return withLeftOut(plainCard(language, "list.empty-public"), context);
  if (overheard && !isAlone(context)) return leavingOut(plainCard(language, "list.empty-here"), context);
  return plainCard(language, "list.empty-register");
}

/** Who has a matter is the desk's own: others do not learn it by asking for the matters of somebody. */
function nobodys(standing: Standing): Standing {
  return { ...standing, assignedTo: null, ownedBy: null };
}

function rowOf({ facts, state, next, key }: Standing): ListRow {
  const { ref, addressee, authority, respondent } = facts;
  return { key, ref, ...(addressee === undefined ? {} : { addressee }), authority, respondent, state, next };
}

/** By the next day, those without one last; then by reference. */
function byNextDay(a: ListRow, b: ListRow): number {
  const [one, other] = [a.next?.day ?? "9999", b.next?.day ?? "9999"];
  if (one !== other) return one < other ? -1 : 1;
  if (a.ref !== b.ref) return a.ref < b.ref ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}
