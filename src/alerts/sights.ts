import { PUBLIC_SIGHT, type Sight, WHOLE_SIGHT } from "../matter/sight.ts";
import type { Access, Confirmation, DeskPolicy, Role } from "../ports/access.ts";
import type { Audience, PersonKind, PersonRef, Place } from "../ports/chat.ts";
import type { People } from "../ports/ledger.ts";
import { turnsOf } from "./audience-turns.ts";

/** What a person may do and see at a desk. */
export interface Clearance {
  readonly role: Role;
  readonly kind: PersonKind;
  /** Their opaque id; null where the desk has never met them. */
  readonly id: string | null;
  readonly sight: Sight;
}

/** Who may see what, in person and in places: the one thing that every door, list and message asks. */
export interface Sights {
  ofPerson(person: PersonRef): Promise<Clearance>;
  /** What every member of the place may see. */
  ofPlace(place: Place): Promise<Sight>;
  /** Who reads there, and who has confirmed that it is internal where the platform does not tell. */
  placeOf(place: Place): Promise<{ readonly audience: Audience; readonly confirmation: Confirmation | null }>;
  /** The people who are let in on a restricted matter, as their adapters know them; those who were erased are left out. */
  admittedTo(stream: string): Promise<readonly PersonRef[]>;
  policy(): Promise<DeskPolicy>;
  /** The platform told that others may read in the place now: what was seen of it holds no longer. */
  changed(place: Place): void;
  /** Another number than before where others read in the place than it was known of, whoever was told so: what was seen of it before holds no longer. */
  turnOf(place: Place): number;
  /** The administrators of the configuration who belong to this desk. */
  readonly admins: readonly PersonRef[];
}

export interface SightSource {
  readonly access: Access;
  readonly people: People;
  /** Administrators come from the configuration: those who belong to this desk now. */
  admins(): readonly PersonRef[];
  /** Never throw; a place or person of an adapter that does not run here is unknown. */
  audience(place: Place): Promise<Audience>;
  kindOf(person: PersonRef): Promise<PersonKind>;
}

/** Whoever sits at the terminal has the register's file, and all that is in it. */
const TERMINAL = "console:";

/** What was read of the access tables, for as long as they stay as they are. */
interface Known {
  readonly version: number;
  readonly roles: ReadonlyMap<string, Role>;
  readonly admitted: ReadonlyMap<string, ReadonlySet<string>>;
  readonly confirmations: ReadonlyMap<Place, Confirmation>;
  readonly policy: DeskPolicy;
}

export function openSights({ access, people, admins, audience: ask, kindOf }: SightSource): Sights {
  let kept: Known | null = null;
  const { audience, changed, turnOf } = turnsOf(ask);

  async function known(): Promise<Known> {
    const version = await access.version();
    if (kept?.version === version) return kept;
    const [roles, admitted, confirmations, policy] = [
      await access.roles(),
      await access.admitted(),
      await access.confirmations(),
      await access.policy(),
    ];
    kept = { version, roles, admitted, confirmations, policy };
    return kept;
  }

  async function ofPerson(person: PersonRef): Promise<Clearance> {
    const id = await people.known(person);
    if (person.startsWith(TERMINAL)) return { role: "admin", kind: "member", id, sight: WHOLE_SIGHT };
    const { roles, admitted, policy } = await known();
    const kind = await kindOf(person);
    const given = admins().includes(person) ? "admin" : id === null ? undefined : roles.get(id);
    const role = given ?? (kind === "member" ? everybodysRole(policy, admins()) : "none");
    return { role, kind, id, sight: sightOf(role, kind, given !== undefined, policy, keysOf(id, admitted)) };
  }

  return {
    ofPerson,
    async ofPlace(place) {
      const read = await audience(place);
      if (read.kind === "person") return (await ofPerson(read.person)).sight;
      const { confirmations, policy } = await known();
      const isConfirmed = confirmations.get(place)?.internal === true;
      return placeSight(read, isConfirmed, policy, everybodysRole(policy, admins()));
    },
    async placeOf(place) {
      return { audience: await audience(place), confirmation: (await known()).confirmations.get(place) ?? null };
    },
    async admittedTo(stream) {
      const { admitted } = await known();
      const refs: PersonRef[] = [];
      for (const id of admitted.get(stream) ?? []) {
        const ref = await people.refOf(id);
        if (ref !== null) refs.push(ref);
      }
      return refs;
    },
    policy: async () => (await known()).policy,
    changed,
    turnOf,
    get admins() {
      return admins();
    },
  };
}

/** The role of every member to whom none was given. Where nobody administers, all can work; where somebody does, they say who can. */
export function everybodysRole({ role }: DeskPolicy, admins: readonly PersonRef[]): Role {
  return role ?? (admins.length === 0 ? "editor" : "reader");
}

/** Guests and strangers see what is public, and no amounts, until somebody gives them a role; whoever is turned away sees nothing. */
function sightOf(role: Role, kind: PersonKind, given: boolean, policy: DeskPolicy, restricted: ReadonlySet<string>): Sight {
  if (given && role === "none") return NO_SIGHT;
  const isInside = role !== "none" && (given || kind === "member");
  if (isInside) return { any: true, desk: true, restricted, amounts: true };
  return kind === "member" ? NO_SIGHT : { ...PUBLIC_SIGHT, amounts: policy.sharedAmounts };
}

const NO_SIGHT: Sight = { any: false, desk: false, restricted: new Set(), amounts: false };

/** Restricted matters go to people alone. A place that is shared with others sees what is public, whoever says otherwise. */
function placeSight(audience: Audience, isConfirmed: boolean, policy: DeskPolicy, everybody: Role): Sight {
  if (audience.kind === "shared") return { ...PUBLIC_SIGHT, amounts: policy.sharedAmounts };
  const isInternal = isConfirmed || (audience.kind === "internal" && everybody !== "none");
  return isInternal ? { any: true, desk: true, restricted: new Set(), amounts: true } : PUBLIC_SIGHT;
}

function keysOf(id: string | null, admitted: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  if (id === null) return new Set();
  return new Set([...admitted].flatMap(([stream, ids]) => (ids.has(id) ? [stream] : [])));
}

/** What both may see: an answer that a person asks for and a place reads. */
export function bothSee(one: Sight, other: Sight): Sight {
  const restricted =
    one.restricted === "all" ? other.restricted : other.restricted === "all" ? one.restricted : common(one.restricted, other.restricted);
  return { any: one.any && other.any, desk: one.desk && other.desk, amounts: one.amounts && other.amounts, restricted };
}

function common(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one].filter((key) => other.has(key)));
}
