import { z } from "zod";
import type { Day } from "../time/day.ts";
import { eventSchema } from "./events.ts";
import * as field from "./fields.ts";

const appeal = z.strictObject({ appeal: field.period, rule: field.id.optional() });
/** The day of an event of the matter, by its id. */
const eventStart = z.strictObject({ event: field.id });
const start = z.union(
  // The end of another item's time to comply: one item after another.
  [z.enum(["decided", "notified", "published"]), field.moment, appeal, eventStart, z.strictObject({ item: field.id })],
  { error: () => "clock-start" },
);
/** A clock beside the cure period may run from its end, too. */
const clockStart = z.union([z.enum(["decided", "notified", "published", "expiry"]), field.moment, appeal, eventStart], {
  error: () => "related-start",
});

const periods = z.union([field.period, z.array(field.period).min(1, "period").max(10, "period")], { error: () => "period" });

const cure = z.union([
  z.strictObject({
    period: periods,
    from: start.optional(),
    rule: field.id.optional(),
    calendar: field.calendar.optional(),
    stickyMonthEnd: z.boolean().optional(),
  }),
  z.strictObject({ until: field.day, because: field.prose }),
]);

const cap = z.strictObject({
  amount: field.amount.optional(),
  units: field.count.optional(),
  until: field.day.optional(),
  perYear: field.amount.optional(),
  higherOf: z.strictObject({ amount: field.amount, gain: field.amount, times: field.count }).optional(),
});

/** The first day of a penalty that runs at once, that day included: the order gives no time to comply. */
const penaltyStart = z.union([z.enum(["decided", "notified", "published"]), field.day, eventStart], { error: () => "penalty-start" });

const penalty = z.strictObject({
  from: penaltyStart.optional(),
  rate: field.amountOrUnknown.optional(),
  per: field.unit,
  units: field.count.optional(),
  turnover: z
    .strictObject({ annual: field.amount, percent: field.decimal, year: z.number().int("year").min(1900, "year").max(2200, "year") })
    .optional(),
  counting: z.enum(["inclusive", "exclusive-last", "exclusive-first", "completed", "started"], { error: () => "choice" }).optional(),
  cap: cap.optional(),
  steps: z
    .array(z.strictObject({ from: field.day, rate: field.amount }))
    .max(100, "too-many")
    .optional(),
});

const CLOCK_KINDS = ["evidence", "observations", "appeal", "objection", "payment", "time-bar", "discount", "notice"] as const;
const clock = z
  .strictObject({
    id: field.id,
    kind: z.enum(CLOCK_KINDS, { error: () => "choice" }),
    from: clockStart.optional(),
    period: periods.optional(),
    rule: field.id.optional(),
    calendar: field.calendar.optional(),
    /** The day itself, with the reason, alone or in place of what is counted from the period. */
    until: field.day.optional(),
    because: field.prose.optional(),
  })
  .refine(({ from, ...clock }) => from !== undefined || !isCounted(clock), { path: ["from"], error: "required" })
  .refine(({ period, ...clock }) => period !== undefined || !isCounted(clock), { path: ["period"], error: "required" })
  .refine(({ until, because }) => until === undefined || because !== undefined, { path: ["because"], error: "required" })
  .refine(({ until, because }) => until !== undefined || because === undefined, { path: ["until"], error: "required" });

/** Whether a clock is to be counted: no day is set, or what it would be counted from stands beside it. */
function isCounted({ from, period, until }: { from?: unknown; period?: unknown; until?: unknown }): boolean {
  return until === undefined || from !== undefined || period !== undefined;
}

const item = z.strictObject({
  id: field.id,
  order: field.prose.optional(),
  cure: cure.optional(),
  penalty: penalty.optional(),
  clocks: z.array(clock).max(50, "too-many").optional(),
});

const fine = z.strictObject({ id: field.id, amount: field.amountOrUnknown, due: field.dated.optional(), source: field.address.optional() });

/** What a matter is, as its file states it, without its events. */
export const factsSchema = z.strictObject({
  ref: field.reference,
  authority: field.line(100),
  addressee: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,79}$/, "slug")
    .optional(),
  respondent: field.line(300),
  kind: z.enum(["notice", "sanction", "order", "judgment"], { error: () => "choice" }),
  follows: field.reference.optional(),
  title: field.line(500).optional(),
  procedure: z.enum(["ordinary", "simplified"], { error: () => "choice" }).optional(),
  we: z.enum(["respondent", "counsel", "authority", "observer"], { error: () => "choice" }).optional(),
  visibility: z.enum(["public", "desk", "restricted"], { error: () => "choice" }).optional(),
  currency: field.currency.optional(),
  decided: field.dated.optional(),
  notified: field.notified.optional(),
  published: field.dated.optional(),
  knownThrough: field.dated.optional(),
  links: z.array(field.address).max(100, "too-many").optional(),
  tags: z
    .array(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,59}$/u, "tag"))
    .max(50, "too-many")
    .optional(),
  fines: z.array(fine).max(100, "too-many").optional(),
  items: z.array(item).max(200, "too-many").optional(),
  jointCap: z.strictObject({ items: z.array(field.id).min(2, "joint-cap"), amount: field.amount }).optional(),
});

export const matterSchema = factsSchema.extend({ events: z.array(eventSchema).max(10_000, "too-many").optional() });
export const fileSchema = z.strictObject({ matters: z.array(matterSchema).max(100_000, "too-many") });

export type Facts = z.output<typeof factsSchema>;
export type ItemFacts = z.output<typeof item>;
export type PenaltyFacts = z.output<typeof penalty>;
export type CureFacts = z.output<typeof cure>;
export type PenaltyStart = z.output<typeof penaltyStart>;
export type ClockStart = z.output<typeof start> | z.output<typeof clockStart>;
export type ClockFacts = z.output<typeof clock>;
/** A matter as a file holds it: facts and events together. */
export type FiledMatter = z.output<typeof matterSchema>;

/** The day of a dated fact, with or without its source. */
export function dayOf(fact: Day | { readonly day: Day } | undefined): Day | null {
  if (fact === undefined) return null;
  return typeof fact === "string" ? fact : fact.day;
}

/** When the respondent was notified: a day, with a time where the file gives one, or a window of days. */
export interface Notification {
  readonly from: Day;
  readonly to: Day;
  readonly time?: string;
}

export function notificationOf(facts: Facts): Notification | null {
  const fact = facts.notified;
  if (fact === undefined) return null;
  if (typeof fact === "object" && "between" in fact) return { from: fact.between[0], to: fact.between[1] };
  return momentOf(typeof fact === "string" ? fact : fact.day);
}

/** A day with an optional time of day, as 2023-12-18T14:05. */
export function momentOf(text: string): Notification {
  const day = text.slice(0, 10) as Day;
  return text.length > 10 ? { from: day, to: day, time: text.slice(11) } : { from: day, to: day };
}
