import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type At, type Fault, faultScript } from "../fault-script.ts";
import type { Showing } from "../shown-record.ts";
import { type Account, type Activity, ANNA, conversationWithoutThread, PERSONAL } from "./activities.ts";
import { bytesOf, type Outcome, problemsOf, rosterAnswer, send } from "./answers.ts";
import { cardOf, readLines } from "./card-check.ts";

export type { Fault } from "../fault-script.ts";

/** A message as it stands in a conversation. */
export interface ShownMessage {
  readonly id: string;
  /** The conversation it was sent to; in a channel with ";messageid=" where it answers in a thread. */
  readonly conversation: string;
  readonly activity: Activity;
  readonly version: number;
  /** The Teams id of the one person who sees it; undefined where all do. */
  readonly only?: string;
}

export interface PlatformRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly authorization: string | undefined;
  readonly bytes: number;
}

/** A Bot Connector on loopback: takes, updates and shows what a bot posts, refuses as Teams does, and delivers activities to the bot. */
export interface TeamsPlatform {
  readonly serviceUrl: string;
  readonly requests: readonly PlatformRequest[];
  /** What everybody sees in the conversation and in its threads, oldest first. */
  shown(conversation: string): readonly ShownMessage[];
  /** What one person alone sees there. */
  whispered(conversation: string, person?: string): readonly ShownMessage[];
  /** Everything that was shown, changed or removed, in order. Teams is told no keys. */
  readonly record: readonly Showing[];
  /** Makes the next requests fail, one fault each, in this order. */
  failWith(...faults: readonly Fault[]): void;
  /** Befalls one request, after as many that go well; methods are those of HTTP. Resolves when it has. */
  failNext(fault: Fault, at?: At): Promise<void>;
  /** From now on every request is answered 500, or none any more. */
  trouble(on: boolean): void;
  /** Somebody removes everything that stands in the conversation. */
  wipe(conversation: string): void;
  /** Removes a conversation: posts to it are answered 404 ConversationNotFound. */
  forget(conversation: string): void;
  /** Messages to one person of a group are answered so from now on, and not shown; null takes them. */
  refuseWhispers(fault: Extract<Fault, { kind: "answer" }> | null): void;
  /** Sends an activity to the bot as Teams does. */
  deliver(endpoint: string, activity: Activity, authorization?: string): Promise<Delivered>;
  stop(): Promise<void>;
}

export interface Delivered {
  readonly status: number;
  readonly body: unknown;
}

export interface TeamsPlatformOptions {
  /** Requests without this bearer token are answered 401. */
  readonly token?: string;
  /** Milliseconds since 1970 by the platform's clock: the Date of every answer. */
  readonly now?: () => number;
  /** Who is in every conversation. */
  readonly members?: readonly Account[];
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly conversation: string;
  readonly activityId: string | undefined;
  readonly targeted: boolean;
  readonly raw: Buffer;
}

/** A message above about 100 KB as UTF-16 is refused (Teams documentation, "Format your bot messages"). */
const MESSAGE_BYTES = 100 * 1024;

