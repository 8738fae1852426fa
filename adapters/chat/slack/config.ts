import type { OAuthConfig } from "./oauth.ts";

/** One workspace by a bot token, or those that install the app by OAuth: one of the two. */
export interface SlackConfig {
  /** Bot User OAuth Token, xoxb-. */
  readonly botToken?: string;
  readonly oauth?: OAuthConfig;
  /** "socket" needs the app token and no address that Slack can reach; "http" needs the signing secret and one. */
  readonly mode: "socket" | "http";
  /** App-level token with connections:write, xapp-. */
  readonly appToken?: string;
  readonly signingSecret?: string;
  /** The signing secret before this one, while it is being replaced: what it signed is taken too. */
  readonly signingSecretBefore?: string;
  /** The slash command as the manifest has it; /matter without it. */
  readonly command?: string;
  /** Another address for the Web API, with its path; https://slack.com/api/ without it. */
  readonly apiUrl?: string;
  /** How long one call may take; 10,000 without it. */
  readonly timeoutMilliseconds?: number;
  /** How long to wait between two messages of one card; the adapter's pace without it. */
  readonly pauseMilliseconds?: number;
}

/** What must never be read in a log or an error. */
export function secretsIn({ botToken, appToken, signingSecret, signingSecretBefore, oauth }: SlackConfig): readonly string[] {
  const all = [botToken, appToken, signingSecret, signingSecretBefore, oauth?.clientSecret, oauth?.secretKey, oauth?.secretKeyBefore];
  return all.flatMap((secret) => (secret === undefined || secret === "" ? [] : [secret]));
}
