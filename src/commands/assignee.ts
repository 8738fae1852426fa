import { say } from "../cards/say.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import type { MatterEvent } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import type { Card } from "../ports/card.ts";
import type { PersonRef } from "../ports/chat.ts";
import type { Context } from "./command.ts";
import { PLACE } from "./person-or-place.ts";

/** A group, or everybody of a place, as a platform writes them where they are meant: no person bears such a name. */
const GROUP = /^(?:<![^>]*>|@(?:here|channel|everyone))$/i;
/** Where a second person may begin: a mention, as it is typed or as a platform's reference. */
const NEXT = /[\s,;]+(@[^\s,;]+|[a-z][a-z0-9-]*:[^\s/,;][^\s,;]*)/g;
/** A reference that tells its workspace too. */
const PLACED = /^[a-z][a-z0-9-]*:[^\s/]+\/[^\s/]/;

/** Whom an event assigns a matter to, or a correction of one; null where it is about nobody. */
export function assigneeIn(event: MatterEvent, { events }: Pick<Matter, "events">): string | null {
  if (event.type === "assigned") return event.to;
  if (event.type !== "corrected" || typeof event.set?.to !== "string") return null;
  return events.some((one) => one.id === event.event && one.event.type === "assigned") ? event.set.to : null;
}

/**
 * Me is whoever types, by reference as somebody who is mentioned is: another person may bear the same name, or take it on. On a command line it
 * stays the name, since there all who have the file are one person.
 */
export function withAssignee(event: MatterEvent, matter: Matter, { terminal, person, personName }: Context): MatterEvent {
  if (!/^@?me$/i.test(assigneeIn(event, matter)?.trim() ?? "")) return event;
  const to = terminal === null ? person : personName;
  if (event.type === "assigned") return { ...event, to };
  return event.type === "corrected" ? { ...event, set: { ...event.set, to } } : event;
}

/**
 * Why nobody can be assigned by that name: a group's and a conversation's, which have no matters, that of several, and one that several bear. Null
 * where somebody can.
 */
export async function assigneeRefused(event: MatterEvent, matter: Matter, context: Context): Promise<Refusal | null> {
  const to = assigneeIn(event, matter)?.trim() ?? null;
  if (to === null) return null;
  if (GROUP.test(to)) return refuse("assign-group");
  const first = await firstOfSeveral(to, context);
  if (first !== null) return refuse("assign-several", { first });
  if (await isNoPerson(to, context)) return refuse("assign-conversation", { to });
  return PLACE.test(to) ? null : namesakesRefused(to, context);
}

/** The first of several people who are named; null where there is one. */
async function firstOfSeveral(to: string, { direct, mentions = [], store }: Context): Promise<string | null> {
  const platform = PLACE.test(to.split(/\s/)[0]!) ? to.slice(0, to.indexOf(":") + 1) : null;
  for (const found of to.matchAll(NEXT)) {
    const next = found[1]!;
    // A name may hold a word like that; where the first is written so as well, or somebody bears it, it is another person.
    const isNamed = next.startsWith("@") && (to.startsWith("@") || (await store.people.named(next.slice(1))).length > 0);
    const isOne = isNamed || PLACED.test(next) || (platform !== null && next.startsWith(platform));
    const isMet = isOne || mentions.some(({ person }) => person === next) || direct(next as PersonRef) !== null;
    if (isMet || (await store.people.known(next)) !== null) return to.slice(0, found.index);
  }
  return null;
}

/** A name that several known people bear would make the matter all of theirs. Me of a command line is no name that somebody has typed. */
async function namesakesRefused(to: string, { terminal, personName, store }: Context): Promise<Refusal | null> {
  if (terminal !== null && to === personName) return null;
  const name = to.replace(/^@/, "");
  const candidates: PersonRef[] = [];
  for (const id of await store.people.named(name)) candidates.push(...[(await store.people.refOf(id)) ?? []].flat());
  return candidates.length > 1 ? refuse("person-ambiguous", { name, candidates }) : null;
}

/** Whether it is a reference of the platform on which it was typed, and of nobody there: that of another platform may be served by another process. */
async function isNoPerson(to: string, { terminal, person, store, direct, mentions = [] }: Context): Promise<boolean> {
  const isHere = terminal === null && PLACE.test(to) && to.startsWith(person.slice(0, person.indexOf(":") + 1));
  if (!isHere || mentions.some((one) => one.person === to) || direct(to as PersonRef) !== null) return false;
  // A platform may have no conversation with one alone.
  return direct(person) !== null && (await store.people.known(to)) === null;
}

/** The answer in a chat to whoever has assigned a matter says where nobody is known by that name or reference: what is told to its people reaches nobody. */
export async function withUnreached(card: Card, event: MatterEvent, { language, terminal, store }: Context): Promise<Card> {
  if (event.type !== "assigned" || terminal !== null) return card;
  const name = event.to.replace(/^@/, "");
  const isReference = PLACE.test(event.to);
  const isKnown = isReference ? (await store.people.known(event.to)) !== null : (await store.people.named(name)).length > 0;
  if (isKnown) return card;
  const [head, ...rest] = card.blocks;
  const said = isReference ? say(language, "assign.unmet", { person: event.to }) : say(language, "assign.unknown", { name });
  const line = { kind: "note", text: [said] } as const;
  return { ...card, blocks: head === undefined ? [line] : [head, line, ...rest] };
}
