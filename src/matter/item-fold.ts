import { type Refusal, refuse } from "../law/finding.ts";
import type { Rule, Terms } from "../law/time-limit.ts";
import { addDays, type Day, earlier } from "../time/day.ts";
import type { EventOf, RecordedEvent } from "./events.ts";
import { extend, override, resume, stay } from "./item-clock.ts";
import type { ItemFold, LastDay } from "./item-state.ts";

/** What moves a clock or a meter, and so makes no sense of an item that has ended. */
export const MOVES: ReadonlySet<string> = new Set([
  "extended",
  "stayed",
  "resumed",
  "rate-changed",
  "violation",
  "complied",
  "rejected",
  "accepted",
  "partly-complied",
]);

/** What an event on one item depends on beside that item. */
interface Bearings {
  readonly per: string | null;
  readonly allOver: boolean;
  readonly decided: Day | null;
  /** The matter is counted by another reading than it is: what would become of it is asked. */
  readonly isRead: boolean;
}

/** Applies one event to one item. Where it makes no sense it is refused. Money of fines is the matter's business. */
export function applyToItem(
  item: ItemFold,
  { id, event }: RecordedEvent,
  terms: Omit<Terms, "start" | "periods">,
  rule: Rule,
  { per, allOver, decided, isRead }: Bearings,
): Refusal | null {
  const over = item.annulled ? "annulled" : item.closed ? "closed" : item.ended;
  if (over !== null && isTooLate(item, event.type)) {
    return event.item !== undefined || allOver ? refuse("item-ended", { item: item.id, ended: over }) : null;
  }
  switch (event.type) {
    case "extended":
      return extend(item, { id, event }, terms, rule, isRead);
    case "stayed":
      if (event.scope !== "collection") return stay(item, event.on, per !== null);
      if (item.collectionStayed !== null) return refuse("stay-inside-stay", { from: item.collectionStayed });
      item.collectionStayed = event.on;
      return null;
    case "appealed":
      item.appealed = true;
      if (event.suspends === "yes" && over === null) return stay(item, event.on, per !== null);
      if (event.suspends === undefined) item.appealAssumed = true;
      return null;
    case "resumed":
      return resume(item, { id, event }, terms, rule);
    case "rate-changed":
      return changeRate(item, per, event.on, event.rate, decided);
    case "partly-complied":
      return event.rate === undefined ? null : changeRate(item, per, event.on, event.rate, decided);
    case "violation":
      if (per !== "violation") return refuse("no-violation-meter", { item: item.id });
      item.violations.push({ on: event.on, count: event.count });
      return null;
    case "complied":
      if (item.claim !== null) return refuse("claim-stands", { on: item.claim.on });
      item.claim = { on: event.on, stop: lastCounted(event) };
      item.stop = item.claim.stop;
      item.lastDays = [...item.lastDays, { ...item.claim, ended: "complied" }];
      return null;
    case "rejected":
      if (item.claim === null) return refuse("no-claim");
      item.claim = null;
      item.stop = item.endStop;
      item.lastDays = withoutClaim(item);
      return null;
    case "accepted":
      if (item.claim === null && event.from === undefined) return refuse("no-claim-accepted");
      if (event.from !== undefined && event.from > event.on) return refuse("accepted-from-later", { from: event.from, on: event.on });
      if (event.from !== undefined && decided !== null && event.from < decided)
        return refuse("accepted-before-decided", { from: event.from, decided });
      item.stop = event.from ?? item.claim!.stop;
      if (event.from !== undefined) item.lastDays = [...withoutClaim(item), { on: event.from, stop: event.from, ended: "complied" }];
      if (item.endStop !== null && item.endStop < item.stop) item.stop = item.endStop;
      item.claim = null;
      item.ended = RANK.find((one) => one === "complied" || one === item.ended)!;
      return null;
    case "intended": {
      const fault = windowFault(item, per, event);
      if (fault === null) item.observations.push({ id, from: event.on, answered: false });
      return fault;
    }
    case "liquidated":
      return liquidate(item, id, event, per);
    case "remitted":
    case "settled":
    case "withdrawn":
    case "lapsed":
      end(item, { on: event.on, stop: lastCounted(event), ended: event.type });
      item.ended = RANK.find((one) => one === event.type || one === item.ended)!;
      return null;
    case "closed":
      end(item, { on: event.on, stop: event.on, ended: "closed" });
      item.closed = true;
      return null;
    case "overridden":
      return override(item, event, decided);
    default:
      return null;
  }
}

