import type { IncomingMessage, ServerResponse } from "node:http";
import type { ChatAdapter, ChatHost, PostRef } from "../../../src/ports/chat.ts";
import { type Failure, neverFailure } from "../shared/failure.ts";
import { LIMITS } from "./adaptive-card.ts";
import { type Address, addressOf, placeOf, postedAt, postRefOf, rootOf, threadUnder, withoutThread } from "./address.ts";
import { answering } from "./answering.ts";
import { botFramework, type Reply } from "./bot-framework.ts";
import { directOf, missingIn, type TeamsConfig, workspaceOf } from "./config.ts";
import { connector } from "./connector.ts";
import { type Conversation, conversationsIn } from "./conversations.ts";
import { discreet } from "./discreet-log.ts";
import { rosterOf } from "./mentions.ts";
import { privateAnswersIn } from "./places.ts";
import { type PlaceCard, placing } from "./posting.ts";
import { receiving } from "./receiving.ts";
import { readBody } from "./request-body.ts";
import { type Standings, standingsOf } from "./standings.ts";
import { conversationAt, type Finding } from "./target.ts";

export type { TeamsConfig, TeamsOverrides } from "./config.ts";

export interface TeamsAdapter extends ChatAdapter {
  /** Returns when everything that was heard is answered: Teams has its 200 before the answer is made. */
  settled(): Promise<void>;
}

/** Where an Azure Bot registration is told to deliver. */
const PATH = "/api/messages";

/** Sixty messages in thirty seconds would do; a reader's second is enough (Teams documentation, "Rate limiting for bots"; pacing.ts holds the rest). */
const PACE = 1_000;

const LOOPBACK: readonly string[] = ["127.0.0.1", "::1", "::ffff:127.0.0.1"];

interface Running extends Finding {
  readonly place: PlaceCard;
  readonly standings: Standings;
  readonly stopping: AbortController;
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
    pace: PACE,
    inPlace: true,
    async start(given) {
      const missing = missingIn(config);
      if (missing !== null) throw new Error(missing);
      const host = { ...given, log: discreet(given.log, config) };
      const { overrides = {} } = config;
      const framework = botFramework(config);
      const conversations = conversationsIn(host.state);
      const { clock, heardTime, state } = host;
      const sending = connector(framework, {
        clock,
        heardTime,
        milliseconds: overrides.requestMilliseconds,
        stopwatch: overrides.stopwatch,
      });
      const place = placing(sending, state);
      const [privates, roster, stopping] = [privateAnswersIn(state), rosterOf(state, sending), new AbortController()];
      const finding = { conversations, connector: sending, insecure };
      const standings = standingsOf({
        ...{ finding, clock, state, direct: (person) => directOf(config, person) },
        tell: host.audienceChanged,
        isOurs: (tenant) => config.tenantId === "" || tenant === config.tenantId,
      });
      const answers = answering({
        ...{ host, place, finding, privates, pauseMilliseconds: overrides.pauseMilliseconds, stopping: stopping.signal },
        trusted: insecure && overrides.privateAnswers === true,
      });
      const hear = receiving({
        config,
        host,
        conversations,
        answers,
        roster,
        privates,
        standings,
        later: (work) => track(underWay, work, host),
      });
      running = { ...finding, place, standings, stopping };
      host.route("POST", PATH, async (request, response) => {
        try {
          answer(response, await receive(request));
        } catch (error) {
          host.log.error({ adapter: "teams", err: error }, "an activity could not be handled");
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
    async post(to, card, once, under, mayGoOn) {
      const address = addressOf(to);
      if (address === null) return neverFailure("this is not a place of Teams");
      const found = await reach(running, address);
      if ("ok" in found) return found;
      const target = { serviceUrl: found.serviceUrl, conversation: threadIn(found, under) };
      const placed = await running!.place({ to: target, card, note: once, as: "post", mayGoOn });
      return placed.ok ? { ok: true, posted: postRefOf({ tenant: found.tenant, conversation: placed.where }, placed.ids) } : placed;
    },
    async update(posted, card, mayGoOn) {
      const at = postedAt(posted);
      if (at === null) return neverFailure("this is not a message of Teams");
      const found = await reach(running, at.address);
      if ("ok" in found) return found;
      const target = { serviceUrl: found.serviceUrl, conversation: at.address.conversation };
      const placed = await running!.place({ to: target, card, standing: at.activities, note: posted, as: "update", mayGoOn });
      return placed.ok ? { ok: true, posted: postRefOf({ ...at.address, conversation: placed.where }, placed.ids) } : placed;
    },
    // A bot is not let read a conversation without a permission of the whole tenant's.
    find: async () => "cannot-tell",
    direct: (person) => directOf(config, person),
    audience: async (place) => running?.standings.audience(place).catch(() => UNTOLD) ?? UNTOLD,
    kindOf: async (person) => running?.standings.kindOf(person).catch(() => "unknown" as const) ?? "unknown",
    workspaceOf: (minted) => workspaceOf(config, minted),
    placeOf(posted) {
      const at = postedAt(posted);
      return at === null ? null : placeOf({ ...at.address, conversation: withoutThread(at.address.conversation) });
    },
    connected: () => running !== null,
    settled,
    async stop() {
      running?.stopping.abort();
      await settled();
      running = null;
    },
  };
}

const UNTOLD = { kind: "unknown" } as const;

function reach(running: Running | null, address: Address): ReturnType<typeof conversationAt> {
  const notConnected: Failure = { ok: false, retry: "later", reason: "Teams is not connected" };
  return running === null ? Promise.resolve(notConnected) : conversationAt(running, address);
}

/** The thread of the message that the card goes under, where that message is in this conversation; else the conversation. */
function threadIn(address: Conversation, under: PostRef | undefined): string {
  const at = under === undefined ? null : postedAt(under);
  const root = at === null ? null : (rootOf(at.address.conversation) ?? at.activities[0] ?? null);
  const isHere = at !== null && placeOf({ ...at.address, conversation: withoutThread(at.address.conversation) }) === placeOf(address);
  return root !== null && isHere ? threadUnder(address, root) : address.conversation;
}

function track(underWay: Set<Promise<void>>, work: () => Promise<void>, host: ChatHost): void {
  const run = work()
    .catch((error: unknown) => host.log.error({ adapter: "teams", err: error }, "an answer could not be given"))
    .finally(() => underWay.delete(run));
  underWay.add(run);
}

function answer(response: ServerResponse, { status, body }: Reply): void {
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
