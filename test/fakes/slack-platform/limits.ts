/** docs.slack.dev/apis/web-api/rate-limits: calls a minute for each method and workspace, by the method's tier. */
const PER_MINUTE: Readonly<Record<string, number>> = {
  "chat.update": 50,
  "chat.delete": 50,
  "chat.postEphemeral": 100,
  "conversations.history": 50,
  "conversations.replies": 50,
  "conversations.info": 50,
  "conversations.members": 100,
  "conversations.open": 50,
  "users.info": 100,
  "users.list": 20,
  "views.open": 100,
  "views.push": 100,
  "views.update": 100,
  "views.publish": 100,
};

/** Messages that a channel takes at once before the one a second counts: "short bursts" are allowed, how short Slack does not say. */
const BURST = 3;

/** Slack's rate limits, by the platform's clock. */
export interface RateLimits {
  on: boolean;
  /** Seconds to wait before this method is called again for the workspace; 0 where the call is taken, which it then counts. */
  waitFor(team: string, method: string, channel: unknown): number;
}

export function rateLimits(now: () => number): RateLimits {
  const blocked = new Map<string, number>();
  const spent = new Map<string, { level: number; at: number }>();

  /** A bucket that takes `most` at once and lets out `perSecond`; the seconds until there is room for one more. */
  function fill(key: string, most: number, perSecond: number): number {
    const { level: before, at } = spent.get(key) ?? { level: 0, at: now() };
    const level = Math.max(0, before - ((now() - at) / 1000) * perSecond);
    const full = level + 1 > most;
    spent.set(key, { level: full ? level : level + 1, at: now() });
    return full ? Math.max(1, Math.ceil((level + 1 - most) / perSecond)) : 0;
  }

  const limits: RateLimits = {
    on: false,
    waitFor(team, method, channel) {
      if (!limits.on) return 0;
      const key = `${team} ${method}`;
      const until = blocked.get(key) ?? 0;
      if (until > now()) return Math.ceil((until - now()) / 1000);
      const wait =
        method === "chat.postMessage"
          ? fill(`${key} ${String(channel)}`, BURST, 1)
          : PER_MINUTE[method] === undefined
            ? 0
            : fill(key, PER_MINUTE[method], PER_MINUTE[method] / 60);
      if (wait > 0) blocked.set(key, now() + wait * 1000);
      return wait;
    },
  };
  return limits;
}
