import type { Ledger, LedgerEntry, Stamp, StreamAppend } from "../../src/ports/ledger.ts";
import { day } from "../../src/time/day.ts";
import { instantOf } from "../../src/time/instant.ts";

export function stamp(commandId: string): Stamp {
  return { recordedAt: instantOf(Date.UTC(2024, 1, 19, 8)), by: "p1", commandId, via: "command" };
}

export function entry(eventId: string): LedgerEntry {
  return {
    eventId,
    type: "registered",
    on: day("2024-02-18"),
    data: { amount: "100.00", nested: { b: [1, null, true], a: "é" } },
    texts: { respondent: "Ada Exemple", "items.0.order": "Stop\u0000 doing that, and that\n" },
  };
}

export function to(stream: string, expectedVersion: number, ...eventIds: readonly string[]): StreamAppend {
  return { stream, expectedVersion, entries: eventIds.map(entry) };
}

/** Two streams, five rows: alpha e1 e2, beta e1, alpha e3 e4. */
export async function fill(ledger: Ledger): Promise<void> {
  await ledger.append([to("alpha", 0, "e1", "e2"), to("beta", 0, "e1")], stamp("fill 1"));
  await ledger.append([to("alpha", 2, "e3", "e4")], stamp("fill 2"));
}
