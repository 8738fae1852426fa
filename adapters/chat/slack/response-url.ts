import { RespondError } from "@slack/bolt";
import type { ChatHost } from "../../../src/ports/chat.ts";
import { postText } from "./http-client.ts";
import { heardFrom } from "./web-client.ts";

/**
 * Posts a message to a response_url and answers the body of Slack's answer. Throws Withheld where Slack asks to wait, RespondError for any other
 * answer than success, and else what broke the connection: an error named TimeoutError where it took too long.
 */
export type PostTo = (url: string, message: object) => Promise<string>;

const HEADERS = { "content-type": "application/json" };

export function postTo(timeout: number, host: Pick<ChatHost, "clock" | "heardTime">): PostTo {
  return async (url, message) => {
    const answer = await postText(new URL(url), { headers: HEADERS, body: JSON.stringify(message), timeout, kept: true });
    const withheld = heardFrom(answer, host);
    if (withheld !== null) throw withheld;
    const { status, body } = answer;
    if (status < 200 || status > 299) throw new RespondError(`The response_url answered ${status}`, status);
    return body;
  };
}
