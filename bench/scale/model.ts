import type { Change } from "../../src/alerts/register.ts";
import { authorityOf } from "../../src/law/catalogue.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import { matterSchema } from "../../src/matter/facts.ts";
import { matterKey } from "../../src/matter/key.ts";
import { factsOf } from "../../src/matter/merge.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";

/** Rows that each matter has in the ledger: its registration and ten events. */
export const ROWS = 11;
/** Of so many matters one is open; the others are closed and paid. */
const OPEN_OF = 10;

/** The hundred are due two months after it, on 27 April 2026; the other open ones a year after. */
export const [NOTIFIED, EXPIRY] = [day("2026-02-27"), day("2026-04-27")];
export const DUE = 100;
/** Each of so many has every so manieth matter. */
const RESPONDENTS = 50_000;

/** How many matters a respondent has. */
export function mattersOf(respondent: number, matters: number): number {
  return Math.ceil((matters - respondent) / RESPONDENTS);
}

const CLOSED_ON = day("2024-11-07");

/** What the register must say of a matter on a day before the expiry. */
export interface Figures {
  readonly state: "curing" | "closed";
  readonly expiry: Day;
  readonly theoretical: string;
  readonly paid: string;
}

export function refOf(index: number): string {
  return `SCALE-${index}`;
}

/** Whether it is one of the hundred, spread over the register. */
export function isDue(index: number, matters: number): boolean {
  return index % (matters / DUE) === 0;
}

export function isOpen(index: number, matters: number): boolean {
  return isDue(index, matters) || index % OPEN_OF === 0;
}

export function figuresOf(index: number, matters: number): Figures {
  if (isDue(index, matters)) return { state: "curing", expiry: EXPIRY, theoretical: "0.00", paid: "0.00" };
  if (isOpen(index, matters)) return { state: "curing", expiry: day("2027-02-27"), theoretical: "0.00", paid: "0.00" };
  // The period of two months ended on 18 February 2024; 46 days of 150 a day until the claim that was accepted.
  return { state: "closed", expiry: day("2024-02-18"), theoretical: "6900.00", paid: "6900.00" };
}

export function filedMatter(index: number, matters: number) {
  const isRunning = isOpen(index, matters);
  const notified = isRunning ? NOTIFIED : day("2023-12-18");
  return {
    ref: refOf(index),
    authority: "CNIL",
    respondent: `Respondent ${index % RESPONDENTS} SA`,
    kind: "sanction",
    decided: addDays(notified, -6),
    notified,
    tags: ["scale"],
    items: [
      {
        id: "a",
        order: "Designate a data protection officer and send the evidence",
        cure: { period: isDue(index, matters) || !isRunning ? "P2M" : "P12M", from: "notified", rule: "cure" },
        penalty: { rate: "150", per: "day" },
      },
    ],
  };
}

export function changeOf(index: number, matters: number): Change {
  const filed = matterSchema.parse(filedMatter(index, matters));
  const facts = factsOf(filed, authorityOf(filed.authority)!);
  const events = isOpen(index, matters) ? openEvents() : closedEvents(index);
  return { key: matterKey(facts.authority, facts.ref, facts.addressee), facts, events };
}

function openEvents(): readonly MatterEvent[] {
  const notes = Array.from({ length: 9 }, (_, number) => ({
    on: addDays(NOTIFIED, number),
    type: "note",
    text: `Call ${number + 1} with the respondent's counsel about the evidence`,
  }));
  return [{ on: NOTIFIED, type: "assigned", to: "ana" }, ...notes] as MatterEvent[];
}

function closedEvents(index: number): readonly MatterEvent[] {
  return [
    { on: "2024-01-10", type: "assigned", to: "ana" },
    { on: "2024-01-22", type: "note", text: "The respondent asks for a copy of the file" },
    { on: "2024-02-01", type: "note", text: "A copy of the file was sent" },
    { on: "2024-04-04", type: "complied", item: "a" },
    { on: "2024-05-13", type: "note", text: "The evidence was received" },
    { on: "2024-06-20", type: "accepted", item: "a" },
    { on: "2024-07-22", type: "liquidated", item: "a", from: "2024-02-19", to: "2024-04-04", amount: "6900", ref: `LIQ-${index}` },
    { on: "2024-08-01", type: "invoiced", amount: "6900", for: "a" },
    { on: "2024-09-17", type: "paid", amount: "6900", for: "a" },
    { on: CLOSED_ON, type: "closed", item: "a" },
  ] as unknown as MatterEvent[];
}
