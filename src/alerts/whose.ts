import type { RecordedEvent } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import { standingOn } from "../matter/standing.ts";
import type { PersonRef } from "../ports/chat.ts";
import type { People } from "../ports/ledger.ts";
import type { Day } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import { personCalled } from "./owner.ts";

/** Somebody with whom a matter stands; by name as its owner or assignee, else because they registered it. */
export interface Holder {
  /** Null where nobody is known by that name any more, or several are. */
  readonly person: PersonRef | null;
  readonly isNamed: boolean;
}

type KnownHolder = Holder & { readonly person: PersonRef };

/** The matter before an event of its history. */
export function beforeEvent(matter: Matter, { order }: Pick<RecordedEvent, "order">): Matter {
  return { ...matter, events: matter.events.filter((one) => one.order < order), version: order - 1 };
}

/** Whose a matter is, in the order in which they are to hear of it: who answers for it, who works on it, who registered it. */
export async function holdersOf(people: People, matter: Matter, today: Day): Promise<readonly Holder[]> {
  const { ownedBy, assignedTo } = standingOn(matter, today);
  const holders: Holder[] = [];
  for (const name of [ownedBy, assignedTo]) if (name !== null) holders.push({ person: await personCalled(people, name), isNamed: true });
  if (matter.registeredBy !== undefined) holders.push({ person: await people.refOf(matter.registeredBy), isNamed: false });
  return holders;
}

/** Those whose it was since then, until somebody else handed it to another: whoever takes a matter over must not be the only one to hear of it. */
export async function takenFrom(people: People, matter: Matter, since: Instant, today: Day): Promise<readonly KnownHolder[]> {
  const taken: KnownHolder[] = [];
  for (const event of matter.events.filter((one) => one.recordedAt > since && (isAssigned(one) || one.event.type === "corrected"))) {
    const holder = (await holdersOf(people, beforeEvent(matter, event), today)).find(isKnown);
    if (holder !== undefined && (await people.known(holder.person)) !== event.by) taken.push(holder);
  }
  return taken;
}

/** Whether the event hands to somebody else what stood with another: who answers for it, or who works on it where nobody answers. */
export function isTakenOver(before: Matter, after: Matter, today: Day): boolean {
  const [was, is] = [standingOn(before, today), standingOn(after, today)];
  if (was.ownedBy !== null) return was.ownedBy !== is.ownedBy;
  return was.assignedTo !== null && is.ownedBy === null && was.assignedTo !== is.assignedTo;
}

function isKnown(holder: Holder): holder is KnownHolder {
  return holder.person !== null;
}

function isAssigned({ event }: RecordedEvent): boolean {
  return event.type === "assigned";
}
