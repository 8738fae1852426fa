import { type App, type BlockAction, type ButtonAction, RespondError, type RespondFn, type webApi } from "@slack/bolt";
import type { Answer, ChatHost, IncomingCommand } from "../../../src/ports/chat.ts";
import { isAboutBlocks } from "./hand.ts";
import { classicOf, messagesOf, type SlackMessage } from "./message.ts";
import { mintPerson, mintPlace } from "./places.ts";
import { escapeText, readTyped, readValue } from "./text.ts";
import { track, type UnderWay } from "./under-way.ts";

export interface Desk {
  readonly host: ChatHost;
  readonly client: webApi.WebClient;
  readonly team: string;
  /** The slash command that the app answers. */
  readonly command: string;
  readonly underWay: UnderWay;
}

/** Where an answer goes: the asker's response_url first. */
interface Asker {
  readonly channel: string;
  readonly user: string;
  readonly respond: RespondFn;
}

/** Listens to the slash command and to pressed buttons, and answers each through the host. */
export function answerCommands(app: App, desk: Desk): void {
  // Every slash command is acknowledged: one that nobody listens to reads "operation_timeout" after three seconds.
  app.command(/./, ({ command: typed, ack, respond }) =>
    track(desk.underWay, async () => {
      await ack();
      const asker = { channel: typed.channel_id, user: typed.user_id, respond };
      if (typed.command !== desk.command) return say(desk, asker, words(`This app answers ${desk.command}.`), "asker");
      await answer(desk, asker, {
        id: typed.trigger_id,
        text: readTyped(typed.text ?? "", typed.team_id),
        place: mintPlace(desk.team, typed.channel_id),
        person: mintPerson(typed.team_id, typed.user_id),
        personName: typed.user_name || typed.user_id,
      });
    }),
  );
  app.action<BlockAction<ButtonAction>>({ type: "block_actions", action_id: /^command\// }, ({ action, body, ack, respond }) =>
    track(desk.underWay, async () => {
      await ack();
      const channel = body.channel?.id ?? body.user.id;
      const user = body.user as { readonly id: string; readonly username?: string; readonly name?: string; readonly team_id?: string };
      await answer(
        desk,
        { channel, user: user.id, respond },
        {
          id: body.trigger_id,
          text: readValue(action.value ?? ""),
          place: mintPlace(desk.team, channel),
          person: mintPerson(user.team_id ?? desk.team, user.id),
          personName: user.username ?? user.name ?? user.id,
        },
      );
    }),
  );
}

async function answer(desk: Desk, asker: Asker, command: IncomingCommand): Promise<void> {
  try {
    const said = await desk.host.onCommand(command);
    for (const message of said.cards.flatMap((card) => messagesOf(card))) await say(desk, asker, message, said.audience);
  } catch (error) {
    desk.host.log.error({ err: error, command: command.id }, "slack: a command could not be answered");
    await say(desk, asker, words(`The answer could not be shown. Whoever runs this app finds it in its log under ${command.id}.`), "asker");
  }
}

/** Shows one message of an answer; a response_url serves five times in thirty minutes, and after that the Web API serves. */
async function say(desk: Desk, asker: Asker, message: SlackMessage, audience: Answer["audience"], isClassic = false): Promise<void> {
  const { channel, user } = asker;
  try {
    const refused = await refusalIn(
      await asker.respond({
        ...message,
        response_type: audience === "asker" ? "ephemeral" : "in_channel",
        replace_original: false,
        unfurl_links: false,
        unfurl_media: false,
      }),
    );
    if (refused === undefined) return;
    if (isAboutBlocks(refused) && !isClassic) return say(desk, asker, classicOf(message), audience, true);
  } catch (error) {
    // Slack's own trouble leaves open whether the answer was shown; only a refusal does not.
    if (!(error instanceof RespondError) || error.statusCode >= 500) throw error;
  }
  if (audience === "asker") await desk.client.chat.postEphemeral({ channel, user, ...message });
  else await desk.client.chat.postMessage({ channel, ...message, mrkdwn: false, unfurl_links: false, unfurl_media: false });
}

/** A response_url may answer 200 with { ok: false, error }. */
async function refusalIn(response: unknown): Promise<string | undefined> {
  if (!(response instanceof Response)) return undefined;
  const body = await response.text();
  if (!body.startsWith("{")) return undefined;
  const { ok, error } = JSON.parse(body) as { readonly ok?: boolean; readonly error?: string };
  return ok === false ? (error ?? "unknown") : undefined;
}

function words(text: string): SlackMessage {
  return classicOf({ text: escapeText(text), blocks: [] });
}
