import { setTimeout as sleep } from "node:timers/promises";
import type { ChatHost } from "../../../src/ports/chat.ts";
import { stopwatch as machine } from "../../../src/time/clock.ts";
import { connectionFailure, type Failure } from "../shared/failure.ts";
import { readHttpDate } from "../shared/http-date.ts";
import { withoutThread } from "./address.ts";
import type { BotFramework } from "./bot-framework.ts";
import { pacing } from "./pacing.ts";
import { refusalOf, type Told } from "./refusals.ts";

/** One conversation (or a thread of a channel) at one service URL. */
export interface Target {
  readonly serviceUrl: string;
  readonly conversation: string;
  /** The Teams id of the one person of the conversation who is to see it; everybody without it. */
  readonly only?: string;
}

/** The requests of the Bot Connector that we make. Each is sent once: whoever calls decides about another try. */
export interface Connector {
  /** Posts and answers the new activity's id. */
  post(to: Target, activity: object): Promise<Sent>;
  /** Puts the activity in the place of one that was posted. */
  put(to: Target, id: string, activity: object): Promise<Sent>;
  /** Takes back a message; one that is gone already is fine. */
  remove(from: Target, id: string): Promise<Sent>;
  /** Opens a person's own conversation with the bot, or finds the one that there is, and answers its id. */
  open(serviceUrl: string, parameters: object): Promise<Sent>;
  /** Reads something of a conversation, such as members/ID, as JSON; null where Teams does not tell. Never throws. */
  read(from: Target, what: string): Promise<unknown>;
}

export type Sent = { readonly ok: true; readonly id: string } | Told;

const REQUEST_MILLISECONDS = 10_000;

/** So long a message waits here for its turn; one that has to wait longer is better told of as late. */
const LONGEST_TURN = 2_000;

export interface Connecting extends Pick<ChatHost, "clock" | "heardTime"> {
  /** How long one request may take; 10,000 ms without it. */
  readonly milliseconds?: number | undefined;
  /** For pace alone: the machine's own without it. */
  readonly stopwatch?: (() => number) | undefined;
}

/**
 * Speaks HTTP itself. The SDK's client repeats a POST after 429, 502 and 504, whatever policy it is given, and a message that was
 * shown before such an answer would be shown twice.
 */
export function connector(
  framework: BotFramework,
  { clock, heardTime, milliseconds = REQUEST_MILLISECONDS, stopwatch = machine }: Connecting,
): Connector {
  const oneAtATime = lanes();
  const pace = pacing();

  /** After the one before it, and not before its turn by Teams' limits: nothing was sent where that is too far off. */
  function send(method: "POST" | "PUT" | "DELETE", to: Target, id: string, activity?: object): Promise<Sent> {
    const conversation = withoutThread(to.conversation);
    return oneAtATime(conversation, async () => {
      for (let wait = pace.wait(conversation, stopwatch()); wait > 0; wait = pace.wait(conversation, stopwatch())) {
        if (wait > LONGEST_TURN) return tooMany(Math.ceil(wait / 1000));
        await sleep(wait);
      }
      const only = to.only === undefined ? "" : "?isTargetedActivity=true";
      const content = activity === undefined || to.only === undefined ? activity : { ...activity, recipient: { id: to.only } };
      const answered = await request(
        method,
        to.serviceUrl,
        `${activitiesOf(to)}${id === "" ? "" : `/${encodeURIComponent(id)}`}${only}`,
        content,
      );
      if ("text" in answered) return { ok: true, id: idIn(answered.text) ?? id };
      return method === "DELETE" && answered.status === 404 ? { ok: true, id } : answered;
    });
  }

  async function request(method: string, serviceUrl: string, path: string, content?: object): Promise<{ readonly text: string } | Told> {
    let authorization: string | undefined;
    try {
      authorization = await within(milliseconds, framework.authorization());
    } catch (error) {
      return withoutToken(error);
    }
    try {
      const response = await fetch(new URL(path, serviceUrl.endsWith("/") ? serviceUrl : `${serviceUrl}/`), {
        method,
        headers: { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }) },
        ...(content === undefined ? {} : { body: JSON.stringify(content) }),
        // A redirect would carry the card elsewhere.
        redirect: "manual",
        signal: AbortSignal.timeout(milliseconds),
      });
      const platform = readHttpDate(response.headers.get("date"), clock.now());
      if (platform !== null) heardTime(platform);
      const text = await response.text();
      return response.ok ? { text } : refusalOf(response.status, response.headers.get("retry-after"), text, platform ?? clock.now());
    } catch (error) {
      return connectionFailure("Teams", error);
    }
  }

  return {
    post: (to, activity) => send("POST", to, "", activity),
    put: (to, id, activity) => send("PUT", to, id, activity),
    remove: (from, id) => send("DELETE", from, id),
    async open(serviceUrl, parameters) {
      const answered = await request("POST", serviceUrl, "v3/conversations", parameters);
      return "text" in answered ? { ok: true, id: idIn(answered.text) ?? "" } : answered;
    },
    async read(from, what) {
      const path = `v3/conversations/${encodeURIComponent(withoutThread(from.conversation))}/${what}`;
      const answered = await request("GET", from.serviceUrl, path);
      return "text" in answered ? jsonIn(answered.text) : null;
    },
  };
}

function activitiesOf({ conversation }: Target): string {
  return `v3/conversations/${encodeURIComponent(conversation)}/activities`;
}

function tooMany(afterSeconds: number): Failure {
  return {
    ok: false,
    retry: "later",
    reason: "as much was sent to this conversation as Teams allows in a while: nothing was sent",
    afterSeconds,
  };
}

/** Microsoft's token library sets no limit of its own, and a lane must not wait for ever. */
function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const signal = AbortSignal.timeout(milliseconds);
  const late = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
  return Promise.race([work, late]);
}

/** Runs what has the same key one after another: Teams answers 412 to what it is asked at the same time for one conversation. */
function lanes(): <Result>(key: string, run: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>();
  return (key, run) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(run, run);
    last.set(key, mine);
    const leave = () => {
      if (last.get(key) === mine) last.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  };
}

/** Without a token nothing was sent. A refused secret needs a person; a network that fails does not. */
function withoutToken(error: unknown): Failure {
  const code = (error as { errorCode?: unknown } | null)?.errorCode;
  if (typeof code === "string" && /^(invalid|unauthorized)_/.test(code))
    return {
      ok: false,
      retry: "never",
      reason: `Microsoft refuses a token (${code}): check the app id, its secret and the tenant in the configuration`,
    };
  return { ok: false, retry: "later", reason: "Microsoft gave no token for posting: nothing was sent" };
}

function idIn(body: string): string | undefined {
  const { id } = (jsonIn(body) ?? {}) as { id?: unknown };
  return typeof id === "string" && id !== "" ? id : undefined;
}

function jsonIn(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