/** Starts the stand-in on 127.0.0.1 and a free port. */
export async function startTeamsPlatform(options: TeamsPlatformOptions = {}): Promise<TeamsPlatform> {
  const messages: ShownMessage[] = [];
  const requests: PlatformRequest[] = [];
  const record: Showing[] = [];
  const script = faultScript();
  const gone = new Set<string>();
  const removed = new Set<string>();
  const { now = Date.now, members: everybody = [ANNA] } = options;
  let counted = 0;
  let whispers: Extract<Fault, { kind: "answer" }> | null = null;

  const server = createServer((request, response) => {
    response.setHeader("date", new Date(now()).toUTCString());
    void answer(request, response);
  });

  function note(did: Showing["did"], { id, conversation, activity, only }: ShownMessage): void {
    const text = did === "removed" ? "" : readLines(cardOf(activity)).join("\n");
    const [place, thread = null] = conversation.split(";messageid=") as [string, string?];
    record.push({ at: now(), did, place, id, person: only ?? null, thread, once: null, part: null, text });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? "";
    const [path, query = ""] = decodeURIComponent(request.url ?? "").split("?") as [string, string?];
    const [, conversation = "", activityId] = /^\/v3\/conversations\/([^/]+)\/activities(?:\/(.+))?$/.exec(path) ?? [];
    const asked: Asked = {
      method,
      path,
      conversation,
      activityId,
      query,
      targeted: query === "isTargetedActivity=true",
      raw: await bytesOf(request),
    };
    const { authorization } = request.headers;
    requests.push({ method, path, query, authorization, bytes: asked.raw.length });
    const fault = script.next(method);
    if (fault?.kind === "held") await fault.until;
    if (fault === undefined || fault.kind === "held") return send(response, take(asked, authorization));
    if (fault.kind === "slow") {
      const outcome = take(asked, authorization);
      setTimeout(() => send(response, outcome), fault.milliseconds).unref();
      return;
    }
    if ("shown" in fault && fault.shown === true) show(asked);
    if (fault.kind === "reset") request.socket.destroy();
    if (fault.kind === "answer") send(response, fault);
    if (fault.kind === "half") response.writeHead(200).write(fault.body, () => fault.then !== "wait" && response.destroy());
  }

  function take(asked: Asked, authorization: string | undefined): Outcome {
    const { method, conversation, raw } = asked;
    if (options.token !== undefined && authorization !== `Bearer ${options.token}`) return { status: 401, code: "Unauthorized" };
    if (method === "GET") return rosterAnswer(asked.path, asked.query, everybody);
    if (asked.path === "/v3/conversations" && method === "POST") return { status: 201, id: personalOf(raw) };
    if (conversation === "" || gone.has(conversationWithoutThread(conversation))) return { status: 404, code: "ConversationNotFound" };
    if (asked.targeted && whispers !== null) return whispers;
    if (asked.targeted && !isMember(JSON.parse(raw.toString()) as Activity)) return { status: 403, code: "Forbidden" };
    if (Math.max(raw.length, 2 * raw.toString().length) > MESSAGE_BYTES) return { status: 413, code: "MessageSizeTooBig" };
    if (method === "POST" && removed.has(conversation.split(";messageid=")[1] ?? ""))
      return { status: 404, code: "ActivityNotFoundInConversation" };
    const problems = method === "DELETE" ? [] : problemsOf(raw);
    if (problems.length > 0) return { status: 400, code: "BadSyntax", prose: problems.join("; ") };
    const id = method === "DELETE" ? remove(asked) : show(asked);
    if (id === undefined) return { status: 404, code: "ActivityNotFoundInConversation" };
    return { status: method === "POST" ? 201 : 200, id };
  }

  function isMember({ recipient }: Activity): boolean {
    return everybody.some(({ id }) => id === recipient?.id);
  }

  function show({ method, conversation, activityId, targeted, raw }: Asked): string | undefined {
    const activity = JSON.parse(raw.toString()) as Activity;
    if (method === "POST") {
      counted += 1;
      const id = String(1_700_000_000_000 + counted);
      const message = { id, conversation, activity, version: 1, ...(targeted ? { only: activity.recipient!.id } : {}) };
      messages.push(message);
      note("posted", message);
      return id;
    }
    const at = messages.findIndex((message) => message.id === activityId && sameConversation(message.conversation, conversation));
    const standing = messages[at];
    if (standing === undefined) return undefined;
    const message = { ...standing, activity, version: standing.version + 1 };
    messages[at] = message;
    note("changed", message);
    return standing.id;
  }

  function remove({ conversation, activityId }: Pick<Asked, "conversation" | "activityId">): string | undefined {
    const at = messages.findIndex((message) => message.id === activityId && sameConversation(message.conversation, conversation));
    const [message] = at < 0 ? [] : messages.splice(at, 1);
    if (message === undefined) return undefined;
    removed.add(message.id);
    note("removed", message);
    return message.id;
  }

  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    shown: (conversation) =>
      messages.filter((message) => message.only === undefined && sameConversation(message.conversation, conversation)),
    whispered: (conversation, person = ANNA.id) =>
      messages.filter((message) => message.only === person && sameConversation(message.conversation, conversation)),
    record,
    failWith: (...next) => void script.add(next),
    failNext: (fault, at) => script.add([fault], at),
    trouble(on) {
      script.isDown = on;
    },
    wipe(conversation) {
      for (const { id } of messages.filter((message) => sameConversation(message.conversation, conversation)))
        remove({ conversation, activityId: id });
    },
    forget: (conversation) => void gone.add(conversation),
    refuseWhispers(fault) {
      whispers = fault;
    },
    deliver,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}

async function deliver(endpoint: string, activity: Activity, authorization?: string): Promise<Delivered> {
  const headers = { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }) };
  const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(activity) });
  const text = await response.text();
  return { status: response.status, body: text.startsWith("{") ? (JSON.parse(text) as unknown) : text };
}

/** The conversation of the first member with the bot: the same one whenever it is asked for. */
function personalOf(raw: Buffer): string {
  const { members = [] } = JSON.parse(raw.toString()) as { members?: readonly { id: string }[] };
  const { id } = members[0]!;
  return id === ANNA.aadObjectId || id === ANNA.id ? PERSONAL : `a:one-to-one-with-${id}`;
}

function sameConversation(one: string, other: string): boolean {
  return conversationWithoutThread(one) === conversationWithoutThread(other);
}
