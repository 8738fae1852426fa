import type { AdapterState, Audience, PersonKind, PersonRef, Place } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/time/clock.ts";
import { toldLately } from "../shared/told-lately.ts";
import type { Heard } from "./activity.ts";
import { type Address, addressOf, personIn, personOf, placeOf } from "./address.ts";
import type { Connector } from "./connector.ts";
import type { Conversation, Kept } from "./conversations.ts";
import { directoryIdOf, kindOfMember, type Member } from "./member.ts";
import { conversationAt, type Finding } from "./target.ts";

/** What the rosters of Teams tell of places and people. */
export interface Standings {
  audience(place: Place): Promise<Audience>;
  kindOf(person: PersonRef): Promise<PersonKind>;
  /** Somebody was heard in a conversation: its roster tells what they are. */
  met(heard: Heard): void;
  /** Somebody came or went, or the place itself changed: Teams is asked anew. */
  changed(address: Address): void;
}

/** Teams pages by at most 500 in a team, and answers a chat's roster whole. Of a larger team nobody can tell. */
const PAGE = 500;
const MOST_PAGES = 20;
/** An invoke has to be answered within seconds: where Teams is slow, the last word on a person serves. */
const LONGEST_WAIT = 700;
/** The people whose last conversation is remembered. */
const MET = 10_000;

const UNKNOWN: Audience = { kind: "unknown" };
const ABSENT: Audience = { kind: "unknown", because: "absent" };

interface Options {
  readonly finding: Finding;
  readonly clock: Clock;
  readonly state: AdapterState;
  /** Whether an address or a person is of the tenant that is served. */
  readonly isOurs: (tenant: string) => boolean;
  /** A person's own conversation, as a place. */
  readonly direct: (person: PersonRef) => Place | null;
  /** Told of each place of which Teams says that it changed. */
  readonly tell: (place: Place) => void;
}

export function standingsOf({ finding, clock, state, isOurs, direct, tell }: Options): Standings {
  const { conversations, connector } = finding;
  const audiences = toldLately<Audience>(() => clock, UNKNOWN, { kept: { state, under: "audience" } });
  const kinds = toldLately<PersonKind>(() => clock, "unknown", { patience: LONGEST_WAIT });
  /** Where each was heard last, with the id by which they go there. */
  const met = new Map<PersonRef, { readonly conversation: Conversation; readonly id: string }>();

  async function lookAt(kept: Kept): Promise<Audience | null> {
    const people = await rosterOf(connector, kept);
    if (people === null) return null;
    const told = people.map((member) => ({ member, kind: kindOfMember(member, kept.tenant) }));
    for (const { member, kind } of told) {
      const aadObjectId = directoryIdOf(member);
      if (kind !== "unknown" && aadObjectId !== undefined) kinds.learn(personOf({ id: aadObjectId, aadObjectId }), kind);
    }
    return among(told.map(({ kind }) => kind));
  }

  async function lookFor(person: PersonRef): Promise<PersonKind | null> {
    const at = met.get(person);
    if (at !== undefined) {
      const kind = await lookIn(at.conversation, at.id);
      if (kind !== null) return kind;
    }
    // Where they were never heard, or are no more, their own conversation tells.
    const place = direct(person);
    const address = place === null ? null : addressOf(place);
    const own = address === null ? null : await conversationAt(finding, address);
    return own === null || "ok" in own ? null : lookIn(own, person.slice("teams:".length));
  }

  async function lookIn(conversation: Conversation, id: string): Promise<PersonKind | null> {
    const member = (await connector.read(conversation, `members/${encodeURIComponent(id)}`)) as Member | null;
    return member === null ? null : kindOfMember(member, conversation.tenant);
  }

  return {
    async audience(place) {
      const address = addressOf(place);
      if (address === null || !isOurs(address.tenant)) return UNKNOWN;
      const person = personIn(address);
      if (person !== null) return { kind: "person", person: personOf({ id: person }) };
      const kept = await conversations.find(address);
      // The bot is not there, as far as is kept: Teams is asked about nothing that it was never heard of.
      if (kept === null) return ABSENT;
      if (kept.type === "personal") return kept.person === undefined ? UNKNOWN : { kind: "person", person: personOf({ id: kept.person }) };
      // It may be shared with teams of other companies, whose people its roster need not name.
      if (kept.channel === "shared") return { kind: "shared", because: "external" };
      return audiences.of(place, () => lookAt(kept));
    },
    kindOf: async (person) => (/^teams:[^/]+$/.test(person) ? kinds.of(person, () => lookFor(person)) : "unknown"),
    met({ person, conversation, away }) {
      if (away === true || person.id === "" || person.id === conversation.bot) return;
      const ref = personOf(person);
      met.delete(ref);
      met.set(ref, { conversation, id: person.id });
      if (met.size > MET) met.delete(met.keys().next().value!);
    },
    changed(address) {
      const place = placeOf(address);
      audiences.forget(place);
      tell(place);
    },
  };
}

/** Null where Teams does not tell, or there are more than are read. */
async function rosterOf(connector: Connector, of: Conversation): Promise<readonly Member[] | null> {
  const people: Member[] = [];
  let token = "";
  for (let page = 0; page < MOST_PAGES; page++) {
    const next = token === "" ? "" : `&continuationToken=${encodeURIComponent(token)}`;
    const read = await connector.read(of, `pagedmembers?pageSize=${PAGE}${next}`);
    const { members, continuationToken } = (read ?? {}) as { readonly members?: unknown; readonly continuationToken?: unknown };
    if (!Array.isArray(members)) return null;
    people.push(...(members as readonly Member[]).filter((member) => typeof member === "object" && member !== null));
    if (typeof continuationToken !== "string" || continuationToken === "") return people;
    token = continuationToken;
  }
  return null;
}

function among(kinds: readonly PersonKind[]): Audience {
  if (kinds.includes("stranger")) return { kind: "shared", because: "external" };
  if (kinds.includes("guest")) return { kind: "shared", because: "guests" };
  return kinds.length === 0 || kinds.includes("unknown") ? UNKNOWN : { kind: "internal" };
}
