import { type ClientRequest, Agent as HttpAgent, type IncomingHttpHeaders, request as overHttp } from "node:http";
import { Agent as HttpsAgent, request as overHttps } from "node:https";

export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  /** By lower-case names, a name that came more than once with its values joined. */
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpPost {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds that it may take. */
  readonly timeout: number;
  /**
   * Whether it may go over a connection that was kept: where the other side has closed it meanwhile, nobody can tell what became of it. Else over
   * one of its own, and where there is nobody it is known that nothing was sent.
   */
  readonly kept: boolean;
}

const OWN = { http: new HttpAgent(), https: new HttpsAgent() };

/**
 * Posts a text, and answers when the whole answer is there, whatever its status. Throws what broke the connection, or an error named TimeoutError.
 *
 * By node's own client, which checks certificates as it does for everybody: every command is answered by one such post, and fetch would take about
 * as long for it as all the rest of the answer, and ten megabytes to begin with. No redirects: Slack has none where this posts.
 */
export function postText(url: URL, { headers, body, timeout, kept }: HttpPost): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const [send, own] = url.protocol === "http:" ? [overHttp, OWN.http] : [overHttps, OWN.https];
    const agent = kept ? {} : { agent: own };
    const options = { method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(body) }, ...agent };
    const request: ClientRequest = send(url, options, (response) => {
      const { statusCode = 0, statusMessage = "", headers } = response;
      let heard = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        heard += part;
      });
      response.on("error", reject);
      response.on("end", () => resolve({ status: statusCode, statusText: statusMessage, headers, body: heard }));
    });
    const timer = setTimeout(() => {
      reject(new DOMException(`${url.host} did not answer in time`, "TimeoutError"));
      request.destroy();
    }, timeout);
    request.on("error", reject);
    request.on("close", () => {
      clearTimeout(timer);
      // Nothing is left that could answer; where something has, this says nothing.
      reject(new Error(`The connection to ${url.host} was closed before its answer was whole`));
    });
    request.end(body);
  });
}
