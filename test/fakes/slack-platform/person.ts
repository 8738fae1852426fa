import type { Json } from "./blocks/shape.ts";
import type { SlackMessageShown } from "./conversations.ts";
import type { Acknowledged, Door, Envelope } from "./doors.ts";
import { type FieldValue, find, type Pressable, press, sentFor } from "./hands.ts";
import { withLinks } from "./links.ts";
import {
  ANA,
  globalShortcut,
  messageAction,
  messageShortcut,
  type Origin,
  slashCommand,
  suggestion,
  viewAction,
  viewClosed,
  viewSubmission,
} from "./payloads.ts";
import { render, renderView } from "./render.ts";
import type { SlackPlatform } from "./slack-platform.ts";
import { enterables, isEmpty } from "./view-state.ts";
import type { ViewShown } from "./views.ts";
import { directOf } from "./workspaces.ts";

export { type Signing, signedForm, signedJson } from "./doors.ts";
export { pressedButton, slashCommand } from "./payloads.ts";

/** What came of something that the person did, once the app had finished with it. */
export interface Seen extends Acknowledged {
  /** The messages that appeared or changed before the person, as plain text, in order. */
  readonly messages: readonly string[];
  readonly shown: readonly SlackMessageShown[];
  /** The modal on top afterwards, and Home, as plain text; null where there is none. */
  readonly view: string | null;
  readonly home: string | null;
  /** What stands in red at the fields, by block_id. */
  readonly errors: Readonly<Record<string, string>>;
}

/** A person in a channel of a workspace, in front of a screen. Whatever Slack's own client would not let them do throws. */
export interface SlackPerson {
  readonly origin: Origin;
  /** Types the slash command; @name and #name of the workspace become references, and addresses links. With an id, it is delivered under that trigger id. */
  types(text: string, options?: { readonly id?: string; readonly command?: string }): Promise<Seen>;
  /** Presses the button with that label or action_id: of the modal on top, else under the newest message, else of Home. */
  presses(button: string, where?: Pressable): Promise<Seen>;
  /** Fills fields of the modal on top (or Home) by label or block_id. Options are chosen by text or value, files of a list by typing them. */
  fills(values: Readonly<Record<string, FieldValue>>, where?: Pressable): Promise<Seen>;
  submits(): Promise<Seen>;
  closes(): Promise<Seen>;
  /** What an external select of the modal on top offers for what is typed. */
  looksUp(field: string, typed: string): Promise<readonly Json[]>;
  opensHome(tab?: "home" | "messages"): Promise<Seen>;
  uses(shortcut: string): Promise<Seen>;
  usesOn(shortcut: string, message: SlackMessageShown | Json): Promise<Seen>;
  /** Slack delivers the last thing once more, as it does when it heard no answer. */
  repeats(): Promise<Seen>;
  /** The modal on top. */
  view(): ViewShown | null;
}

export interface PersonOptions {
  readonly platform: SlackPlatform;
  readonly door: Door;
  /** Resolves when the app has done all that it does about what it heard. */
  readonly settled: () => Promise<void>;
  readonly origin?: Origin;
}

