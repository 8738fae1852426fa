import type { Acknowledged, DigestLine } from "../cards/contents.ts";
import type { Matter } from "../matter/history.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import { POLICY } from "./policy.ts";

/** Who has taken note of a matter's deadlines in the place, and who has put it off there; names, not ids. */
export interface Heeded {
  /** By item: null where it was asked and nobody has, undefined where nothing asks for it. */
  acknowledged(item: string): Acknowledged | null | undefined;
  readonly snoozed: DigestLine["snoozed"] | undefined;
}

/** A matter as the digest looks at it. */
export interface Look {
  readonly matter: Matter;
  readonly standing: Standing;
  readonly heeded: Heeded;
}

/** Each item that is to be acted on or cannot be counted, and each fine whose day of payment has passed. */
export function linesOf({ standing, heeded }: Look): readonly DigestLine[] {
  const today = standing.on;
  const items = standing.items.map(
    (item): DigestLine => ({ standing, item, today, next: standing.next, ...snoozeOf(item, today, heeded) }),
  );
  const late = standing.fines.filter(
    ({ due, amount, paid, writtenOff, annulled }) =>
      due !== null && due < today && !annulled && amount !== null && paid.minor + writtenOff.minor < amount.minor,
  );
  return [
    ...items.filter((line) => isActNow(line) || isUncounted(line)).map((line) => ({ ...line, ...acknowledgedOf(line.item!, heeded) })),
    ...late.map(({ id, due: day }): DigestLine => {
      const due = { day: day!, what: "payment", item: null, fine: id };
      return { standing, item: null, today, next: { day: due.day, what: due.what }, due };
    }),
  ];
}

/** A matter is put off as a whole; whether that goes past the expiry is told of each item. */
function snoozeOf(item: ItemStanding, today: Day, { snoozed }: Heeded): Pick<DigestLine, "snoozed"> {
  return snoozed === undefined ? {} : { snoozed: { ...snoozed, pastExpiry: isPastExpiry(item, today, snoozed.until) } };
}

/** Asked of what is shown alone: it costs a look at the matter. */
function acknowledgedOf({ id }: ItemStanding, heeded: Heeded): Pick<DigestLine, "acknowledged"> {
  const acknowledged = heeded.acknowledged(id);
  return acknowledged === undefined ? {} : { acknowledged };
}

const WAITING: ReadonlySet<string> = new Set(["curing", "pending", "draft"]);

/** Whether a matter that is put off until that day is put off past the item's end, which is ahead still. */
export function isPastExpiry({ state, expiry, earliestExpiry }: ItemStanding, today: Day, until: Day): boolean {
  const end = expiry ?? earliestExpiry;
  return WAITING.has(state) && end !== null && end >= today && until >= end;
}

/**
 * A period, a related clock or a fine's day that ends within days; a period or a fine's day that has ended, a penalty that runs, a cap that was
 * reached (the duty goes on), or what was put off past its end.
 */
export function isActNow({ standing, item, today, snoozed, due }: DigestLine): boolean {
  if (due !== undefined) return due.day <= addDays(today, POLICY.actNowDays);
  if (item === null || snoozed?.pastExpiry === true) return true;
  // Of a clock that an appeal holds back the end is known, and is reminded of.
  if (item.state === "curing" || item.state === "pending") return item.expiry !== null && item.expiry <= addDays(today, POLICY.actNowDays);
  // A notice that has led to another matter is not to be acted on.
  if (item.state === "overdue") return standing.referredTo === null;
  if (item.state === "capped") return standing.referredTo === null;
  return item.state === "accruing" && item.units !== null;
}

const METERED: ReadonlySet<string> = new Set(["accruing", "capped", "claimed", "stayed"]);

/** Drafts, sums withheld, rates unknown: what a reader must not take for nothing. */
export function isUncounted({ item, standing, due }: DigestLine): boolean {
  if (item === null || due !== undefined || standing.referredTo !== null) return false;
  return item.state === "draft" || (METERED.has(item.state) && item.rate !== null && item.theoretical === null);
}

/** Deadlines ahead first, the nearest on top, and after them those of sums forfeited by law; then what ended, the latest on top. */
export function byExpiry(a: DigestLine, b: DigestLine): number {
  const [one, other] = [endOf(a), endOf(b)];
  const [oneAhead, otherAhead] = [one >= a.today, other >= b.today];
  if (oneAhead !== otherAhead) return oneAhead ? -1 : 1;
  if (isOfSums(a) !== isOfSums(b)) return isOfSums(a) ? 1 : -1;
  if (one === other) return a.standing.key < b.standing.key ? -1 : 1;
  return one < other === oneAhead ? -1 : 1;
}

function endOf({ item, next, due }: DigestLine): string {
  return due?.day ?? item?.expiry ?? item?.earliestExpiry ?? next?.day ?? "";
}

/** A day of those that come one after the other: it must not hide an end of a time to comply. */
function isOfSums({ due }: DigestLine): boolean {
  return due?.ofSums === true;
}

/** What can end about now on top, ahead or behind; what can never end last. */
export function byNearness(a: DigestLine, b: DigestLine): number {
  const [one, other] = [a, b].map(({ item, today }) => {
    const end = item?.earliestExpiry ?? item?.expiry ?? null;
    return end === null ? Number.MAX_SAFE_INTEGER : Math.abs(daysBetween(today, end));
  }) as [number, number];
  return one - other;
}

export function byNext(a: DigestLine, b: DigestLine): number {
  const [one, other] = [a.next?.day ?? "9", b.next?.day ?? "9"];
  if (one === other) return Number(isOfSums(a)) - Number(isOfSums(b));
  return one < other ? -1 : 1;
}

export function aheadLines({ standing, heeded }: Look, until: Day): readonly DigestLine[] {
  return standing.ahead
    .filter(({ day }) => day <= until)
    .map((due) => {
      const { day, what, item: id } = due;
      const item = standing.items.find((one) => one.id === id) ?? null;
      const asked = item !== null && (what === "expiry" || what === "earliest-expiry");
      return {
        standing,
        item,
        today: standing.on,
        next: { day, what },
        ...(asked ? { ...snoozeOf(item, standing.on, heeded), ...acknowledgedOf(item, heeded) } : { due }),
      };
    });
}

export function snoozedLine({ standing, heeded: { snoozed } }: Look): readonly DigestLine[] {
  if (snoozed === undefined) return [];
  const pastExpiry = standing.items.some((item) => isPastExpiry(item, standing.on, snoozed.until));
  return [{ standing, item: null, today: standing.on, next: standing.next, snoozed: { ...snoozed, pastExpiry } }];
}
