import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { Answered } from "../../src/commands/dispatcher.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import { ORDER } from "../support/given.ts";
import { type Session, sessionOfTest, type Typist } from "../support/session.ts";

/** Ana and Ben of one workspace, each in a channel, and somebody whose platform has no direct messages. */
export const ANA: Typist = { place: "slack:T1/C1" as Place, person: "slack:T1/U1" as PersonRef, personName: "ana" };
export const BEN: Typist = { place: "slack:T1/C2" as Place, person: "slack:T1/U2" as PersonRef, personName: "ben" };
export const EVE: Typist = { place: "fax:1" as Place, person: "fax:eve" as PersonRef, personName: "eve" };

/** SAN-2024-001 ended on 5 March 2024 and accrues; SAN-2024-002 of the ICO ends then too, without any penalty. */
export const ORDERS = [
  { ...ORDER, tags: ["dpo"] },
  { ...ORDER, ref: "SAN-2024-002", respondent: "Autre SA", items: [{ id: "a", cure: { period: "P2M", from: "notified", rule: "cure" } }] },
];

/** A register with both orders, at a moment. */
export async function sessionAt(moment: string): Promise<Session> {
  const session = await sessionOfTest();
  await session.bring(...ORDERS);
  session.clock.set(moment as Instant);
  return session;
}

/** All that is read, title and lines, as one text. */
export function textOf({ cards }: Pick<Answered, "cards">): string {
  return cards.map(plainText).join("\n");
}
