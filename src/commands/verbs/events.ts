import { recordedCard } from "../../cards/answers.ts";
import { problemText } from "../../cards/findings.ts";
import { problemsOf } from "../../exchange/issues.ts";
import { type Refusal, refuse } from "../../law/finding.ts";
import { decideEvent } from "../../matter/decide.ts";
import { EVENT_TYPES, EVENTS, type EventType, type MatterEvent } from "../../matter/events.ts";
import { standingNow } from "../../matter/standing.ts";
import type { Command, Context, Misunderstanding, Outcome, Parameter, Values } from "../command.ts";
import { misunderstood } from "../command.ts";
import { findMatter, namesOf, todayOf, withPeople } from "../find.ts";
import { heededHere } from "../heeded.ts";
import { eventJson, standingJson } from "../json.ts";
import { meetMentioned } from "../person-or-place.ts";
import { withSince } from "../stale.ts";
import { stampOf } from "../stamp.ts";

/** How each field of an event is typed. Fields that differ by type stand under "type.field". */
const FIELDS: Readonly<Record<string, Omit<Parameter, "name">>> = {
  on: { kind: "day", required: true },
  id: { kind: "id" },
  item: { kind: "id", offers: "item" },
  ref: { kind: "text" },
  because: { kind: "text", offers: "lines" },
  source: { kind: "text" },
  note: { kind: "text", offers: "lines" },
  at: { kind: "time" },
  until: { kind: "day" },
  by: { kind: "period" },
  how: { kind: "choice", allowed: ["payment", "offset", "write-off"] },
  scope: { kind: "choice", allowed: ["accrual", "collection"] },
  with: { kind: "text" },
  rate: { kind: "amount" },
  count: { kind: "count" },
  counted: { kind: "choice", allowed: ["true", "false"] },
  from: { kind: "day" },
  to: { kind: "day" },
  "reduced.to": { kind: "amount" },
  "referred.to": { kind: "text" },
  "assigned.to": { kind: "text", offers: "person" },
  as: { kind: "choice", allowed: ["assignee", "owner"] },
  amount: { kind: "amount" },
  for: { kind: "text", offers: "payable" },
  "reduced.for": { kind: "text", offers: "reducible" },
  suspends: { kind: "choice", allowed: ["no", "yes", "by-order"] },
  fine: { kind: "id", offers: "fine" },
  liquidation: { kind: "text", offers: "liquidation" },
  matter: { kind: "flag" },
  what: { kind: "choice", allowed: ["expiry", "firstPenaltyDay", "units"] },
  value: { kind: "word" },
  text: { kind: "text", offers: "lines" },
  event: { kind: "id", offers: "event" },
  set: { kind: "text", many: true, offers: "several-lines" },
  void: { kind: "flag" },
};

const EXAMPLES: Readonly<Record<EventType, string>> = {
  notified: "notified SAN-2023-018 --on 2023-12-18",
  extended: 'extended SAN-2023-018 --on 2024-02-10 --until 2024-03-31 --because "granted on request"',
  stayed: "stayed SAN-2023-018 --on 2024-03-01",
  resumed: "resumed SAN-2023-018 --on 2024-04-01 --with remainder",
  "rate-changed": "rate-changed SAN-2023-018 --on 2024-05-01 --rate 300",
  violation: "violation SAN-2023-018 --on 2024-05-01 --count 3",
  complied: "complied SAN-2023-018 --on 2024-09-17",
  rejected: "rejected SAN-2023-018 --on 2024-10-01",
  accepted: "accepted SAN-2023-018 --on 2024-11-07 --from 2024-09-17",
  "partly-complied": "partly-complied SAN-2023-018 --on 2024-06-01 --rate 75",
  intended: "intended SAN-2023-018 --on 2024-07-01 --from 2024-02-19 --to 2024-04-04 --amount 6900",
  liquidated: "liquidated SAN-2023-018 --on 2024-07-22 --from 2024-02-19 --to 2024-04-04 --amount 6900 --ref SAN-2024-009",
  invoiced: "invoiced SAN-2023-018 --on 2024-08-01 --amount 6900 --for dpo",
  paid: "paid SAN-2023-018 --on 2024-08-20 --amount 6900 --for dpo",
  refunded: "refunded SAN-2023-018 --on 2024-12-01 --amount 100 --for dpo",
  reduced: "reduced SAN-2023-018 --on 2024-12-01 --for SAN-2024-009 --to 5000",
  appealed: "appealed SAN-2023-018 --on 2024-01-15 --suspends no",
  annulled: "annulled SAN-2023-018 --on 2024-12-01 --liquidation SAN-2024-009",
  remitted: "remitted SAN-2023-018 --on 2024-12-01",
  settled: "settled SAN-2023-018 --on 2024-12-01",
  withdrawn: "withdrawn SAN-2023-018 --on 2024-12-01",
  lapsed: "lapsed SAN-2023-018 --on 2024-12-01",
  closed: "closed SAN-2023-018 --on 2024-11-07 --ref SAN-2024-018",
  referred: "referred MED-2021-134 --on 2022-10-17 --to SAN-2022-019",
  overridden: 'overridden SAN-2023-018 --on 2024-02-01 --what expiry --value 2024-02-19 --because "agreed with the authority"',
  assigned: "assigned SAN-2023-018 --on 2024-01-08 --to @ana",
  note: 'note SAN-2023-018 --on 2024-01-08 --text "Counsel has been asked"',
  corrected: 'corrected SAN-2023-018 --on 2024-08-21 --event e1 --set amount=6900 --because "typed wrongly"',
};

