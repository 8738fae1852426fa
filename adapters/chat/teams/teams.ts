import type { IncomingMessage, ServerResponse } from "node:http";
import type { ChatAdapter, ChatHost, PostResult } from "../../../src/ports/chat.ts";
import { LIMITS } from "./adaptive-card.ts";
import { type Address, addressOf, postedAt, postRefOf } from "./address.ts";
import { botFramework, type Reply } from "./bot-framework.ts";
import { missingIn, type TeamsConfig } from "./config.ts";
import { connector, type Target } from "./connector.ts";
import { type Conversations, conversationsIn } from "./conversations.ts";
import { type PlaceCard, placing } from "./posting.ts";
import { receiving } from "./receiving.ts";
import { readBody } from "./request-body.ts";
import { isServiceUrl } from "./service-url.ts";

export type { TeamsConfig, TeamsOverrides } from "./config.ts";

export interface TeamsAdapter extends ChatAdapter {
  /** Returns when everything that was heard is answered: Teams has its 200 before the answer is made. */
  settled(): Promise<void>;
}

/** Where an Azure Bot registration is told to deliver. */
const PATH = "/api/messages";

const LOOPBACK: readonly string[] = ["127.0.0.1", "::1", "::ffff:127.0.0.1"];

interface Running {
  readonly conversations: Conversations;
  readonly place: PlaceCard;
}

/**
 * Microsoft Teams over the Bot Connector. Start refuses, with a sentence, a configuration that would leave the bot open to anybody. Posting asks for
 * a conversation that the bot was added to or mentioned in; nothing is looked up and nobody is written to who was not there first.
 */
export function teamsAdapter(config: TeamsConfig): TeamsAdapter {
  const insecure = config.insecureForTests === true;
  const underWay = new Set<Promise<void>>();
  let running: Running | null = null;

  async function settled(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay);
  }

  return {
    name: "teams",
    limits: LIMITS,
    async start(host) {
      const missing = missingIn(config);
      if (missing !== null) throw new Error(missing);
      const framework = botFramework(config);
      const conversations = conversationsIn(host.state);
      const place = placing(connector(framework, host.clock, config.overrides?.requestMilliseconds), host.state);
      const hear = receiving({ config, host, conversations, place, later: (work) => track(underWay, work, host) });
      running = { conversations, place };
      host.route("POST", PATH, async (request, response) => {
        try {
          answer(response, await receive(request));
        } catch (error) {
          host.log.error({ adapter: "teams", error }, "an activity could not be handled");
          answer(response, { status: 500 });
        }
      });

      async function receive(request: IncomingMessage): Promise<Reply> {
        // The configuration promises a listener on loopback; a proxy or a mistake may break the promise.
        if (insecure && !LOOPBACK.includes(request.socket.localAddress ?? "")) return { status: 403 };
        const body = await readBody(request);
        if (!body.ok) return { status: body.status };
        if (typeof body.value.type !== "string") return { status: 400 };
        const reply = await framework.receive(request.headers.authorization ?? "", body.value, () => hear(body.value));
        if (reply.status === 401) host.log.warn({ adapter: "teams" }, "an activity without a good token was refused");
        return reply;
      }
    },
    async post(to, card, once) {
      const address = addressOf(to);
      if (address === null) return never("this is not a place of Teams");
      const target = await targetOf(running, address, config);
      if ("ok" in target) return target;
      return resultOf(address, await running!.place(target, card, [], once));
    },
    async update(posted, card) {
      const at = postedAt(posted);
      if (at === null) return never("this is not a message of Teams");
      const target = await targetOf(running, at.address, config);
      if ("ok" in target) return target;
      return resultOf(at.address, await running!.place(target, card, at.activities, posted));
    },
    settled,
    async stop() {
      await settled();
      running = null;
    },
  };
}

/** Where the bot was told to write; a refusal where it was not. */
async function targetOf(
  running: Running | null,
  address: Address,
  config: TeamsConfig,
): Promise<Target | Extract<PostResult, { ok: false }>> {
  if (running === null) return { ok: false, retry: "later", reason: "Teams is not connected" };
  const conversation = await running.conversations.find(address);
  if (conversation === null)
    return never("the bot is not, or no longer, in this Teams conversation: add the app there and mention it once");
  // Kept by an earlier run, perhaps one for tests: a token goes to Microsoft's hosts only.
  if (!isServiceUrl(conversation.serviceUrl, config.insecureForTests === true))
    return never(
      "the stored address of this Teams conversation is not one of Microsoft's: mention the bot there once, so that it learns the right one",
    );
  return { serviceUrl: conversation.serviceUrl, conversation: conversation.conversation };
}

function resultOf(address: Address, placed: Awaited<ReturnType<PlaceCard>>): PostResult {
  return placed.ok ? { ok: true, posted: postRefOf(address, placed.ids) } : placed;
}

function never(reason: string): { readonly ok: false; readonly retry: "never"; readonly reason: string } {
  return { ok: false, retry: "never", reason };
}

function track(underWay: Set<Promise<void>>, work: () => Promise<void>, host: ChatHost): void {
  const run = work()
    .catch((error: unknown) => host.log.error({ adapter: "teams", error }, "an answer could not be given"))
    .finally(() => underWay.delete(run));
  underWay.add(run);
}

function answer(response: ServerResponse, { status, body }: Reply): void {
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
