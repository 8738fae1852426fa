import type { ChatAdapter, PersonRef, Place } from "../ports/chat.ts";
import type { DeskMembers, Member } from "../ports/desk-members.ts";
import type { Owns } from "./answer.ts";
import { HOUSE_DESK } from "./desk-names.ts";

/**
 * What belongs to which desk, by what was read of it last: a place to the one that it was given to itself, else to its workspace's, else to the
 * workspace's own desk where each has one, else to the house's. A person belongs to the desk of their workspace, wherever they are.
 */
export interface Belonging {
  ofPlace(place: Place): string;
  ofPerson(person: PersonRef): string;
  /** Reads anew what was given to whom, where that has changed since; answers whether it has. Throws where the register cannot be read. */
  refresh(): Promise<boolean>;
  /** The desks to which something belongs that is served here, but for the house's, which always is. */
  served(): Promise<ReadonlySet<string>>;
}

export function openBelonging(members: DeskMembers, adapters: readonly ChatAdapter[]): Belonging {
  let known: { readonly version: number; readonly all: ReadonlyMap<Member, string> } = { version: 0, all: new Map() };

  async function read(): Promise<boolean> {
    const version = await members.version();
    if (version === known.version) return false;
    known = { version, all: await members.all() };
    return true;
  }

  function ofWorkspace(minted: Place | PersonRef): string {
    const adapter = adapters.find(({ name }) => minted.startsWith(`${name}:`));
    const workspace = adapter?.workspaceOf(minted) ?? null;
    const given = workspace === null ? undefined : known.all.get(workspace);
    return given ?? adapter?.workspaces?.deskOf(minted) ?? HOUSE_DESK;
  }

  return {
    ofPlace: (place) => known.all.get(place) ?? ofWorkspace(place),
    ofPerson: ofWorkspace,
    refresh: oneAfterTheOther(read),
    async served() {
      const names = new Set<string>();
      for (const adapter of adapters) for (const name of await servedBy(adapter, known.all)) names.add(name);
      names.delete(HOUSE_DESK);
      return names;
    },
  };
}

/** What of all that the desk of that name has. */
export function ownsAs(name: string, belonging: Pick<Belonging, "ofPlace" | "ofPerson">): Owns {
  return {
    place: (place) => belonging.ofPlace(place) === name,
    person: (person) => belonging.ofPerson(person) === name,
  };
}

/** Where each workspace is installed for itself, only what is of an installed one is served. */
async function servedBy({ name, workspaces }: ChatAdapter, all: ReadonlyMap<Member, string>): Promise<readonly string[]> {
  const given = [...all].filter(([member]) => member.startsWith(`${name}:`));
  if (workspaces === undefined) return given.map(([, desk]) => desk);
  const installed = new Set(await workspaces.installed());
  const served = given.filter(([member]) => installed.has(workspaces.deskOf(member) ?? ""));
  const whole = new Set(served.flatMap(([member]) => (isWorkspace(member) ? [workspaces.deskOf(member)] : [])));
  return [...[...installed].filter((own) => !whole.has(own)), ...served.map(([, desk]) => desk)];
}

/** A place is named behind its workspace: slack:T1/C2. */
export function isWorkspace(member: Member): boolean {
  return !member.includes("/");
}

/** Whoever asks while it runs has the run after it, with all who ask meanwhile: what was written before they asked is in their answer. */
function oneAfterTheOther<T>(work: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;

  function run(): Promise<T> {
    next = null;
    const begun = work();
    last = begun;
    return begun;
  }

  return () => {
    next ??= last.then(run, run);
    return next;
  };
}
