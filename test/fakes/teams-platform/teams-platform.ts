import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Activity, conversationWithoutThread } from "./activities.ts";
import { cardProblems } from "./card-check.ts";

/** What the stand-in does with the next request instead of taking it; one fault is used up by one request. */
export type Fault =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly code?: string;
      readonly subCode?: string;
      readonly retryAfter?: string;
      readonly location?: string;
      readonly shown?: boolean;
    }
  /** The connection breaks: before the message was taken, or after it was shown. */
  | { readonly kind: "reset"; readonly shown: boolean }
  /** No answer at all; the message is shown. */
  | { readonly kind: "silence" }
  /** Taken as usual, but only then. */
  | { readonly kind: "held"; readonly until: Promise<void> }
  /** None: this request is taken, and the next fault befalls the next one. */
  | { readonly kind: "none" };

/** A message as it stands in a conversation. */
export interface ShownMessage {
  readonly id: string;
  /** The conversation it was sent to; in a channel with ";messageid=" where it answers in a thread. */
  readonly conversation: string;
  readonly activity: Activity;
  readonly version: number;
}

export interface PlatformRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly bytes: number;
}

/** A Bot Connector on loopback: takes, updates and shows what a bot posts, refuses as Teams does, and delivers activities to the bot. */
export interface TeamsPlatform {
  readonly serviceUrl: string;
  readonly requests: readonly PlatformRequest[];
  /** What stands in the conversation and in its threads, oldest first. */
  shown(conversation: string): readonly ShownMessage[];
  /** Makes the next requests fail, one fault each, in this order. */
  failWith(...faults: readonly Fault[]): void;
  /** Removes a conversation: posts to it are answered 404 ConversationNotFound. */
  forget(conversation: string): void;
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
}

interface Asked {
  readonly method: string;
  readonly conversation: string;
  readonly activityId: string | undefined;
  readonly raw: Buffer;
}

interface Outcome {
  readonly status: number;
  readonly id?: string;
  readonly code?: string;
  readonly subCode?: string;
  readonly prose?: string;
  readonly retryAfter?: string;
  readonly location?: string;
}

/** A message above about 100 KB as UTF-16 is refused (Teams documentation, "Format your bot messages"). */
const MESSAGE_BYTES = 100 * 1024;

/** Starts the stand-in on 127.0.0.1 and a free port. */
export async function startTeamsPlatform(options: TeamsPlatformOptions = {}): Promise<TeamsPlatform> {
  const messages: ShownMessage[] = [];
  const requests: PlatformRequest[] = [];
  const faults: Fault[] = [];
  const gone = new Set<string>();
  let counted = 0;

  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? "";
    const path = decodeURIComponent(request.url ?? "");
    const [, conversation = "", activityId] = /^\/v3\/conversations\/([^/]+)\/activities(?:\/(.+))?$/.exec(path) ?? [];
    const asked: Asked = { method, conversation, activityId, raw: await bytesOf(request) };
    const { authorization } = request.headers;
    requests.push({ method, path, authorization, bytes: asked.raw.length });
    const fault = faults.shift();
    if (fault?.kind === "held") await fault.until;
    if (fault === undefined || fault.kind === "none" || fault.kind === "held") send(response, take(asked, authorization));
    else {
      if (fault.kind === "silence" || fault.shown === true) show(asked);
      if (fault.kind === "reset") request.socket.destroy();
      if (fault.kind === "answer") send(response, fault);
    }
  }

  function take(asked: Asked, authorization: string | undefined): Outcome {
    const { method, conversation, raw } = asked;
    if (options.token !== undefined && authorization !== `Bearer ${options.token}`) return { status: 401, code: "Unauthorized" };
    if (conversation === "" || gone.has(conversationWithoutThread(conversation))) return { status: 404, code: "ConversationNotFound" };
    if (Math.max(raw.length, 2 * raw.toString().length) > MESSAGE_BYTES) return { status: 413, code: "MessageSizeTooBig" };
    const problems = method === "DELETE" ? [] : problemsOf(raw);
    if (problems.length > 0) return { status: 400, code: "BadSyntax", prose: problems.join("; ") };
    const id = method === "DELETE" ? remove(asked) : show(asked);
    if (id === undefined) return { status: 404, code: "ActivityNotFoundInConversation" };
    return { status: method === "POST" ? 201 : 200, id };
  }

  function show({ method, conversation, activityId, raw }: Asked): string | undefined {
    const activity = JSON.parse(raw.toString()) as Activity;
    if (method === "POST") {
      counted += 1;
      const id = String(1_700_000_000_000 + counted);
      messages.push({ id, conversation, activity, version: 1 });
      return id;
    }
    const at = messages.findIndex((message) => message.id === activityId && sameConversation(message.conversation, conversation));
    const standing = messages[at];
    if (standing === undefined) return undefined;
    messages[at] = { ...standing, activity, version: standing.version + 1 };
    return standing.id;
  }

  function remove({ conversation, activityId }: Asked): string | undefined {
    const at = messages.findIndex((message) => message.id === activityId && sameConversation(message.conversation, conversation));
    return at < 0 ? undefined : messages.splice(at, 1)[0]?.id;
  }

  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    shown: (conversation) => messages.filter((message) => sameConversation(message.conversation, conversation)),
    failWith: (...next) => void faults.push(...next),
    forget: (conversation) => void gone.add(conversation),
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

function sameConversation(one: string, other: string): boolean {
  return conversationWithoutThread(one) === conversationWithoutThread(other);
}

/** What Teams would not take, or would show otherwise than it was meant. */
function problemsOf(raw: Buffer): readonly string[] {
  const activity = JSON.parse(raw.toString()) as Activity;
  const attachments = activity.attachments ?? [];
  const problems: string[] = [];
  if (activity.type !== "message") problems.push("an activity of type message is needed");
  if (activity.text !== undefined && attachments.length > 0) problems.push("text and card in one activity");
  if (attachments.length > 0 && activity.summary === undefined) problems.push("a card without a summary");
  for (const attachment of attachments) problems.push(...cardProblems(attachment.content));
  return problems;
}

/** The answer; of a refusal with a subCode the outer code is missing and the message is JSON, as for a blocked write. */
function send(response: ServerResponse, outcome: Outcome): void {
  if (outcome.retryAfter !== undefined) response.setHeader("retry-after", outcome.retryAfter);
  if (outcome.location !== undefined) response.setHeader("location", outcome.location);
  response.writeHead(outcome.status, { "content-type": "application/json" });
  response.end(JSON.stringify(outcome.id === undefined ? { error: errorOf(outcome) } : { id: outcome.id }));
}

function errorOf({ code, subCode, prose }: Outcome): object {
  if (subCode !== undefined) return { message: JSON.stringify({ subCode, details: null, errorCode: 209, errorSubCode: 1 }) };
  return { ...(code === undefined ? {} : { code }), message: prose ?? "Refused by the stand-in" };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