/** A claim that was refused has given no last day, and one whose day the authority has put right not its own. */
function withoutClaim({ lastDays }: ItemFold): readonly LastDay[] {
  return lastDays.filter(({ ended }) => ended !== "complied");
}

function lastCounted(event: { on: Day; counted?: boolean | undefined }): Day {
  return event.counted === false ? addDays(event.on, -1) : event.on;
}

/** What comes too late for an item that has ended: what moves it, a second end of the same kind, and a sum for what was annulled. */
function isTooLate(item: ItemFold, type: string): boolean {
  // A claim that stood when the order lapsed or was sent back is decided all the same.
  const open = item.claim !== null && !item.annulled && !item.closed && (item.ended === "lapsed" || item.ended === "remitted");
  if (open && (type === "rejected" || type === "accepted")) return false;
  if (MOVES.has(type)) return true;
  if (type === "closed") return item.closed || item.annulled;
  if (type === "intended" || type === "liquidated") return item.annulled;
  return ENDS.has(type) && (item.annulled || item.ended === type);
}

/** Of several ends the first of these is shown. */
const RANK = ["withdrawn", "settled", "complied", "remitted", "lapsed"] as const;

/** The meter stops there at the latest; a claim or an earlier end may have stopped it before. */
function end(item: ItemFold, day: LastDay): void {
  const last = day.stop;
  item.lastDays = [...item.lastDays, day];
  if (item.endStop === null || last < item.endStop) item.endStop = last;
  item.stop = item.stop === null ? last : earlier(item.stop, last);
}

const ENDS: ReadonlySet<string> = new Set(["remitted", "settled", "withdrawn", "lapsed"]);

function changeRate(item: ItemFold, per: string | null, from: Day, rate: string, decided: Day | null): Refusal | null {
  if (per === null) return refuse("no-meter", { item: item.id });
  if (per === "turnover-day") return refuse("turnover-has-no-rate", { item: item.id });
  if (decided !== null && from < decided) return refuse("step-before-order", { day: from, decided });
  item.steps.push({ from, rate });
  return null;
}

/** A window of an item may not end before it begins or after it is told of, or begin before the first day of delay; and there must be a penalty. */
function windowFault(
  { id, expiry: ends, firstDay, clock }: ItemFold,
  per: string | null,
  { on, from, to }: EventOf<"intended" | "liquidated">,
): Refusal | null {
  if (per === null) return refuse("no-meter", { item: id });
  if (to < from) return refuse("window-backwards", { from, to });
  if (to > on) return refuse("window-not-over", { to, on });
  // Where a person has put the first day of delay off, a window that does not reconcile with it is told of.
  const expiry = firstDay === null || ends === null ? ends : earlier(ends, addDays(firstDay, -1));
  if (expiry !== null) return from <= expiry ? refuse("window-before-expiry", { from, expiry }) : null;
  if (clock.kind === "pending") return refuse("window-before-start", { from });
  const earliest = clock.kind === "draft" ? clock.earliest : null;
  return earliest !== null && from <= earliest ? refuse("window-before-earliest", { from, earliest }) : null;
}

function liquidate(item: ItemFold, id: string, event: EventOf<"liquidated">, per: string | null): Refusal | null {
  const fault = windowFault(item, per, event);
  if (fault !== null) return fault;
  const other = item.liquidations.find(({ annulled, from, to }) => !annulled && from <= event.to && event.from <= to);
  if (other !== undefined) return refuse("windows-overlap", { from: event.from, to: event.to, otherFrom: other.from, otherTo: other.to });
  const { from, to, amount } = event;
  for (const announced of item.observations) announced.answered = true;
  item.liquidations.push({ id, ref: event.ref ?? null, from, to, fixed: amount, amount, annulled: false, changedBy: [] });
  return null;
}
