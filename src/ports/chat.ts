import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import type { Card, CardLimits } from "./card.ts";
import type { Asking, Choice, Form, FormProblems, FormRequest, Home, LookupRequest, Submission } from "./form.ts";

/** Where a card can be posted: minted and read by its adapter only, and begins with the adapter's name (slack:T1/C2). */
export type Place = string & { readonly brand: "Place" };
/** A message that was posted, minted and read by its adapter only. */
export type PostRef = string & { readonly brand: "PostRef" };
/** A person, minted and read by their adapter only (slack:T1/U3, console:local). */
export type PersonRef = string & { readonly brand: "PersonRef" };
/** Names one thing to be said in one place; the same key is never said twice on purpose. */
export type DeliveryKey = string & { readonly brand: "DeliveryKey" };

/** Whether whoever posts or changes a card still may. Never throws. */
export type MayGoOn = () => Promise<boolean>;

/** A chat platform: a folder of adapters/chat that passes test/contracts/chat-adapter.ts. */
export interface ChatAdapter {
  readonly name: string;
  readonly limits: CardLimits;
  /** The least time between two messages in one place, in milliseconds; 0 where the platform sets none. */
  readonly pace: number;
  /** Whether what was posted can be changed where it stands: a terminal scrolls on. */
  readonly inPlace: boolean;
  /** Connects and listens; returns when commands can be answered. Refuses by throwing a sentence that says what to configure. */
  start(host: ChatHost): Promise<void>;
  /**
   * Posts the whole card, in as many messages as it takes, in order. Never throws for what a platform or a network does. Posted again with the
   * same `once`, a card of which part is known to stand there goes on with the rest. `under` is a message of the same place: the card goes into
   * its thread, where the platform has threads, and is seen in the place as well. `mayGoOn` is asked just before each message: where it says no,
   * another process may have gone on with the card, or the place is another desk's by now, and nothing more of it is sent.
   */
  post(to: Place, card: Card, once: DeliveryKey, under?: PostRef, mayGoOn?: MayGoOn): Promise<PostResult>;
  /**
   * Replaces what stands at the reference by the card. A message that somebody removed is `gone`. `mayGoOn` is asked just before each message that
   * is changed, sent or taken back: where it says no, the rest stays as it is.
   */
  update(posted: PostRef, card: Card, mayGoOn?: MayGoOn): Promise<PostResult>;
  /**
   * Looks whether the card of that key was shown in the place since then, where the platform lets a bot read: the reference, null when it was
   * not shown, "partly" where only some of its messages stand and the next post with the key goes on with the rest, "cannot-tell" where the
   * platform or the permissions do not say. Never throws.
   */
  find(to: Place, once: DeliveryKey, since: Instant): Promise<Found>;
  /** A person's own conversation with the bot, as a place to post to; null for a person of another adapter. */
  direct(person: PersonRef): Place | null;
  /**
   * Who can read what is posted in the place, as far as the platform tells now; asked anew at least every quarter of an hour. Never throws: what
   * cannot be told is `unknown`, and then somebody has to confirm that the place is internal.
   */
  audience(place: Place): Promise<Audience>;
  /** What the person is to the company, as far as the platform tells. Never throws: `unknown` where it cannot be told now. */
  kindOf(person: PersonRef): Promise<PersonKind>;
  /**
   * The workspace in which a place or a person of this adapter is, beginning with its name (slack:T1, teams:TENANT): what belongs to one desk as a
   * whole. Null for what it did not mint. It is read off the reference, and asks nobody.
   */
  workspaceOf(minted: Place | PersonRef): string | null;
  /** The place in which a message of this adapter stands, read off its reference; null for what it did not mint. */
  placeOf(posted: PostRef): Place | null;
  /**
   * The language in which whoever has the place to themselves reads the platform, as far as that is kept: the platform is not asked for it, and
   * null is told in the house's. Never throws. Absent where a platform does not tell.
   */
  languageOf?(place: Place): Promise<Language | null>;
  /** Where it serves several workspaces of which none may know of another; absent where all that it reaches belongs together. */
  readonly workspaces?: Workspaces;
  /** Whether commands can reach it and posts can leave it now, as far as it knows. */
  connected(): boolean;
  /** Answers what is under way and disconnects. */
  stop(): Promise<void>;
}

/** Who can read what is posted in a place, and whether the bot is `absent`: it is not in the place and nothing can be posted there, whoever reads. */
export type Audience =
  /** One person alone: their own conversation with the bot. */
  | { readonly kind: "person"; readonly person: PersonRef }
  /** Members of the company alone. */
  | { readonly kind: "internal"; readonly absent?: true }
  /** Others too: people of another company, or guests. */
  | { readonly kind: "shared"; readonly because: "external" | "guests"; readonly absent?: true }
  /**
   * The platform does not tell, or not to this app: `absent` where that is because the bot is not in the place, as far as it tells; `not-now` where
   * it is in trouble or asks to wait, and has told nothing of the place before: it is worth asking again in a minute.
   */
  | { readonly kind: "unknown"; readonly because?: "absent" | "not-now" };

/** A member of the company, a guest in its workspace, or somebody of another one. */
export type PersonKind = "member" | "guest" | "stranger" | "unknown";

