import type { Role } from "../ports/access.ts";
import type { Block, Card, Text } from "../ports/card.ts";
import type { PersonRef } from "../ports/chat.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import { type Language, wordDay } from "../time/wording.ts";
import { note, text } from "./matter-card.ts";
import { say } from "./say.ts";

/** A person with their role; by whom and when it was given, where it does not stand in the configuration. A name that was erased is null. */
export interface ShownRole {
  readonly person: string;
  readonly name: string | null;
  readonly role: Role;
  readonly by: string | null;
  readonly at: string | null;
}

export interface ShownRoles {
  /** The role of every member to whom none was given. */
  readonly usual: Role;
  readonly configured: readonly ShownRole[];
  readonly given: readonly ShownRole[];
}

/** Who may do what at a desk. */
export function rolesCard(language: Language, { usual, configured, given }: ShownRoles, zone: string): Card {
  const blocks: Block[] = [text(say(language, "role.everybody", { role: usual }))];
  const row = (one: ShownRole): readonly Text[] => [
    [isNamed(one) ? { bold: `@${one.name!.replace(/^@/, "")}` } : { person: one.person as PersonRef, name: one.person }],
    [say(language, "role.name", { role: one.role })],
    ...(isNamed(one) ? [[one.person]] : []),
    ...(one.at === null ? [] : [[givenBy(language, one, zone)]]),
  ];
  if (configured.length > 0)
    blocks.push({ kind: "rows", heading: [{ bold: say(language, "role.configured") }], rows: configured.map(row) });
  if (given.length > 0) blocks.push({ kind: "rows", heading: [{ bold: say(language, "role.given-heading") }], rows: given.map(row) });
  if (configured.length + given.filter((one) => one.role === "admin").length === 0) blocks.push(text(say(language, "role.no-admins")));
  blocks.push(note(say(language, "role.guests")));
  return { title: say(language, "role.title"), tone: "calm", blocks };
}

/** Whoever was given a role before they have said a word is known by their reference alone, which stands there once. */
function isNamed({ name, person }: ShownRole): boolean {
  return name !== null && name !== person;
}

function givenBy(language: Language, { by, at }: ShownRole, zone: string): string {
  const day = wordDay(language, dayIn(zone, at as Instant));
  return say(language, "role.given-by", { name: by === null ? say(language, "history.erased") : `@${by.replace(/^@/, "")}`, day });
}
