import type { Ledger, People } from "../../src/ports/ledger.ts";
import type { Erased, Privacy } from "../../src/ports/privacy.ts";
import { minute } from "./delivery-fixtures.ts";

/** What is erased from, and what erases. */
export interface Parts {
  readonly privacy: Privacy;
  readonly ledger: Ledger;
  readonly people: People;
}

export const ADA = "slack:T1/U7ADA";
export const NAME = "Ada Nadzwyczajna";

/** The respondent of an event of alpha. */
export function textOf(eventId: string, path = "respondent", stream = "alpha"): Erased {
  return { kind: "text", stream, eventId, path };
}

export function person(id: string): Erased {
  return { kind: "person", person: id };
}

/** Erases for p1, on request. Throws where it is refused. */
export async function erase(privacy: Privacy, ...what: readonly Erased[]) {
  const done = await privacy.erase(what, "p1", minute(0), "request");
  if ("held" in done) throw new Error(`held: ${done.held}`);
  return done.erased;
}

/** The texts of a matter that are left, by event. */
export async function left(ledger: Ledger, stream = "alpha") {
  return (await ledger.read(stream)).map(({ eventId, texts, erased }) => [eventId, Object.keys(texts).toSorted(), [...erased].toSorted()]);
}
