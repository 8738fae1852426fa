import { z } from "zod";
import * as field from "./fields.ts";
import { isBalanced } from "./turns.ts";

const common = {
  on: field.day,
  // The register's own rows are named so.
  id: field.id.refine((id) => !/^(registered|facts-filled)(-\d+)?$/.test(id), "id-reserved").optional(),
  item: field.id.optional(),
  ref: field.reference.optional(),
  because: field.prose.optional(),
  source: field.prose.optional(),
  note: field.prose.optional(),
};

function event<T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.strictObject({ ...common, type: z.literal(type), ...shape });
}

const counted = { counted: z.boolean({ error: () => "yes-or-no" }).optional() };
const window = { from: field.day, to: field.day };
const payment = { amount: field.amount, for: field.id.optional() };

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "time-of-day")
  .optional();

const scalar = z.union([z.string().refine(isBalanced, "text-turned"), z.number(), z.boolean(), z.null()]);

/** Every kind of event with its further fields (docs/contract.md). The order is that of the command list. */
export const EVENTS = {
  notified: event("notified", { at: timeOfDay }),
  extended: event("extended", { until: field.day.optional(), by: field.period.optional() }),
  stayed: event("stayed", { scope: z.enum(["accrual", "collection"], { error: () => "choice" }).optional() }),
  resumed: event("resumed", {
    with: z.union([z.literal("remainder"), field.period], { error: () => "remainder-or-period" }).optional(),
    at: timeOfDay,
  }),
  "rate-changed": event("rate-changed", { rate: field.amount }),
  violation: event("violation", { count: field.count }),
  complied: event("complied", counted),
  rejected: event("rejected", {}),
  accepted: event("accepted", { from: field.day.optional() }),
  "partly-complied": event("partly-complied", { rate: field.amount.optional() }),
  intended: event("intended", { amount: field.amount, ...window }),
  liquidated: event("liquidated", { amount: field.amount, ...window }),
  invoiced: event("invoiced", payment),
  paid: event("paid", { ...payment, how: z.enum(["payment", "offset", "write-off"], { error: () => "choice" }).optional() }),
  refunded: event("refunded", payment),
  reduced: event("reduced", { for: field.reference, to: field.amount }),
  appealed: event("appealed", { suspends: z.enum(["no", "yes", "by-order"], { error: () => "choice" }).optional() }),
  annulled: event("annulled", { fine: field.id.optional(), liquidation: field.reference.optional(), matter: z.literal(true).optional() }),
  remitted: event("remitted", counted),
  settled: event("settled", counted),
  withdrawn: event("withdrawn", counted),
  lapsed: event("lapsed", counted),
  closed: event("closed", {}),
  referred: event("referred", { to: field.reference }),
  overridden: event("overridden", {
    what: z.enum(["expiry", "firstPenaltyDay", "units"], { error: () => "choice" }),
    value: z.union([field.day, field.count, z.literal(0)], { error: () => "day-or-count" }),
  }),
  assigned: event("assigned", { to: field.line(200), as: z.enum(["assignee", "owner"], { error: () => "choice" }).optional() }),
  note: event("note", { text: field.prose }),
  visibility: event("visibility", { to: z.enum(["public", "desk", "restricted"], { error: () => "choice" }) }),
  corrected: event("corrected", {
    event: field.id,
    set: z
      .record(z.string(), z.union([scalar, z.array(scalar), z.record(z.string(), z.union([scalar, z.record(z.string(), scalar)]))]))
      .optional(),
    void: z.literal(true, { error: () => "void" }).optional(),
  }),
} as const;

export type EventType = keyof typeof EVENTS;
export const EVENT_TYPES = Object.keys(EVENTS) as readonly EventType[];

export const eventSchema = z.discriminatedUnion(
  "type",
  Object.values(EVENTS) as unknown as [(typeof EVENTS)[EventType], ...(typeof EVENTS)[EventType][]],
);

/** One thing that happened, as a file or a command states it. */
export type MatterEvent = z.output<(typeof EVENTS)[EventType]>;
export type EventOf<T extends EventType> = Extract<MatterEvent, { type: T }>;

/** An event in the register: with its id, its place in the matter's history and when it was recorded. */
export interface RecordedEvent {
  readonly id: string;
  readonly event: MatterEvent;
  /** 1, 2, 3 … in order of recording. */
  readonly order: number;
  readonly recordedAt: string;
  readonly by: string;
  readonly via: "import" | "command";
  /** It came with the matter's registration, so it is no news. */
  readonly initial: boolean;
}
