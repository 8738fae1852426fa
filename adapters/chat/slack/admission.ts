import type { App, AuthorizeResult, AuthorizeSourceData, ReceiverEvent } from "@slack/bolt";
import type { AdapterState, Log } from "../../../src/ports/chat.ts";
import type { Language } from "../../../src/time/wording.ts";
import { heldBack } from "./held-back.ts";
import type { Grant, Removal } from "./installation.ts";
import { grantIn, removalIn, type Wrapped } from "./installation-events.ts";
import { isConversation } from "./places.ts";
import type { PostTo } from "./response-url.ts";
import { onceAnEvent } from "./seen.ts";
import { NOWHERE, NotThere, OUTSIDER, toldIn } from "./turned-away.ts";
import { track, type UnderWay } from "./under-way.ts";
import type { Reached } from "./workspaces.ts";

/** Bolt, as the receivers hand what arrives to it. */
export type Inner = Pick<App, "processEvent">;

export interface Admission {
  /** What Bolt asks for the bot of each request; whom it turns away is told so. */
  authorize(source: AuthorizeSourceData<boolean>, body?: unknown): Promise<AuthorizeResult>;
  /** Bolt, behind it: an event that was delivered before does nothing, and what is turned away is answered in words. */
  admitted(app: Inner): Inner;
}

/** The parts of a payload that an answer needs; any may be missing. */
interface Body extends Wrapped {
  readonly type?: string;
  readonly command?: string;
  readonly event_id?: string;
  readonly response_url?: string;
  readonly user_id?: string;
  readonly user?: { readonly id?: string; readonly team_id?: string };
  readonly team?: { readonly id?: string } | null;
  readonly channel_id?: string;
  readonly channel?: { readonly id?: string };
  readonly container?: { readonly channel_id?: string };
}

interface Options {
  readonly reached: Reached;
  readonly state: AdapterState;
  readonly log: Log;
  readonly post: PostTo;
  readonly underWay: UnderWay;
  /** Forgets an installation that is no more. */
  readonly forget: (removed: Removal) => Promise<void>;
  readonly granted: (grant: Grant) => Promise<void>;
  /** In which language a person reads Slack, asked with the token where there is one; null where it is not known. Never throws. */
  readonly languageOf: (team: string, user: string, token?: string) => Promise<Language | null>;
}

/** Bolt acknowledges with nothing what comes from a workspace that it cannot authorize, which reads as silence. */
export function admissionTo({ reached, state, log, post, underWay, forget, granted, languageOf }: Options): Admission {
  const turnedAway = new WeakMap<object, string>();
  const once = onceAnEvent(state);

  async function process(app: Inner, event: ReceiverEvent): Promise<void> {
    const body = event.body as Body | undefined;
    let isAcknowledged = false;
    const ack: ReceiverEvent["ack"] = async (answer) => {
      isAcknowledged = true;
      const words = answer === undefined && body !== undefined ? turnedAway.get(body) : undefined;
      if (words === undefined || body === undefined) return event.ack(answer);
      await event.ack(acknowledgement(body, words) as never);
      const { response_url: url, command } = body;
      if (url !== undefined && command === undefined) await track(underWay, () => respond(url, words));
    };
    try {
      await app.processEvent({ ...event, ack });
    } catch (error) {
      // Bolt reads parts of a payload without asking whether they are there.
      log.error({ err: error, type: body?.type }, "slack: a payload could not be read");
    }
    // What nobody listens to would be delivered again, or read as a time-out.
    if (!isAcknowledged) await event.ack();
  }

  async function languageIn({ teamId }: AuthorizeSourceData<boolean>, { user_id, user }: Body, token?: string): Promise<Language | null> {
    const id = user_id ?? user?.id;
    return typeof teamId === "string" && typeof id === "string" ? languageOf(teamId, id, token) : null;
  }

  async function respond(url: string, text: string): Promise<void> {
    try {
      await post(url, { response_type: "ephemeral", replace_original: false, text });
    } catch (error) {
      log.warn({ err: error }, "slack: somebody who was turned away could not be told why");
    }
  }

  return {
    async authorize(given, body) {
      const source = inWorkspace(given, body as Body | undefined);
      let token: string | undefined;
      try {
        const authorized = await reached.authorize(source);
        if (isOutsider(body as Body | undefined, source)) throw new NotThere(OUTSIDER);
        token = authorized.botToken;
        if (isNowhere(body as Body | undefined)) throw new NotThere(NOWHERE);
        return authorized;
      } catch (error) {
        if (error instanceof NotThere && typeof body === "object" && body !== null)
          turnedAway.set(body, toldIn(await languageIn(source, body as Body, token), error.told));
        throw error;
      }
    },
    admitted: (app) => ({
      async processEvent(event) {
        const body = event.body as Body | undefined;
        // It holds no event, and Bolt would complain of that.
        if (heldBack(body, log)) return event.ack();
        if (body?.event_id === undefined) return process(app, event);
        let isFirst = false;
        await once(body.event_id, async () => {
          isFirst = true;
          const [removed, grant] = [removalIn(body), grantIn(body)];
          if (removed === null && grant === null) return process(app, event);
          if (removed !== null) await forget(removed);
          if (grant !== null) await granted(grant);
          await event.ack();
        });
        // One that is delivered again is acknowledged, and no more.
        if (!isFirst) await event.ack();
      },
    }),
  };
}

/**
 * Where somebody acts. A view of an app that is installed in a whole organisation may name the organisation (app_installed_team_id), which Bolt
 * takes for a workspace: it has no desk.
 */
function inWorkspace(source: AuthorizeSourceData<boolean>, body: Body | undefined): AuthorizeSourceData<boolean> {
  if (source.teamId?.startsWith("E") !== true) return source;
  const team = body?.team?.id ?? body?.user?.team_id;
  return typeof team === "string" && !team.startsWith("E") ? { ...source, teamId: team } : source;
}

/**
 * In a channel that is shared with another workspace (Slack Connect) its people see our buttons, and Slack lets them press: it names the app's
 * workspace, and the person's own beside it. They have no part in the register of this one.
 */
function isOutsider(body: Body | undefined, { teamId, enterpriseId }: AuthorizeSourceData<boolean>): boolean {
  const own = body?.user?.team_id;
  return typeof own === "string" && teamId !== undefined && own !== teamId && own !== enterpriseId;
}

/** A conversation without a name that Slack gives stands at no desk: whatever was done there would be answered as if it were elsewhere. */
function isNowhere(body: Body | undefined): boolean {
  const channel: unknown = body?.channel_id ?? body?.channel?.id ?? body?.container?.channel_id ?? "";
  return channel !== "" && (typeof channel !== "string" || !isConversation(channel));
}

/** What a slash command and a modal show of their acknowledgement; others show nothing. */
function acknowledgement({ command, type }: Body, words: string): object | undefined {
  if (command !== undefined) return { response_type: "ephemeral", text: words };
  if (type === "block_suggestion") return { options: [] };
  if (type !== "view_submission") return undefined;
  const blocks = [{ type: "section", text: { type: "plain_text", text: words } }];
  return { response_action: "update", view: { type: "modal", title: { type: "plain_text", text: "Curewatch" }, blocks } };
}
