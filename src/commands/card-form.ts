import { snoozeDay } from "../cards/utterance-actions.ts";
import type { Refusal } from "../law/finding.ts";
import { decideEvent } from "../matter/decide.ts";
import type { MatterEvent } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { FormValues } from "../ports/form.ts";
import type { Day } from "../time/day.ts";
import type { Context } from "./command.ts";
import { findMatter, todayOf } from "./find.ts";
import { chosenOf } from "./form-choices.ts";
import { nothingToPutOff, withSince } from "./stale.ts";

/**
 * What the button of a card brings to the form that it opens: the day on which the matter would speak next, for one that is put off. Refused
 * where the form would come to nothing, since the card is of before: the matter was closed meanwhile, or compliance is claimed already. A matter
 * that is not found is the form's own business.
 */
export async function broughtByCard(verb: string, known: FormValues, context: Context): Promise<FormValues | Refusal> {
  const [ref] = known.ref ?? [];
  if (ref === undefined || (verb !== "snooze" && verb !== "complied")) return {};
  const matter = await findMatter(ref, context);
  if ("refused" in matter) return {};
  const today = todayOf(matter, context);
  if (verb === "complied") return (await claimRefused(matter, itemIn(known, matter, context), today, context)) ?? {};
  const standing = standingNow(matter, today);
  const over = nothingToPutOff(standing);
  if (over !== null) return withSince(over, matter, null, context);
  const waiting = standing.items.find(({ state }) => state === standing.state);
  const next = waiting === undefined ? null : snoozeDay(standing, waiting, today);
  return next === null ? {} : { day: [next.day] };
}

/** The item as the register has it: a form that was not opened is asked for again by what stood in it. One of another matter is not filled in. */
function itemIn(known: FormValues, matter: Matter, { store }: Context): string | undefined {
  const [text] = known.item ?? [];
  if (text === undefined) return undefined;
  const { id, isElsewhere } = chosenOf(text.trim(), matter, store.name);
  return isElsewhere ? undefined : id;
}

/** Why compliance can be claimed of no item; null where it can be of one. */
async function claimRefused(matter: Matter, named: string | undefined, today: Day, context: Context): Promise<Refusal | null> {
  const items = (matter.facts.items ?? []).map(({ id }) => id).filter((id) => named === undefined || id === named);
  const refusals = items.map((item) => decideEvent(matter, { type: "complied", on: today, item } as MatterEvent, today));
  const [first] = refusals;
  if (first == null || refusals.includes(null)) return null;
  return withSince(first, matter, items[0]!, context);
}
