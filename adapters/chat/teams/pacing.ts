/** So many messages in so many milliseconds. */
export interface Allowance {
  readonly messages: number;
  readonly milliseconds: number;
}

/** What one bot may send to one conversation (Teams documentation, "Rate limiting for bots", read on 2026-10-08). */
export const ALLOWANCES: readonly Allowance[] = [
  { messages: 7, milliseconds: 1_000 },
  { messages: 60, milliseconds: 30_000 },
  { messages: 1_800, milliseconds: 3_600_000 },
];

/** Counts what was sent to each conversation, in times of a stopwatch. */
export interface Pacing {
  /** How many milliseconds a message to that conversation has to wait for its turn; 0 takes the turn. */
  wait(conversation: string, now: number): number;
}

export function pacing(allowances: readonly Allowance[] = ALLOWANCES): Pacing {
  const longest = Math.max(...allowances.map(({ milliseconds }) => milliseconds));
  const sent = new Map<string, number[]>();

  function forgetOld(now: number): void {
    for (const [conversation, times] of sent) if (times.at(-1)! <= now - longest) sent.delete(conversation);
  }

  return {
    wait(conversation, now) {
      const times = (sent.get(conversation) ?? []).filter((at) => at > now - longest);
      const waits = allowances.map(({ messages, milliseconds }) => {
        const oldest = times.at(-messages);
        return oldest === undefined ? 0 : oldest + milliseconds - now;
      });
      const wait = Math.max(0, ...waits);
      if (wait > 0) return wait;
      if (!sent.has(conversation)) forgetOld(now);
      sent.set(conversation, [...times, now]);
      return 0;
    },
  };
}