export function slackPerson({ platform, door, settled, origin = ANA }: PersonOptions): SlackPerson {
  const { user, channel, team } = origin;
  let errors: Readonly<Record<string, string>> = {};
  let last: { readonly type: Envelope; readonly payload: object; readonly on: ViewShown | null } | undefined;
  let repeated = 0;

  const top = () => platform.views(user).at(-1) ?? null;
  const trigger = (view?: ViewShown | null, id?: string) => platform.trigger(user, id, view?.id);
  const responseUrl = (ts?: string) => platform.responseUrl(channel, user, ts);

  function screenFor(where: Pressable): ViewShown | null {
    const shown = where === "home" ? platform.home(user) : top();
    if (shown === null && where !== "message" && where !== "any") throw new Error(`there is no ${where} before ${user}`);
    return where === "message" ? null : shown;
  }

  async function deliver(type: Envelope, payload: object, on: ViewShown | null = null, retry?: number): Promise<Seen> {
    last = { type, payload, on };
    const before = platform.record.length;
    const { status, body } = await door(type, payload, retry);
    errors = (payload as Json).type === "view_submission" && on !== null ? obey(on, status, body) : {};
    if (type === "slash_commands" && status === 200 && body !== undefined && body !== "") await showAnswer(body);
    await settled();
    const mine = platform.record.slice(before).filter(({ did, person, place }) => {
      const isHere = place === channel || place === directOf(user) || platform.workspaces.get(team)?.channels.has(place) === true;
      return did !== "removed" && isHere && (person === null || person === user);
    });
    const standing = mine.map(({ id, place }) => platform.messages(place, user).find(({ ts }) => ts === id));
    const shown = [...new Set(standing.filter((message) => message !== undefined))];
    const [view, home] = [top(), platform.home(user)];
    const rendered = { view: view === null ? null : renderView(view.view), home: home === null ? null : renderView(home.view) };
    return { status, body, messages: shown.map((message) => render(message)), shown, ...rendered, errors };
  }

  /** What the acknowledgement of a command says is shown as what its response_url says. */
  async function showAnswer(body: unknown): Promise<void> {
    await fetch(responseUrl(), { method: "POST", body: JSON.stringify(typeof body === "string" ? { text: body } : body) });
  }

  /** Does with the modal what the acknowledgement of its submission says; Slack tells the person of trouble where it cannot. */
  function obey(on: ViewShown, status: number, body: unknown): Readonly<Record<string, string>> {
    const answer = (typeof body === "object" && body !== null ? body : {}) as Json;
    const workspace = platform.workspaces.get(team)!;
    const wrong = (why: string | undefined) => {
      if (why !== undefined) throw new Error(`Slack would say that it had trouble with the app: ${why}`);
    };
    if (status !== 200) return {};
    if (answer.response_action === "errors") {
      const given = answer.errors as Readonly<Record<string, string>>;
      const inputs = (on.view.blocks as readonly Json[]).filter(({ type }) => type === "input").map(({ block_id }) => block_id);
      const foreign = Object.keys(given).find((block) => !inputs.includes(block));
      wrong(foreign === undefined ? undefined : `errors of a block without input: ${foreign}`);
      wrong(Object.keys(given).length === 0 || Object.values(given).includes("") ? "errors without words" : undefined);
      return given;
    }
    if (answer.response_action === "update") wrong(platform.screen.replace(workspace, on, answer.view));
    else if (answer.response_action === "push") wrong(platform.screen.cover(workspace, on, answer.view));
    else if (answer.response_action === "clear" || body === undefined || body === "")
      platform.screen.close(team, user, body !== undefined && body !== "");
    else wrong(`an answer that it does not know: ${JSON.stringify(body)}`);
    return {};
  }

  /** Names that the person typed with an @ or a # become references, as with should_escape. */
  function withReferences(text: string): string {
    const workspace = platform.workspaces.get(team)!;
    const [users, channels] = [[...workspace.users.values()], [...workspace.channels.values()]];
    return text
      .replaceAll(/(?<=^|\s)@([\w.-]+)/g, (typed, name) => {
        const found = users.find((one) => one.name === name);
        return found === undefined ? typed : `<@${found.id}|${found.name}>`;
      })
      .replaceAll(/(?<=^|\s)#([\w.-]+)/g, (typed, name) => {
        const found = channels.find((one) => one.name === name);
        return found === undefined ? typed : `<#${found.id}|${found.name}>`;
      });
  }

  const person: SlackPerson = {
    origin,
    types(text, { id, command } = {}) {
      const fields = slashCommand(text, trigger(null, id), responseUrl(), command, origin);
      return deliver("slash_commands", { ...fields, text: withReferences(withLinks(fields.text!)) });
    },
    async presses(button, where = "any") {
      const screen = screenFor(where);
      const pressed = press(button, screen, where === "home" ? [] : platform.messages(channel, user), platform.home(user));
      const id = trigger(pressed.view);
      if (pressed.view !== null)
        return deliver("interactive", viewAction(pressed.action, platform.screen.sent(pressed.view), id, origin), pressed.view);
      const { message } = pressed;
      const isEphemeral = message.user !== undefined;
      const how = { triggerId: id, responseUrl: responseUrl(message.ts), isEphemeral };
      return deliver("interactive", messageAction(pressed.action, { type: "message", ...message }, how, origin));
    },
    async fills(values, where = "modal") {
      const screen = screenFor(where)!;
      let seen: Seen | undefined;
      for (const [field, value] of Object.entries(values)) {
        const { block, element } = find(screen.view, field);
        const sent = await sentFor(element, value, (typed) => person.looksUp(field, typed));
        const [blockId, actionId] = [String(block.block_id), String(element.action_id)];
        screen.state = { ...screen.state, [blockId]: { ...screen.state[blockId], [actionId]: sent } };
        if (block.type === "input" && block.dispatch_action !== true) continue;
        const action = { ...sent, block_id: blockId, action_id: actionId, action_ts: "1" };
        seen = await deliver("interactive", viewAction(action, platform.screen.sent(screen), trigger(screen), origin), screen);
      }
      return seen ?? { status: 0, body: undefined, messages: [], shown: [], view: renderView(screen.view), home: null, errors };
    },
    async submits() {
      const on = screenFor("modal")!;
      if (on.view.submit === undefined) throw new Error("the modal has nothing to submit");
      const missing = enterables(on.view.blocks as readonly Json[]).find(
        ({ block, element }) =>
          block.type === "input" && block.optional !== true && isEmpty(on.state[String(block.block_id)]![String(element.action_id)]!),
      );
      if (missing !== undefined) throw new Error(`Slack asks for a field that is not optional: ${String(missing.block.block_id)}`);
      return deliver("interactive", viewSubmission(platform.screen.sent(on), trigger(on), origin), on);
    },
    async closes() {
      const on = screenFor("modal")!;
      const isAll = on.view.clear_on_close === true;
      platform.screen.close(team, user, isAll);
      if (on.view.notify_on_close === true) return deliver("interactive", viewClosed(platform.screen.sent(on), isAll, origin), on);
      return { status: 0, body: undefined, messages: [], shown: [], view: top() && renderView(top()!.view), home: null, errors: {} };
    },
    async looksUp(field, typed) {
      const on = screenFor("modal")!;
      const { block, element } = find(on.view, field);
      // Three characters unless the element says otherwise (docs.slack.dev, select menu of external data source).
      if (typed.length < Number(element.min_query_length ?? 3)) return [];
      const { body } = await door("interactive", suggestion(typed, block, element, platform.screen.sent(on), origin));
      const { options, option_groups } = (body ?? {}) as { readonly options?: readonly Json[]; readonly option_groups?: readonly Json[] };
      return options ?? (option_groups ?? []).flatMap((group) => group.options as readonly Json[]);
    },
    opensHome(tab = "home") {
      const home = platform.home(user);
      const view = home === null || tab !== "home" ? {} : { view: platform.screen.sent(home) };
      return deliver("events_api", platform.event(team, { type: "app_home_opened", user, channel: directOf(user), tab, ...view }));
    },
    uses: (shortcut) => deliver("interactive", globalShortcut(shortcut, trigger(), origin)),
    usesOn: (shortcut, message) => deliver("interactive", messageShortcut(shortcut, { ...message }, trigger(), responseUrl(), origin)),
    repeats() {
      if (last === undefined) throw new Error("nothing was done yet");
      repeated += 1;
      return deliver(last.type, last.payload, last.on, repeated);
    },
    view: top,
  };
  return person;
}
