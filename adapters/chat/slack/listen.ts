import type { App, Context, ViewResponseAction, ViewSubmitAction, webApi } from "@slack/bolt";
import type { ChatHost } from "../../../src/ports/chat.ts";
import { answerLine, sayWords } from "./answer.ts";
import { type Asker, askerOf, type Body, roomOf } from "./asker.ts";
import type { AskerWords } from "./asker-words.ts";
import type { Audiences } from "./audience.ts";
import { pressed } from "./buttons.ts";
import { isInDoubt, isOfSlack, Stopped } from "./failure.ts";
import { homeOpened } from "./home.ts";
import type { People } from "./mentions.ts";
import { closed, submitted } from "./modal-submission.ts";
import { suggested } from "./options.ts";
import { isDirect, keepOwn } from "./own-conversation.ts";
import { mintPlace } from "./places.ts";
import type { PostTo } from "./response-url.ts";
import { shortcutUsed } from "./shortcuts.ts";
import { readTyped } from "./text.ts";
import { track, type UnderWay } from "./under-way.ts";

export interface Listening {
  readonly host: ChatHost;
  /** The slash command that the app answers, such as /matter. */
  readonly command: string;
  readonly underWay: UnderWay;
  readonly post: PostTo;
  readonly audiences: Audiences;
  readonly people: People;
}

/** What Bolt hands to every listener, as far as it is used; a payload may lack any part. */
interface Heard {
  readonly body: unknown;
  readonly context: Context;
  readonly client: webApi.WebClient;
}

/** Who reads a channel changes by these, where somebody has subscribed to them: the app itself does not, for want of their scopes. */
const CHANGES = ["channel_shared", "channel_unshared", "member_joined_channel"] as const;

/**
 * Listens to everything that people do in Slack. Each is acknowledged within three seconds, whatever becomes of it, and what fails is answered
 * in words: an unacknowledged one reads "operation_timeout" or "We had some trouble connecting".
 */
export function listen(app: App, listening: Listening): void {
  const room = roomOf(listening, listening.people, listening.post);
  const heed = (what: string, heard: Heard, work: (asker: Asker, body: Body) => Promise<void>): Promise<void> =>
    track(listening.underWay, async () => {
      const body = heard.body as Body;
      const asker = askerOf(room, body, heard);
      if (asker === null) return;
      try {
        await work(asker, body);
      } catch (error) {
        listening.host.log.error({ err: error, id: asker.id }, `slack: ${what} could not be answered`);
        await sayWords(room, asker, (words) => unshown(error, words, asker.id));
      }
    });

  // What is delivered again was answered by its first delivery, or is being answered: it is acknowledged, and no more is said.
  const heedOnce: typeof heed = (what, heard, work) =>
    heed(what, heard, async (asker, body) => {
      const { trigger } = asker;
      if (trigger !== undefined && room.triggers.isHeard(what, asker)) return;
      try {
        await work(asker, body);
      } catch (error) {
        // It may not have been shown: its next delivery is answered, with what was answered then.
        if (trigger !== undefined) room.triggers.forget(what, asker);
        throw error;
      }
    });

  app.command(/^/, async ({ ack, command, ...heard }) => {
    await ack();
    await heedOnce("a command", heard, (asker) =>
      command.command === listening.command
        ? answerLine(room, asker, readTyped(command.text ?? "", asker.userTeam))
        : sayWords(room, asker, (words) => words.otherCommand(listening.command)),
    );
  });
  app.action({ type: "block_actions" }, async ({ ack, ...heard }) => {
    await ack();
    await heedOnce("a button", heard, (asker, body) => pressed(room, asker, body));
  });
  app.view<ViewSubmitAction>({ type: "view_submission" }, async ({ ack, ...heard }) => {
    let isAcknowledged = false;
    const once = async (answer?: object) => {
      if (isAcknowledged) return;
      isAcknowledged = true;
      await ack(answer as ViewResponseAction);
    };
    await heed("a form", heard, (asker, body) => submitted(room, asker, body, once));
    await once();
  });
  app.view({ type: "view_closed" }, async ({ ack, ...heard }) => {
    await ack();
    await heed("a form that was closed", heard, (asker, body) => closed(room, asker, body));
  });
  app.options<"block_suggestion">(/^/, ({ ack, ...heard }) =>
    track(listening.underWay, async () =>
      ack({ options: await suggested(room, askerOf(room, heard.body as Body, heard), heard.body as Body) }),
    ),
  );
  app.shortcut(/^/, async ({ ack, ...heard }) => {
    await ack();
    await heedOnce("a shortcut", heard, (asker, body) => shortcutUsed(room, asker, body));
  });
  app.event("app_home_opened", (heard) =>
    heed("a home", heard, async (asker, body) => {
      await keepConversation(asker, body);
      await homeOpened(room, asker, body);
    }),
  );
  for (const change of CHANGES)
    app.event(change, async ({ body, context }) => {
      const channel = (body as Body).event?.channel;
      const team = context.teamId ?? (body as Body).team_id;
      if (typeof channel !== "string" || team === undefined) return;
      listening.audiences.changed(team, channel);
      listening.host.audienceChanged(mintPlace(team, channel));
    });

  /** The App Home names the direct messages with whoever opens it: so they are known as theirs when something is typed there. */
  async function keepConversation({ team, user }: Asker, { event }: Body): Promise<void> {
    const channel = event?.channel;
    if (typeof channel !== "string" || !isDirect(channel)) return;
    await keepOwn(listening.host.state, { team, user }, channel);
    listening.audiences.changed(team, channel);
  }
}

/** What became of an answer whose showing failed, as far as Slack tells. */
function unshown(error: unknown, words: AskerWords, id: string): string {
  const { shown, of, cause } = error instanceof Stopped ? error : { shown: 0, of: 1, cause: error };
  const doubt = isInDoubt(cause);
  const arrived = Array.from({ length: of }, (_, index) => (index < shown ? "shown" : doubt && index === shown ? "perhaps" : "unshown"));
  const reason = isOfSlack(cause) ? words.reason(cause) : "";
  return doubt ? words.uncertain(reason, id, arrived) : words.unshown(reason, id, arrived);
}
