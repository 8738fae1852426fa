import type { Json } from "./blocks/shape.ts";
import { refusedView } from "./blocks/view.ts";
import { refused } from "./check.ts";
import { APP } from "./names.ts";
import { isTrigger, type Triggers } from "./triggers.ts";
import { type Entered, stateOf } from "./view-state.ts";
import type { Workspace } from "./workspaces.ts";

/** How deep views can lie upon one another. */
const DEEPEST = 3;

/** A view as it stands before a person. */
export interface ViewShown {
  readonly id: string;
  readonly team: string;
  readonly user: string;
  readonly type: "modal" | "home";
  readonly root: string;
  readonly previous: string | null;
  view: Json;
  hash: string;
  state: Entered;
}

/** Modals and Homes, as the methods views.* answer for them. */
export interface SlackViews {
  open(workspace: Workspace, args: Json): Json;
  push(workspace: Workspace, args: Json): Json;
  update(workspace: Workspace, args: Json): Json;
  publish(workspace: Workspace, args: Json): Json;
  /** The modals of the person, the one on top last. */
  stack(team: string, user: string): readonly ViewShown[];
  home(team: string, user: string): ViewShown | null;
  /** Puts what an acknowledgement brings in the place of the view on top, or on top of it; what Slack refuses of it. */
  replace(workspace: Workspace, on: ViewShown, view: unknown): string | undefined;
  cover(workspace: Workspace, on: ViewShown, view: unknown): string | undefined;
  /** Takes away the view on top, or all. */
  close(team: string, user: string, all?: boolean): void;
  /** The view as Slack sends it to the app. */
  sent(shown: ViewShown): Json;
}

export interface ViewOptions {
  readonly triggers: Triggers;
  readonly mint: () => string;
  readonly hasFile: (workspace: Workspace, id: string) => boolean;
}

