import { randomUUID } from "node:crypto";
import type { Context, webApi } from "@slack/bolt";
import type { ChatHost } from "../../../src/ports/chat.ts";
import type { Asking } from "../../../src/ports/form.ts";
import type { People } from "./mentions.ts";
import { type Meta, readMeta } from "./modal-meta.ts";
import { mintPerson, mintPlace, readPerson } from "./places.ts";
import type { PostTo } from "./response-url.ts";
import { type Triggers, triggersIn } from "./triggers.ts";

/** What every listener needs. */
export interface Room {
  readonly host: ChatHost;
  readonly command: string;
  readonly people: People;
  readonly post: PostTo;
  /** The submissions that are being worked on, by the view and its round: the same one delivered twice runs once. */
  readonly submissions: Map<string, Promise<object | undefined>>;
  readonly triggers: Triggers;
  /** The Homes that are being published, by person: one after the other, so that the last one stands. */
  readonly homes: Map<string, Promise<void>>;
}

export function roomOf({ host, command }: Pick<Room, "host" | "command">, people: People, post: PostTo): Room {
  return { host, command, people, post, submissions: new Map(), triggers: triggersIn(host.state), homes: new Map() };
}

/** Somebody who did something: who, where, and by what they can be answered. */
export interface Asker {
  /** The platform's id of what was done, the same when it is delivered again; one of its own where the payload has none. */
  readonly id: string;
  /** The workspace that the app is installed in; the person's own may be another, in a shared channel. */
  readonly team: string;
  readonly userTeam: string;
  readonly user: string;
  /** What the payload calls the person. */
  readonly handle: string;
  /** The conversation that the answer goes to; the person's own id for the direct messages. */
  readonly channel: string;
  readonly client: webApi.WebClient;
  /** Posts to the response_url of what was done: see PostTo. */
  readonly respond?: (message: object) => Promise<string>;
  /** Opens one view within three seconds. */
  readonly trigger?: string;
  /** The message whose words a form was asked for with, by its ts in the conversation. */
  readonly message?: string;
  /** The thread that the answer goes to, by the ts of its first message. */
  readonly thread?: string;
  /** The modal of ours in which it was done. */
  readonly modal?: { readonly id: string; readonly meta: Meta };
  /** It was done in the App Home, or in a form that was opened from there. */
  readonly home?: boolean;
}

/** A payload of Slack as far as it is read; any part may be missing. */
export interface Body {
  readonly type?: string;
  readonly trigger_id?: string;
  readonly event_id?: string;
  readonly response_url?: string;
  /** Of a form that asks for a conversation to answer in. */
  readonly response_urls?: readonly { readonly response_url?: string }[];
  readonly team_id?: string;
  readonly user_id?: string;
  readonly user_name?: string;
  readonly channel_id?: string;
  readonly callback_id?: string;
  readonly team?: { readonly id?: string } | null;
  readonly user?: { readonly id?: string; readonly name?: string; readonly username?: string; readonly team_id?: string };
  readonly channel?: { readonly id?: string };
  readonly container?: { readonly channel_id?: string; readonly message_ts?: string; readonly thread_ts?: string };
  readonly message?: { readonly text?: string; readonly ts?: string; readonly thread_ts?: string };
  readonly view?: ShownView;
  readonly actions?: readonly Pressed[];
  readonly event?: { readonly user?: string; readonly tab?: string; readonly channel?: string; readonly view?: ShownView };
  /** What was typed into a select whose options are asked for. */
  readonly value?: string;
  readonly block_id?: string;
  readonly action_id?: string;
}

export interface Pressed {
  readonly type?: string;
  readonly action_id?: string;
  readonly block_id?: string;
  readonly value?: string;
  /** Of a button that is a link. */
  readonly url?: string;
}

