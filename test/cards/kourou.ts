import { EVENTS, type MatterEvent, type RecordedEvent } from "../../src/matter/events.ts";
import { type Facts, factsSchema } from "../../src/matter/facts.ts";
import type { Matter } from "../../src/matter/history.ts";
import { matterKey } from "../../src/matter/key.ts";
import type { Instant } from "../../src/time/instant.ts";

/** The facts of CNIL SAN-2023-018 as its file states them. */
export const KOUROU = {
  ref: "SAN-2023-018",
  authority: "CNIL",
  respondent: "Commune de Kourou",
  kind: "sanction",
  decided: "2023-12-12",
  notified: "2023-12-18",
  fines: [{ id: "fine", amount: "5000" }],
  items: [{ id: "dpo", cure: { period: "P2M", from: "notified", rule: "cure" }, penalty: { rate: "150", per: "day" } }],
} as const;

const REGISTERED = "2023-12-12T08:00:00.000Z" as Instant;

/** A matter of those facts and events, recorded as they are listed. */
export function matterOf(facts: object, events: readonly object[] = []): Matter {
  const parsed: Facts = factsSchema.parse({ ...KOUROU, ...facts });
  return {
    key: matterKey(parsed.authority, parsed.ref, parsed.addressee),
    facts: parsed,
    events: events.map(recordedOf),
    version: events.length + 1,
    registeredAt: REGISTERED,
    filled: [{ recordedAt: REGISTERED, facts: parsed }],
    registration: "c1",
  };
}

export function recordedOf(event: object, index = 0): RecordedEvent {
  const { type, id = `e${index + 1}` } = event as { type: keyof typeof EVENTS; id?: string };
  const parsed = EVENTS[type].parse(event) as MatterEvent;
  const recordedAt = `${parsed.on}T08:00:00.000Z`;
  return { id, event: parsed, order: index + 1, recordedAt, by: "p1", via: "command", initial: false } as RecordedEvent;
}
