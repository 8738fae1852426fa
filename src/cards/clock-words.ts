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
  /** Shown, and not reminded of by itself. */
  readonly quiet?: boolean;
}

/** All of a matter's that are not done, in the order of its file; fines last. */
export function clocksWaitedFor({ related, items, fines }: Standing): readonly ClockDeadline[] {
  const clocks = related.flatMap(({ id, kind, day, time, item, done, quiet = false }): readonly ClockDeadline[] =>
    done ? [] : [{ id, kind, day, time, item: items.find((one) => one.id === item) ?? null, fine: null, quiet }],
  );
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
  if (fine !== undefined) return fineText(language, standing, fine, when);
  const ours = `clock.${kind}-ours`;
  const theirs = `clock.${kind}`;
  const key = mayAct(standing, kind) && isKey(ours) ? ours : theirs;
  return isKey(key)
    ? say(language, key, { when })
    : say(language, "utterance.related", { what: capitalise(whatText(language, kind)), when });
}

function fineText(language: Language, standing: Standing, { amount, paid, writtenOff }: FineStanding, when: string): string {
  const sum = amount === null ? say(language, "money.unknown") : { ...amount, minor: amount.minor - paid.minor - writtenOff.minor };
  return say(language, canComply(standing) ? "act.pay" : "act.fine-open", { sum, due: when });
}

/** It falls to the addressee to comply, to answer, to appeal and to pay; to the authority to collect in time. */
function mayAct(standing: Standing, kind: string): boolean {
  return kind === "time-bar" ? standing.facts.we === "authority" : canComply(standing);
}
