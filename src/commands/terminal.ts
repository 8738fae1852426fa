import type { Key, SaidArgs } from "../cards/say.ts";
import type { ChatAdapter } from "../ports/chat.ts";
import type { Store } from "../ports/store.ts";

/** What only a terminal can do: files of the user's folder, a register of its own for simulations, and long work. Handed in by src/app. */
export interface Terminal {
  /** One JSON document is asked for, so nothing else may be written. */
  readonly json: boolean;
  /** Somebody reads the answer and can press or type what it offers: the prompt, not a line of a script. */
  readonly converses?: true;
  /** The text of a file, its name as the user typed it; a code where it cannot be read or is too large. */
  readFile(
    file: string,
  ): Promise<{ readonly text: string } | { readonly code: string; readonly args: Readonly<Record<string, string | number>> }>;
  /** An empty register in memory. */
  openScratch(): Promise<Store>;
  /** The reference adapter, posting to nowhere but `write`. */
  scratchAdapter(write: (text: string) => void): Promise<ChatAdapter>;
  /** One line on standard output, at once. */
  writeLine(line: string): void;
  /** A fault of ours that was caught in a rehearsal. */
  fault(about: object): void;
  /** How far long work has come; shown on a terminal only. */
  progress(done: number, of: number): void;
  /** Copies the register into a file that is not there yet, while others may read and write. */
  backup(file: string): Promise<Copied>;
  /** Puts the copy in the place of a register that is empty or not there. */
  restore(file: string): Promise<Copied>;
  /** Brings the whole register of one address into another; an address that is not said is the configured one. */
  move(from: string | undefined, to: string | undefined): Promise<Moved>;
  /** What was erased, at all desks, as `restored` takes it. */
  erasures(): Promise<readonly object[]>;
  /** Says that the database was put back from a copy: what the list names is erased again, and nothing is posted before it was looked for. */
  restored(list: string | undefined): Promise<Restored>;
  /** Serves the configured platforms until told to stop; false where none is configured. */
  serve(): Promise<boolean>;
}

interface Hindered {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;
}

export type Moved =
  | {
      readonly from: string;
      readonly to: string;
      /** Of all tables. */
      readonly rows: number;
      readonly desks: readonly { readonly desk: string; readonly events: number; readonly head: string }[];
    }
  | Hindered;

export type Restored =
  | {
      readonly desks: number;
      readonly erased: number;
      /** What the list held that was handed over: how many erasures, how many of them of desks that are not here, and whether its last line is cut off. */
      readonly list?: { readonly file: string; readonly erasures: number; readonly strange: number; readonly cut: boolean };
    }
  | Hindered;

export interface DeskCopied {
  readonly desk: string;
  readonly events: number;
  readonly head: string;
}

export type Copied =
  | {
      readonly file: string;
      readonly events: number;
      readonly head: string;
      /** The same of each desk, where there are several. */
      readonly desks?: readonly DeskCopied[];
      /** How many texts and people were erased again, since they had been after the copy was made. */
      readonly erased?: number;
      /** The file that would say what was erased, where it was looked for and is not there. */
      readonly unlisted?: string;
      /** The database beside which no list can lie, so that what was erased since the copy was made is not known here. */
      readonly unaware?: string;
    }
  | {
      readonly code: string;
      readonly args: Readonly<Record<string, string | number>>;
      /** Why the file was not taken: the sentence that says it, shown as the detail. */
      readonly because?: { readonly file: string; readonly key: Key; readonly args: SaidArgs };
    };
