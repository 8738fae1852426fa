import type { Clock } from "../../../src/time/clock.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";
import type { Failure } from "../shared/failure.ts";
import type { Installed } from "./installation.ts";
import type { Tokens } from "./installation-tokens.ts";
import { bearing, endOf, tokenIn } from "./refused-token.ts";
import { type Fetch, Unrenewed } from "./web-client.ts";

/** An installation that answers by a token, and what is known of another one for it. */
interface Serving {
  readonly installed: Installed;
  /** Until when, in milliseconds since 1970, none is asked for: why there was none, or null where this token itself is new. */
  readonly settled?: { readonly until: number; readonly failure: Failure | null };
}

interface Options {
  readonly fetch: Fetch;
  readonly tokens: Tokens;
  readonly clock: Clock;
  /** Hears what became of asking for another token: null where there was one. */
  readonly told: (installed: Installed, failure: Failure | null) => void;
}

export interface Renewing {
  /** From now on calls are made by its token. */
  serve(installed: Installed): void;
  readonly fetch: Fetch;
}

/** One action of a person makes several calls at once: they, and whoever acts next, ask for no token that has just been refused or given. */
const SETTLED_MILLISECONDS = 10_000;
/** Tokens of installations that somebody has acted in; whoever acts is remembered anew. */
const REMEMBERED = 2_000;

/**
 * How whoever has done something is answered. The client is made for the token that the workspace had when it was done: where Slack calls that one
 * expired, it is renewed once for all calls, and each that it refused is made again, since nothing came of it.
 */
export function renewing({ fetch, tokens, clock, told }: Options): Renewing {
  const serving = new Map<string, Serving>();
  const now = () => millisecondsOf(clock.now());

  function remember(token: string, one: Serving): void {
    serving.delete(token);
    serving.set(token, one);
    if (serving.size > REMEMBERED) serving.delete(serving.keys().next().value!);
  }

  /** The installation with another token; null where the one that it has is new, or where nobody gives others. */
  async function another(installed: Installed): Promise<Installed | Failure | null> {
    const { token, refreshToken } = installed.bot;
    const { settled } = serving.get(token) ?? {};
    if (settled !== undefined && settled.until > now()) return settled.failure;
    if (refreshToken === undefined) return null;
    const renewed = await tokens.renewed(installed);
    const until = now() + SETTLED_MILLISECONDS;
    if ("ok" in renewed) {
      remember(token, { installed, settled: { until, failure: renewed } });
      told(installed, renewed);
      return renewed;
    }
    // Calls that are still made by the token before go by the new one at once.
    remember(token, { installed: renewed });
    remember(renewed.bot.token, { installed: renewed, settled: { until, failure: null } });
    told(installed, null);
    return renewed;
  }

  return {
    serve(installed) {
      const { token } = installed.bot;
      remember(token, { ...serving.get(token), installed });
    },
    async fetch(url, init) {
      const one = serving.get(tokenIn(init) ?? "");
      if (one === undefined) return fetch(url, init);
      const response = await fetch(url, bearing(init, one.installed));
      if ((await endOf(response))?.code !== "token_expired") return response;
      const next = await another(one.installed);
      if (next === null) return response;
      if ("ok" in next) throw new Unrenewed(next);
      return fetch(url, bearing(init, next));
    },
  };
}
