import type { Json } from "./blocks/shape.ts";

/** How long a trigger can be exchanged for a view: three seconds. */
const MILLISECONDS = 3_000;

export interface Trigger {
  readonly team: string;
  readonly user: string;
  /** The view that the person acted in, where they did. */
  readonly view: string | null;
}

/** The trigger ids that interactions carry: each opens one view, and not for long. */
export interface Triggers {
  /** Mints one, or takes an id that the test chose. */
  mint(trigger: Trigger, id?: string): string;
  /** What it was minted for; Slack's refusal where it cannot be exchanged. */
  exchange(id: unknown): Trigger | Json;
}

export function slackTriggers(now: () => number, mint: () => string): Triggers {
  const minted = new Map<string, Trigger & { readonly at: number; spent: boolean }>();
  return {
    mint(trigger, id = `${mint()}.trigger`) {
      // What is delivered twice carries the same trigger, and it was perhaps exchanged already.
      if (!minted.has(id)) minted.set(id, { ...trigger, at: now(), spent: false });
      return id;
    },
    exchange(id) {
      const trigger = minted.get(String(id));
      if (trigger === undefined) return { ok: false, error: "invalid_trigger_id" };
      if (trigger.spent) return { ok: false, error: "exchanged_trigger_id" };
      if (now() - trigger.at >= MILLISECONDS) return { ok: false, error: "expired_trigger_id" };
      trigger.spent = true;
      return trigger;
    },
  };
}

export function isTrigger(exchanged: Trigger | Json): exchanged is Trigger {
  return "team" in exchanged;
}
