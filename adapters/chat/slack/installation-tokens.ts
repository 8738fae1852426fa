import type { webApi } from "@slack/bolt";
import type { Clock } from "../../../src/time/clock.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";
import type { Failure } from "../shared/failure.ts";
import { failureOf } from "./failure.ts";
import type { Bot, Installed } from "./installation.ts";
import type { Installations } from "./installations.ts";
import { track, type UnderWay } from "./under-way.ts";

/** A token that ends within two hours is renewed, as Slack asks: it lives for twelve (docs.slack.dev, "Token rotation"). */
const EARLY_SECONDS = 7200;

/** Fresh tokens of installations. */
export interface Tokens {
  /** The installation with a token that is not about to end; a refusal in words where Slack gives none. */
  fresh(installed: Installed): Promise<Installed | Failure>;
  /** The same for one whose token Slack has just called expired. */
  renewed(installed: Installed): Promise<Installed | Failure>;
  /** Whether its token has not ended, however soon it will. */
  isAlive(installed: Installed): boolean;
}

interface Options {
  /** Without a token of its own. */
  readonly client: webApi.WebClient;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: Clock;
  readonly installations: Installations;
  /** What is waited for before the program ends: a pair that Slack gave and nobody kept is lost, and with it the workspace. */
  readonly underWay: UnderWay;
}

/**
 * Renewing ends the token before, and a refresh token serves once: so one renewal of an installation is under way at a time, and the new pair is
 * stored before anybody uses it. @slack/oauth's own renewal goes by the machine's clock, does neither, and keeps quiet about a refusal.
 */
export function tokensOf({ client, clientId, clientSecret, clock, installations, underWay: all }: Options): Tokens {
  const underWay = new Map<string, Promise<Installed | Failure>>();
  /** Pairs that Slack gave and that could not be stored, by the token before: its refresh token is used up. */
  const unstored = new Map<string, Installed>();

  const secondsLeft = ({ expiresAt }: Bot) =>
    expiresAt === undefined ? Number.POSITIVE_INFINITY : expiresAt - millisecondsOf(clock.now()) / 1000;

  function renewed(installed: Installed): Promise<Installed | Failure> {
    const key = (installed.team ?? installed.enterprise)!;
    const renewing = underWay.get(key) ?? track(all, () => renew(installed)).finally(() => underWay.delete(key));
    underWay.set(key, renewing);
    return renewing;
  }

  async function renew(spent: Installed): Promise<Installed | Failure> {
    const now = await installations.again(spent);
    // Somebody else, perhaps another process, has renewed it meanwhile.
    if (now !== null && now.bot.token !== spent.bot.token) return now;
    try {
      const next = unstored.get(spent.bot.token) ?? (await exchange(spent));
      unstored.set(spent.bot.token, next);
      const isKept = await installations.replace(spent, next);
      unstored.delete(spent.bot.token);
      return isKept ? next : ((await installations.again(spent)) ?? REMOVED);
    } catch (error) {
      const other = await installations.again(spent);
      if (other !== null && other.bot.token !== spent.bot.token) return other;
      return refusal(error);
    }
  }

  async function exchange({ bot, ...installed }: Installed): Promise<Installed> {
    const { refreshToken = "" } = bot;
    const secrets = { client_id: clientId, client_secret: clientSecret };
    const answer = await client.oauth.v2.access({ ...secrets, grant_type: "refresh_token", refresh_token: refreshToken });
    const { access_token: token, refresh_token: next, expires_in: seconds } = answer;
    if (token === undefined || next === undefined || seconds === undefined) throw new Error("Slack answered without a token");
    const expiresAt = Math.floor(millisecondsOf(clock.now()) / 1000) + seconds;
    return { ...installed, bot: { ...bot, token, refreshToken: next, expiresAt } };
  }

  return {
    renewed,
    isAlive: ({ bot }) => secondsLeft(bot) > 0,
    async fresh(installed) {
      const { bot } = installed;
      if (bot.refreshToken === undefined || secondsLeft(bot) > EARLY_SECONDS) return installed;
      const next = await renewed(installed);
      // What has two hours left to live serves until Slack gives another.
      return "ok" in next && secondsLeft(bot) > 0 ? installed : next;
    },
  };
}

const REMOVED: Failure = { ok: false, retry: "later", reason: "The app was removed from the workspace while its token was renewed." };

/** Nothing was shown meanwhile, and all of it is due still when there is a token again: what nobody can tell of a post is only late here. */
function refusal(error: unknown): Failure {
  const failure = failureOf(error);
  if (failure.retry === "never") return { ok: false, retry: "later", reason: failure.reason };
  if (failure.retry !== "unknown") return failure;
  return { ok: false, retry: "later", reason: "The bot token has ended, and no new one could be got from Slack and kept." };
}
