import { type ClientRequest, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { RespondError } from "@slack/bolt";
import type { ChatHost } from "../../../src/ports/chat.ts";
import { heardFrom } from "./web-client.ts";

/**
 * Posts a message to a response_url and answers the body of Slack's answer. Throws Withheld where Slack asks to wait, RespondError for any other
 * answer than success, and else what broke the connection: an error named TimeoutError where it took too long.
 */
export type PostTo = (url: string, message: object) => Promise<string>;

interface Answered {
  readonly status: number;
  readonly date: string | undefined;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/**
 * By node's own client and its shared agents, which keep connections open and check certificates as they do for everybody: every command is
 * answered by one such post, and fetch would take about as long for it as all the rest of the answer. No redirects: a response_url has none.
 */
export function postTo(timeout: number, host: Pick<ChatHost, "clock" | "heardTime">): PostTo {
  return async (url, message) => {
    const answered = await send(new URL(url), JSON.stringify(message), timeout);
    const withheld = heardFrom(answered, host);
    if (withheld !== null) throw withheld;
    const { status, body } = answered;
    if (status < 200 || status > 299) throw new RespondError(`The response_url answered ${status}`, status);
    return body;
  };
}

function send(url: URL, message: string, timeout: number): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(message) };
    const request: ClientRequest = (url.protocol === "http:" ? overHttp : overHttps)(url, { method: "POST", headers }, (response) => {
      const { statusCode = 0, headers } = response;
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      response.on("error", reject);
      response.on("end", () => resolve({ status: statusCode, date: headers.date, retryAfter: headers["retry-after"], body }));
    });
    const timer = setTimeout(() => {
      reject(new DOMException("The response_url did not answer in time", "TimeoutError"));
      request.destroy();
    }, timeout);
    request.on("error", reject);
    request.on("close", () => {
      clearTimeout(timer);
      // Nothing is left that could answer; where something has, this says nothing.
      reject(new Error("The connection to the response_url was closed before its answer was whole"));
    });
    request.end(message);
  });
}
