import type { Money } from "../law/money.ts";
import type { FineStanding, ItemStanding, Standing } from "../matter/standing-types.ts";
import { type Day, daysBetween } from "../time/day.ts";
import type { Language } from "../time/wording.ts";
import { canComply, type Reading } from "./act-line.ts";
import { whatText } from "./findings.ts";
import { isPast, whenText } from "./moments.ts";
import { fineOpen } from "./money-line.ts";
import { capitalise, isKey, say } from "./say.ts";

/** A deadline beside the cure periods that somebody waits for: a clock of an item, or the day on which a fine is due. */
export interface ClockDeadline {
  readonly id: string;
  readonly kind: string;
  readonly day: Day;
  readonly time: string | null;
  readonly item: ItemStanding | null;
  readonly fine: string | null;
  /** The first day on which it is reminded of, where it is one of many. */
  readonly since?: Day;
}

/** All of a matter's that are reminded of and not done, in the order of its file; fines last. */
export function clocksWaitedFor({ related, items, fines }: Standing): readonly ClockDeadline[] {
  const clocks = related.flatMap(({ id, kind, day, time, item: of, done, reminded }): readonly ClockDeadline[] => {
    const item = items.find((one) => one.id === of) ?? null;
    if (done || reminded === null) return [];
    return [{ id, kind, day, time, item, fine: null, ...(reminded && { day: reminded.day, since: reminded.since }) }];
  });
  const due = fines.flatMap((fine): readonly ClockDeadline[] =>
    fine.due === null || fine.amount === null || !fineOpen(fine)
      ? []
      : [{ id: fine.id, kind: "payment", day: fine.due, time: null, item: null, fine: fine.id }],
  );
  return [...clocks, ...due];
}

/** What is due and by when, as an imperative to whom it falls to act; once it has passed, that it has. */
export function clockText(language: Language, standing: Standing, clock: Omit<ClockDeadline, "item" | "id">, reading: Reading): string {
  const { kind, day, time } = clock;
  const deadline = { day, time, zone: standing.zone };
  const when = whenText(language, deadline, reading);
  if (isPast(deadline, reading)) {
    const ago = say(language, "days-ago", { n: daysBetween(day, reading.today) });
    return say(language, "clock.ended", { what: capitalise(whatText(language, kind)), when, ago });
  }
  const fine = clock.fine === null ? undefined : standing.fines.find(({ id }) => id === clock.fine);
  if (fine !== undefined) return fineText(language, standing, fine, { when, isToday: day === reading.today });
  const ours = `clock.${kind}-ours`;
  const theirs = `clock.${kind}`;
  const key = mayAct(standing, kind) && isKey(ours) ? ours : theirs;
  return isKey(key)
    ? say(language, key, { when })
    : say(language, "utterance.related", { what: capitalise(whatText(language, kind)), when });
}

/** What is left of a fine and by when it is due. On that very day nobody is late. */
export function fineText(
  language: Language,
  standing: Standing,
  fine: FineStanding | undefined,
  { when, isToday }: { readonly when: string | null; readonly isToday: boolean },
): string {
  const sum = fineLeft(fine) ?? say(language, "money.unknown");
  const key = canComply(standing) ? "act.pay" : "act.fine-open";
  return isToday ? say(language, `${key}-today`, { sum, due: when }) : say(language, key, { sum, due: when });
}

/** What of a fine is not paid; null where its amount is not known. */
export function fineLeft(fine: FineStanding | undefined): Money | null {
  if (fine?.amount == null) return null;
  return { ...fine.amount, minor: fine.amount.minor - fine.paid.minor - fine.writtenOff.minor };
}

/** It falls to the addressee to comply, to answer, to appeal and to pay; to the authority to collect in time. */
function mayAct(standing: Standing, kind: string): boolean {
  return kind === "time-bar" ? standing.facts.we === "authority" : canComply(standing);
}