export function slackViews({ triggers, mint, hasFile }: ViewOptions): SlackViews {
  const stacks = new Map<string, ViewShown[]>();
  const homes = new Map<string, ViewShown>();
  const stackOf = (team: string, user: string) => stacks.get(`${team}/${user}`) ?? [];
  const all = () => [...[...stacks.values()].flat(), ...homes.values()];

  function wrongOf(workspace: Workspace, view: unknown, type: "modal" | "home"): Json | undefined {
    const why = refusedView(view, type, { taken: workspace.taken, hasFile: (id) => hasFile(workspace, id) });
    if (why === "view_too_large") return { ok: false, error: why };
    return why === undefined ? undefined : refused({ error: "invalid_arguments", why });
  }

  function standing(team: string, user: string, view: Json, below: ViewShown | null): ViewShown {
    const id = `V0${mint()}`;
    const type = view.type as "modal" | "home";
    const named = withBlockIds(view);
    const state = stateOf(named.blocks as readonly Json[]);
    return { id, team, user, type, root: below?.root ?? id, previous: below?.id ?? null, view: named, hash: hashOf(), state };
  }

  const hashOf = () => `${mint()}.hash`;

  /** A block without an id gets one, as the app is told it in payloads. */
  function withBlockIds(view: Json): Json {
    return { ...view, blocks: (view.blocks as readonly Json[]).map((block) => ({ ...block, block_id: block.block_id ?? `b${mint()}` })) };
  }

  function put(shown: ViewShown, view: Json): void {
    shown.view = withBlockIds(view);
    shown.hash = hashOf();
    shown.state = stateOf(shown.view.blocks as readonly Json[], shown.state);
  }

  function takenId(team: string, view: Json, except?: ViewShown): boolean {
    const { external_id: id } = view;
    return id !== undefined && all().some((shown) => shown !== except && shown.team === team && shown.view.external_id === id);
  }

  const views: SlackViews = {
    open(workspace, { trigger_id, view }) {
      const wrong = wrongOf(workspace, view, "modal");
      if (wrong !== undefined) return wrong;
      const trigger = triggers.exchange(trigger_id);
      if (!isTrigger(trigger)) return trigger;
      if (trigger.team !== workspace.team) return { ok: false, error: "invalid_trigger_id" };
      if (takenId(workspace.team, view as Json)) return { ok: false, error: "duplicate_external_id" };
      const shown = standing(trigger.team, trigger.user, view as Json, null);
      stacks.set(`${trigger.team}/${trigger.user}`, [shown]);
      return { ok: true, view: views.sent(shown) };
    },
    push(workspace, { trigger_id, view }) {
      const wrong = wrongOf(workspace, view, "modal");
      if (wrong !== undefined) return wrong;
      const trigger = triggers.exchange(trigger_id);
      if (!isTrigger(trigger)) return trigger;
      const stack = stackOf(trigger.team, trigger.user);
      const below = stack.find(({ id }) => id === trigger.view);
      if (below === undefined || trigger.team !== workspace.team) return { ok: false, error: "not_found" };
      if (stack.length >= DEEPEST) return { ok: false, error: "push_limit_reached" };
      if (takenId(workspace.team, view as Json)) return { ok: false, error: "duplicate_external_id" };
      const shown = standing(trigger.team, trigger.user, view as Json, below);
      stacks.set(`${trigger.team}/${trigger.user}`, [...stack, shown]);
      return { ok: true, view: views.sent(shown) };
    },
    update(workspace, { view_id, external_id, hash, view }) {
      const found = all().find(
        (shown) => shown.team === workspace.team && (view_id === undefined ? shown.view.external_id === external_id : shown.id === view_id),
      );
      if (found === undefined || (view_id === undefined && external_id === undefined)) return { ok: false, error: "not_found" };
      const wrong = wrongOf(workspace, view, found.type);
      if (wrong !== undefined) return wrong;
      if (hash !== undefined && hash !== found.hash) return { ok: false, error: "hash_conflict" };
      if (takenId(workspace.team, view as Json, found)) return { ok: false, error: "duplicate_external_id" };
      put(found, view as Json);
      return { ok: true, view: views.sent(found) };
    },
    publish(workspace, { user_id, hash, view }) {
      if (!workspace.users.has(String(user_id))) return { ok: false, error: "user_not_found" };
      const wrong = wrongOf(workspace, view, "home");
      if (wrong !== undefined) return wrong;
      const key = `${workspace.team}/${String(user_id)}`;
      const before = homes.get(key);
      if (hash !== undefined && before !== undefined && hash !== before.hash) return { ok: false, error: "hash_conflict" };
      const shown = before ?? standing(workspace.team, String(user_id), view as Json, null);
      if (before !== undefined) put(before, view as Json);
      homes.set(key, shown);
      return { ok: true, view: views.sent(shown) };
    },
    stack: stackOf,
    home: (team, user) => homes.get(`${team}/${user}`) ?? null,
    replace(workspace, on, view) {
      const why = wrongOf(workspace, view, "modal");
      if (why === undefined) put(on, view as Json);
      return why === undefined ? undefined : JSON.stringify(why);
    },
    cover(workspace, on, view) {
      const stack = stackOf(on.team, on.user);
      const why = stack.length >= DEEPEST ? { error: "push_limit_reached" } : wrongOf(workspace, view, "modal");
      if (why !== undefined) return JSON.stringify(why);
      stacks.set(`${on.team}/${on.user}`, [...stack, standing(on.team, on.user, view as Json, on)]);
      return undefined;
    },
    close(team, user, isAll = false) {
      stacks.set(`${team}/${user}`, isAll ? [] : stackOf(team, user).slice(0, -1));
    },
    sent({ id, team, view, hash, state, root, previous }) {
      return {
        ...{ id, team_id: team, private_metadata: "", callback_id: "", external_id: "", clear_on_close: false, notify_on_close: false },
        ...view,
        ...{ hash, state: { values: state }, root_view_id: root, previous_view_id: previous, app_id: APP, app_installed_team_id: team },
      };
    },
  };
  return views;
}