export interface ShownView {
  readonly id?: string;
  readonly type?: string;
  readonly hash?: string;
  readonly callback_id?: string;
  readonly private_metadata?: string;
  readonly blocks?: readonly { readonly type?: string; readonly block_id?: string }[];
  readonly state?: { readonly values?: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

interface Means {
  readonly context: Context;
  readonly client: webApi.WebClient;
}

/** Null where the payload does not say who in which workspace: there is nobody to answer. */
export function askerOf({ post }: Pick<Room, "post">, body: Body, { context, client }: Means): Asker | null {
  const user = body.user_id ?? body.user?.id ?? body.event?.user;
  const team = context.teamId ?? body.team?.id ?? body.team_id ?? body.user?.team_id;
  if (typeof user !== "string" || typeof team !== "string" || readPerson(mintPerson(team, user)) === null) return null;
  const url = body.response_url || body.response_urls?.[0]?.response_url;
  const trigger = typeof body.trigger_id === "string" ? body.trigger_id : undefined;
  const modal = modalIn(body.view);
  const message = body.type === "message_action" ? body.message?.ts : modal?.meta.message;
  const thread = threadIn(body) ?? modal?.meta.thread;
  const channel = body.channel_id ?? body.channel?.id ?? body.container?.channel_id ?? modal?.meta.channel;
  return {
    id: trigger ?? body.event_id ?? randomUUID(),
    team,
    userTeam: body.user?.team_id ?? body.team_id ?? team,
    user,
    handle: body.user_name || body.user?.username || body.user?.name || user,
    channel: typeof channel === "string" && channel !== "" ? channel : user,
    client,
    ...(typeof url === "string" && /^https?:/.test(url) && URL.canParse(url) ? { respond: (message) => post(url, message) } : {}),
    ...(trigger === undefined ? {} : { trigger }),
    ...(typeof message === "string" ? { message } : {}),
    ...(typeof thread === "string" ? { thread } : {}),
    ...(modal === null ? {} : { modal }),
    ...(body.view?.type === "home" || modal?.meta.home === true ? { home: true } : {}),
  };
}

/** The thread in which it was done; the message that a thread hangs on stands in the conversation itself, and names the thread as well. */
function threadIn({ container, message }: Body): string | undefined {
  const thread = container?.thread_ts ?? message?.thread_ts;
  return thread === (container?.message_ts ?? message?.ts) ? undefined : thread;
}

function modalIn(view: ShownView | undefined): { readonly id: string; readonly meta: Meta } | null {
  const meta = view?.type === "modal" ? readMeta(view.private_metadata) : null;
  return meta === null || typeof view?.id !== "string" ? null : { id: view.id, meta };
}

/** Nobody means more people by one line; a text full of references would use up what Slack lets a bot ask. */
const MOST_MENTIONED = 20;

/** Who asks, as the host is told; `refs` are texts that may mention people. */
export async function askingOf({ people }: Room, asker: Asker, refs: readonly string[] = []): Promise<Asking> {
  const { id, team, userTeam, user, handle, channel } = asker;
  const mentioned = [
    ...new Set(refs.flatMap((text) => [...text.matchAll(/\bslack:([A-Z0-9]+)\/([UW][A-Z0-9]+)\b/g)].map(([whole]) => whole))),
  ].slice(0, MOST_MENTIONED);
  const [own, ...named] = await Promise.all([
    people(asker, userTeam, user),
    ...mentioned.map(async (whole) => {
      const [of, id] = whole.slice("slack:".length).split("/") as [string, string];
      return { person: mintPerson(of, id), known: await people(asker, of, id) };
    }),
  ]);
  const mentions = named.flatMap(({ person, known }) => (known === null ? [] : [{ person, name: known.name }]));
  return {
    id,
    place: mintPlace(team, channel),
    person: mintPerson(userTeam, user),
    personName: own?.name ?? handle,
    ...(own?.language === undefined ? {} : { language: own.language }),
    ...(mentions.length === 0 ? {} : { mentions }),
  };
}