/** One command for each kind of event, its options those of the event. */
export const eventVerbs: readonly Command[] = EVENT_TYPES.map((type) => ({
  verb: type,
  summary: `help.${type}`,
  group: "record",
  access: "writes",
  positionals: [{ name: "ref", kind: "matter", required: true }],
  options: optionsOf(type),
  form: { first: ["ref", "item", "on"], last: ["because", "option:ref", "source", "note", "id"] },
  examples: [EXAMPLES[type]],
  run: (values, context) => recordTyped(type, values, context),
}));

function optionsOf(type: EventType): readonly Parameter[] {
  const shape = EVENTS[type].shape as Readonly<Record<string, { safeParse(value: unknown): { success: boolean } }>>;
  return Object.keys(shape)
    .filter((name) => name !== "type")
    .map((name) => {
      const optional = shape[name]!.safeParse(undefined).success;
      return { name, ...(FIELDS[`${type}.${name}`] ?? FIELDS[name])!, ...(optional ? {} : { required: true }) };
    });
}

function recordTyped(type: EventType, values: Values, context: Context): Promise<Outcome> {
  const { named, fields } = splitRef(values);
  return recordEvent(type, named, fields, context);
}

/** Records one event of the matter that is named, its fields as they were typed; without a day it is today's. */
export async function recordEvent(type: EventType, named: string, fields: Values, context: Context): Promise<Outcome> {
  const matter = await findMatter(named, context);
  if ("refused" in matter) return matter;
  const today = todayOf(matter, context);
  const event = eventFrom(type, { on: today, ...fields }, context);
  if (!("on" in event)) return event;
  if (event.type === "assigned") await meetMentioned(event.to, context);
  let refusal: Refusal | null = null;
  const recorded = await context.register.record(
    (matters) => {
      const now = matters.get(matter.key);
      refusal = now === undefined ? refuse("matter-not-found", { name: named }) : decideEvent(now, event, today);
      return refusal ?? [{ key: matter.key, facts: null, events: [event] }];
    },
    await stampOf(context, "command"),
  );
  if ("refused" in recorded) return withSince(recorded, (await context.register.matter(matter.key)) ?? matter, event.item ?? null, context);
  const after = (await context.register.matter(matter.key))!;
  const standing = await withPeople(standingNow(after, today), after, context);
  const written = after.events.at(-1)!;
  const names = await namesOf([...standing.since, written], context);
  return {
    cards: [recordedCard(context.language, standing, written, today)],
    json: {
      ...standingJson(standing, context.language, names),
      ...(await heededHere(after, standing, context)),
      recorded: eventJson(written, names),
    },
  };
}

/** The first argument names the matter; --ref is the number of the decision that the event is. */
function splitRef(values: Values): { named: string; fields: Values } {
  const { ref, "option:ref": decision, ...rest } = values;
  return { named: ref as string, fields: decision === undefined ? rest : { ...rest, ref: decision } };
}

function eventFrom(type: EventType, fields: Values, { language }: Context): MatterEvent | Misunderstanding | Refusal {
  const raw: Record<string, unknown> = { ...fields, type };
  for (const name of ["count"]) if (raw[name] !== undefined) raw[name] = Number(raw[name]);
  if (raw.counted !== undefined) raw.counted = raw.counted === "true";
  if (type === "overridden" && raw.what === "units" && /^\d+$/.test(String(raw.value))) raw.value = Number(raw.value);
  if (Array.isArray(raw.set)) {
    const set = settingsFrom(raw.set as readonly string[]);
    if ("misunderstood" in set) return set as Misunderstanding;
    raw.set = set;
  }
  const parsed = EVENTS[type].safeParse(raw, { reportInput: true });
  if (parsed.success) return parsed.data as MatterEvent;
  const problems = problemsOf(parsed.error, raw, ["matters", 0, "events", 0]);
  // The matter is named by ref too, so the decision's number has a name of its own.
  const wrong = problems.map(({ path: [field], code, args }) => ({ at: field === "ref" ? "option:ref" : String(field), code, args }));
  return { ...misunderstood("event-field", { detail: problemText(language, problems[0]!) }), wrong };
}

function settingsFrom(texts: readonly string[]): Record<string, unknown> | Misunderstanding {
  const set: Record<string, unknown> = {};
  for (const text of texts) {
    const equals = text.indexOf("=");
    if (equals < 1) return misunderstood("value-invalid", { name: "set", got: text, allowed: "amount=6900" });
    const [field, value] = [text.slice(0, equals), text.slice(equals + 1)];
    set[field] = value === "true" ? true : value === "false" ? false : value === "" ? null : field === "count" ? Number(value) : value;
  }
  return set;
}
