import type { ChatHost } from "../../../src/ports/chat.ts";
import { connectionFailure, type Failure } from "../shared/failure.ts";
import { readHttpDate } from "../shared/http-date.ts";
import { withoutThread } from "./address.ts";
import type { BotFramework } from "./bot-framework.ts";
import { refusalOf } from "./refusals.ts";

/** One conversation (or a thread of a channel) at one service URL. */
export interface Target {
  readonly serviceUrl: string;
  readonly conversation: string;
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
}

export type Sent = { readonly ok: true; readonly id: string } | Failure;

const REQUEST_MILLISECONDS = 10_000;

/**
 * Speaks HTTP itself. The SDK's client repeats a POST after 429, 502 and 504, whatever policy it is given, and a message that was
 * shown before such an answer would be shown twice.
 */
export function connector(
  framework: BotFramework,
  { clock, heardTime }: Pick<ChatHost, "clock" | "heardTime">,
  milliseconds = REQUEST_MILLISECONDS,
): Connector {
  const oneAtATime = lanes();

  function send(method: "POST" | "PUT" | "DELETE", to: Target, id: string, activity?: object): Promise<Sent> {
    const path = `v3/conversations/${encodeURIComponent(to.conversation)}/activities${id === "" ? "" : `/${encodeURIComponent(id)}`}`;
    return request(method, to.serviceUrl, path, id, activity);
  }

  async function request(method: string, serviceUrl: string, path: string, id: string, content?: object): Promise<Sent> {
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
      const body = await response.text();
      if (method === "DELETE" && response.status === 404) return { ok: true, id };
      if (!response.ok) return refusalOf(response.status, response.headers.get("retry-after"), body, platform ?? clock.now());
      return { ok: true, id: idIn(body) ?? id };
    } catch (error) {
      return connectionFailure("Teams", error);
    }
  }

  return {
    post: (to, activity) => oneAtATime(withoutThread(to.conversation), () => send("POST", to, "", activity)),
    put: (to, id, activity) => oneAtATime(withoutThread(to.conversation), () => send("PUT", to, id, activity)),
    remove: (from, id) => oneAtATime(withoutThread(from.conversation), () => send("DELETE", from, id)),
    open: (serviceUrl, parameters) => request("POST", serviceUrl, "v3/conversations", "", parameters),
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
  try {
    const { id } = JSON.parse(body) as { id?: unknown };
    return typeof id === "string" && id !== "" ? id : undefined;
  } catch {
    return undefined;
  }
}
