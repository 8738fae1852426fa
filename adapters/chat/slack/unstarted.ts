import { webApi } from "@slack/bolt";
import { whyBroken } from "../shared/failure.ts";
import { endedBy, failureOf, refusedWith, scopeNeeded } from "./failure.ts";

/** Which of the two tokens the call was made with. */
export type Token = "bot" | "app-level";

const APP_LEVEL = "in the app's settings, under Basic Information, App-Level Tokens";

/** By the word with which Slack refuses, for what reads otherwise where no message is at stake (docs.slack.dev/reference/methods/apps.connections.open). */
const MEND: Readonly<Record<Token, Readonly<Record<string, string>>>> = {
  bot: {
    not_allowed_token_type:
      "This is no bot token. Copy the Bot User OAuth Token, which begins with xoxb-, in the app's settings, under Install App.",
    not_authed: "Slack got no token. Configure the Bot User OAuth Token.",
  },
  "app-level": {
    not_allowed_token_type: `This is no app-level token. Copy the one that begins with xapp-, ${APP_LEVEL}.`,
    ...Object.fromEntries(
      ["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"].map((code) => [
        code,
        `Slack refuses the app-level token. Copy the one that begins with xapp- again, or generate another, ${APP_LEVEL}.`,
      ]),
    ),
  },
};

/** Why the adapter cannot be started, and what to do about it. */
export function unstarted(token: Token, error: unknown): string {
  const failure = failureOf(error);
  const code = refusedWith(error);
  if (failure.retry === "never" && code !== undefined) return refused(token, code, error, failure.reason);
  if (failure.retry === "later") return failure.reason;
  return `${trouble(error, code)} Start again in a few minutes.`;
}

function refused(token: Token, code: string, error: unknown, otherwise: string): string {
  const scope = scopeNeeded(error);
  if (scope !== null && token === "bot") return otherwise;
  if (scope !== null)
    return `The app-level token lacks a scope. Generate another with the scope ${scope || "connections:write"}, ${APP_LEVEL}. (missing_scope)`;
  if (Object.hasOwn(MEND[token], code)) return `${MEND[token][code]} (${code})`;
  return (token === "bot" ? endedBy(code) : null) ?? `Slack refuses. (${code})`;
}

/** Slack's own trouble, or that of the way there. */
function trouble(error: unknown, code: string | undefined): string {
  if (error instanceof webApi.WebAPIHTTPError) return `Slack answered ${error.statusCode}.`;
  if (code !== undefined && /^\w+$/.test(code)) return `Slack had trouble of its own (${code}).`;
  if (code !== undefined) return "Something between here and Slack answered in its stead.";
  return whyBroken("Slack", error instanceof webApi.WebAPIRequestError ? error.original : error);
}
