import { createHash } from "node:crypto";
import type { Matter } from "../matter/history.ts";
import type { Proposal } from "../ports/proposals.ts";

/*
 * Ids are counted at each desk: a1 of one is not a1 of another, and both may have a matter of the same number. A place can come to belong to
 * another desk, and a register can be put back as it was, while cards stand where they were shown. So what a button names has a mark behind a
 * point, a1.3f9c2b1a, which ties it to its desk and to the very thing that was shown. What is typed by hand needs none.
 */

/** As a button names it. */
export function marked(id: string | number, mark: string): string {
  return `${id}.${mark}`;
}

/** What was typed or pressed, and the mark that it carries; null where it has none. */
export function unmarked(text: string): { readonly id: string; readonly mark: string | null } {
  const found = /^(.*)\.([0-9a-f]{8})$/.exec(text);
  return found === null ? { id: text, mark: null } : { id: found[1]!, mark: found[2]! };
}

export function proposalMark(desk: string, { id, stream, by, at }: Pick<Proposal, "id" | "stream" | "by" | "at">): string {
  return markOf(desk, "proposal", id, stream, by, at);
}

/** What a confirmation names: the version of the matter, its mark and, where the same waited already, the latest proposal of it. */
export interface Confirmation {
  readonly version: number;
  readonly mark: string | null;
  readonly beside: string | null;
}

/** As a button carries it: 4.77aa01c2, or 4.77aa01c2.a1 where a1 is the same and waits. */
export function confirmation(desk: string, matter: Pick<Matter, "key" | "version">, beside: string | null): string {
  const seen = marked(matter.version, matterMark(desk, matter));
  return beside === null ? seen : `${seen}.${beside}`;
}

export function confirmationIn(text: string): Confirmation {
  const [version = "", mark = null, beside = null] = text.split(".");
  return { version: Number(version), mark, beside };
}

/** Its version stands before it. */
export function matterMark(desk: string, { key }: Pick<Matter, "key">): string {
  return markOf(desk, "matter", key);
}

/** What a form lets choose of a matter: an item, a fine, a decision, or an event, which is told apart by when and by whom it was recorded. */
export function choiceMark(desk: string, { key, events }: Pick<Matter, "key" | "events">, id: string): string {
  const event = events.find((one) => one.id === id);
  return markOf(desk, "choice", key, id, ...(event === undefined ? [] : [event.recordedAt, event.by]));
}

export function personMark(desk: string, id: string, ref: string): string {
  return markOf(desk, "person", id, ref);
}

export function watchMark(
  desk: string,
  place: string,
  { id, filters }: { readonly id: string; readonly filters: readonly string[] },
): string {
  return markOf(desk, "watch", place, id, ...filters);
}

function markOf(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 8);
}
