import type { Answer, ChatAdapter, IncomingCommand, Place } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";

/** What a platform or its network does to the next message that the adapter sends, once. */
export type Fault =
  /** Refuses for now and asks to wait THROTTLE_SECONDS (429 with Retry-After). */
  | "throttled"
  /** Answers 500 (or another 5xx) and shows nothing. */
  | "broken"
  /** Shows the message and answers 5xx all the same. */
  | "broken-after-accepting"
  /** Shows the message and breaks the connection without an answer. */
  | "reset-after-accepting"
  /** Never answers and shows nothing; the harness's adapter gives up after a short time. */
  | "silent"
  /** The place is not there any more (channel_not_found, ConversationNotFound). */
  | "gone"
  /** The bot may not write there (is_archived, 403 MessageWritesBlocked). */
  | "forbidden";

export const THROTTLE_SECONDS = 7;

/** A started adapter with a pretended platform around it, and a person at that platform. */
export interface ChatHarness {
  /** The one that runs: after a restart another one. */
  readonly adapter: ChatAdapter;
  /** A place that the adapter minted, where it can post. */
  readonly place: Place;
  /** A place of the platform in which the bot is not, and where it cannot post. */
  readonly absent: Place;
  /** Every command that the host heard, in order. */
  readonly heard: readonly IncomingCommand[];
  /** From now on the host answers commands so; at first it answers each with a calm card of no blocks that is titled "ok". */
  answerWith(answer: (command: IncomingCommand) => Answer): void;
  /**
   * The person types a command to the bot (without the bot's name or slash command) and waits for the whole answer.
   * Returns what the person was shown because of it, message by message, as plain text. With an id, the platform delivers under that id.
   */
  type(text: string, options?: { readonly id?: string }): Promise<readonly string[]>;
  /** The person presses the button with that label under the newest message of the place that has it; returns as type does. */
  press(label: string): Promise<readonly string[]>;
  /** What everybody in the place sees now, message by message, oldest first, as plain text: markup carried out, escapes undone. */
  shown(): Promise<readonly string[]>;
  /** Of that, what is seen in the place itself, without opening a thread. */
  glanced(): Promise<readonly string[]>;
  /** What the person who types sees in their own conversation with the bot, oldest first. */
  shownToPerson(): Promise<readonly string[]>;
  /** Somebody removes every message of the place. */
  wipe(): void | Promise<void>;
  /** Befalls the next message that the adapter sends to the place, or the one after as many that go well. Resolves when it has. */
  failNext(fault: Fault, after?: number): Promise<void>;
  /** The platform's clock stands there from now on. */
  setTime(at: Instant): void;
  /** What times the host was told, in order. */
  readonly times: readonly Instant[];
  /** From now on the platform does not let the bot read what stands in a place. */
  blind(): Promise<void>;
  /** So much time goes by for the adapter. */
  pass(seconds: number): void;
  /** How many requests the platform has had. */
  asked(): number;
  /** Somebody invites people of another company to the place. */
  share(): void | Promise<void>;
  /** From now on the platform answers nothing but its own trouble, until it is mended. */
  trouble(on: boolean): void;
  /** The program dies in the midst of what it does, and another one starts with what had been kept by then. */
  restart(): Promise<void>;
  /** Stops the adapter and the pretended platform. Called once after each clause, also when the clause stopped the adapter. */
  close(): Promise<void>;
}
