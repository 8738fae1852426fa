import type { PersonRef } from "./chat.ts";

/** Something that an adapter keeps by key, as its AdapterState has it. */
export interface KeptNote {
  readonly key: string;
  readonly value: unknown;
}

/** A note that is one person's. */
export interface OwnNote {
  readonly key: string;
  /** The workspace or the place in which it lies (slack:T1, slack:T1/C2): it goes with them from the desk to which that belongs. */
  readonly at: string;
  /** Their own conversation with the bot, where the note tells which it is: as a place of the adapter ends. */
  readonly conversation?: string;
}

/** What an adapter keeps by key of its people: of everything else that it keeps nothing goes when one of them is erased. */
export interface OwnKeys {
  /** The adapter's name. */
  readonly adapter: string;
  /** Whether the reference is a person's: not a workspace's, nor a conversation's. */
  isPerson(ref: string): boolean;
  /** The person's own notes. `holding` answers those of the adapter whose key or value holds the text. */
  notesOf(person: PersonRef, holding: (text: string) => Promise<readonly KeptNote[]>): Promise<readonly OwnNote[]>;
  /** The place in which somebody has half written what is kept under the key; null where that is no draft. */
  draftAt(key: string): string | null;
  /** Where a workspace or a place lies that was given to nobody. */
  usualOf(at: string, holding: (text: string) => Promise<readonly KeptNote[]>): Promise<UsualDesk>;
}

/** The desk that a workspace has of its own, and whether it is installed there: where it is not, it may be the house's as well. */
export interface UsualDesk {
  readonly own: string | null;
  readonly isInstalled: boolean;
}