/** The workspaces of an adapter, each of which has a desk of its own unless it was given to another. */
export interface Workspaces {
  /**
   * The name of the workspace's own desk, for a place or a person that the adapter minted or for a workspace as it names it: lower-case letters,
   * digits and dashes. Null for what is none of its own.
   */
  deskOf(minted: Place | PersonRef | string): string | null;
  /** The own desks of the workspaces that are installed now. */
  installed(): Promise<readonly string[]>;
  /** The own desks of those whose installation this process cannot read, as it lacks the key: another process may have it. None is in `installed`. */
  sealed(): Promise<readonly string[]>;
}

/** What came of looking for a card: see ChatAdapter.find. */
export type Found = PostRef | null | "partly" | "cannot-tell";

export type PostResult =
  | { readonly ok: true; readonly posted: PostRef }
  /** Not shown, and worth trying again. */
  | { readonly ok: false; readonly retry: "later"; readonly reason: string; readonly afterSeconds?: number }
  /** Not shown, and never will be until a person mends something. */
  | {
      readonly ok: false;
      readonly retry: "never";
      readonly reason: string;
      /** Only the message is gone; its place may be well. */
      readonly gone?: true;
      /** Only the message stays as it is: it is too old, or of a kind that cannot be changed. Its place may be well. */
      readonly fixed?: true;
    }
  /** May have been shown: nobody can tell (a time-out, a 5xx, a connection that broke after sending). */
  | { readonly ok: false; readonly retry: "unknown"; readonly reason: string };

/** What the program hands to an adapter. */
export interface ChatHost {
  readonly clock: Clock;
  readonly log: Log;
  /** Places and people of the adapter's that the configuration names: it warns of those that it will never reach. */
  readonly named?: readonly (Place | PersonRef)[];
  /** What the adapter keeps by key (installations, conversation references, seen ids). */
  readonly state: AdapterState;
  /** Registers a route on the one HTTP server, such as POST /api/messages. Only before start returns. */
  route(method: "GET" | "POST", path: string, handle: RouteHandler): void;
  /** What time a platform said that it was, whenever one does: how far the machine's own clock is off. */
  heardTime(platform: Instant): void;
  /** A workspace was installed or taken away: its desk is opened or closed. Does nothing for an adapter without workspaces. */
  workspacesChanged(): Promise<void>;
  /** The platform told that others may read in the place now: nothing more goes there by what it was seen to be before, `audience` is asked first. */
  audienceChanged(place: Place): void;
  /** Answers one command; never throws. A platform's retry carries the same id and is answered once. */
  onCommand(command: IncomingCommand): Promise<Answer>;
  /** The form of a command, what is known filled in; an answer in words where there is none. Never throws. */
  form(request: FormRequest): Promise<Form | Answer>;
  /** Runs the command of a form that was filled in, as if it had been typed. With problems nothing was recorded. Never throws. */
  submit(submission: Submission): Promise<Answer | FormProblems>;
  /** What may be chosen, the likeliest first, at most as many as asked for. Never throws: what cannot be looked up has no choices. */
  lookUp(request: LookupRequest): Promise<readonly Choice[]>;
  /** What the person sees at home. Never throws. */
  home(asking: Asking): Promise<Home>;
  /** What a place is told when the bot is added to it; whoever asks has added it, without a name where nobody knows. Never throws. */
  welcome(asking: Asking): Promise<readonly Card[]>;
}

/** Node's own request and response; the adapter reads the body. */
export type RouteHandler = (
  request: import("node:http").IncomingMessage,
  response: import("node:http").ServerResponse,
) => void | Promise<void>;

export interface IncomingCommand {
  /** The platform's own id of this command, such as an activity id; the same for its retries. */
  readonly id: string;
  /** What was typed after the bot's name or slash command, mentions of the bot removed. Empty means help. */
  readonly text: string;
  readonly place: Place;
  readonly person: PersonRef;
  readonly personName: string;
  /** Everybody in the place can read the answer, whatever its audience: the platform has no private answer there. */
  readonly overheard?: true;
  /** Asked in passing, such as for a card to be put into a message: nobody speaks with the bot in the place, and it is not set up by that. */
  readonly passing?: true;
  /** The people whom the text mentions by reference, with the names by which the platform shows them. */
  readonly mentions?: readonly { readonly person: PersonRef; readonly name: string }[];
  /** The reader's language where the platform tells it. */
  readonly language?: Language;
}

/** The cards of an answer, in order, and who sees them. */
export interface Answer {
  readonly cards: readonly Card[];
  readonly audience: "asker" | "place";
  /** A form to open instead of showing the cards, where the platform can open one now: the cards say the same in words. */
  readonly form?: Form;
  /** Nothing was recorded: it asks whether it is meant, and a button of the cards records it. Asked again, it asks the same. */
  readonly asks?: true;
  /** What was asked for was not done, and nothing was recorded: the cards say why. */
  readonly refused?: true;
}

/** The few methods of Keyv that adapters use, and one that Keyv lacks; values are JSON. What test/contracts/adapter-state.ts demands. */
export interface AdapterState {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, milliseconds?: number): Promise<unknown>;
  /**
   * Keeps `true` under a key that is not there, or whose time is over: of many who add the same key at once, in whatever process, one alone is told
   * that it was the first.
   */
  add(key: string, milliseconds?: number): Promise<boolean>;
  delete(key: string): Promise<boolean>;
}

export interface Log {
  info(about: object, text: string): void;
  warn(about: object, text: string): void;
  error(about: object, text: string): void;
}
