import { webApi } from "@slack/bolt";
import { whyBroken } from "../shared/failure.ts";
import { refusedWith, scopeNeeded } from "./failure.ts";
import { Withheld } from "./web-client.ts";

const CREDENTIALS = "Whoever runs Curewatch copies it again from the app's settings, under Basic Information.";
const OPERATOR = "Whoever runs Curewatch";
const SCOPES = `${OPERATOR} compares the scopes in the app's settings, under OAuth & Permissions, with those of its manifest.`;
const MOVING = "Slack is moving the workspace into an organisation. Begin again when the move is finished.";
const ADMIN = "Ask an admin of the workspace to allow the app, and begin again then.";
const TROUBLE = "Slack had trouble of its own. Begin again in a few minutes.";
const OUTDATED = `Slack does not take the way any more in which Curewatch asks for its token. ${OPERATOR} looks for a newer version of it.`;
const REFUSED_TOKEN = "Slack does not take the token that it has just given. Begin again; no code or token has to be copied.";
const AFTER = "Begin again after that.";
const SOON = "Begin again in a few minutes.";

/**
 * What whoever installs the app is told of Slack's word, and what is to be done (docs.slack.dev/reference/methods/oauth.v2.access and auth.test,
 * "Errors"; some come back with the browser from /oauth/v2/authorize). What a delivery says of the same words is in failure.ts.
 */
const MEND: Readonly<Record<string, string>> = {
  bad_redirect_uri: `Slack was given another redirect URL than the one with which the installation began. ${OPERATOR} sets the same one there and in the app's settings, under OAuth & Permissions.`,
  invalid_client_id: `Slack does not know the app's client id. ${CREDENTIALS}`,
  bad_client_secret: `Slack refuses the app's client secret. ${CREDENTIALS}`,
  invalid_grant_type: OUTDATED,
  method_deprecated: OUTDATED,
  deprecated_endpoint: OUTDATED,
  oauth_authorization_url_mismatch:
    "The installation was begun at a page of Slack's that is not for this app. Begin it here, and not from a link that was kept.",
  preview_feature_not_available:
    "Slack does not offer this to the workspace yet. Ask Slack for it, or install the app in another workspace.",
  org_login_required: MOVING,
  team_added_to_org: MOVING,
  cannot_install_an_org_installed_app:
    "The organisation has the app already. An admin of the organisation adds the workspace to it in Slack.",
  enterprise_is_restricted: "Slack does not let the app be installed in a whole organisation. Choose one workspace of it.",
  invalid_team_for_non_distributed_app: `The app may be installed only in the workspace that it was made in. ${OPERATOR} can change that in the app's settings, under Manage Distribution.`,
  access_denied: `Slack does not let you install the app in this workspace. ${ADMIN}`,
  ekm_access_denied: `Admins have suspended what the app needs in this workspace. ${ADMIN}`,
  team_access_not_granted: `The app was not given access to this workspace. ${ADMIN}`,
  no_permission: `Slack does not let the app do here what it needs. ${ADMIN}`,
  accesslimited: `Slack takes no calls from the network that Curewatch runs in. ${OPERATOR} adds it to the app's allowed addresses.`,
  two_factor_setup_required: "Slack asks you to set up two-factor authentication in this workspace. Do that, and begin again.",
  invalid_scope: `Slack does not give the app a permission that it asks for. ${SCOPES}`,
  missing_scope: `The app lacks a permission. ${SCOPES}`,
  no_scopes: `The app was given no permission at all. ${SCOPES}`,
  no_bot_scopes_requested: `The app was given no permission at all. ${SCOPES}`,
  account_inactive: "The app was removed from the workspace while it was being installed. Begin again.",
  token_revoked: "The app was removed from the workspace while it was being installed. Begin again.",
  token_expired: REFUSED_TOKEN,
  invalid_auth: REFUSED_TOKEN,
  not_authed: REFUSED_TOKEN,
  ratelimited: `Slack asks to wait. ${SOON}`,
  rate_limited: `Slack asks to wait. ${SOON}`,
  internal_error: TROUBLE,
  fatal_error: TROUBLE,
  service_unavailable: TROUBLE,
  request_timeout: TROUBLE,
};

/** Words of Slack's are like this. What is not may be a page of a proxy's, or hold what nobody else is to see. */
const WORD = /^(?=.{2,60}$)[a-z]+(_[a-z0-9]+)*$/;

/** Why the app was not installed and what to do, for the page: no message is at stake here, and no code, token or fault of ours is shown. */
export function uninstalledWhy(error: unknown): string {
  const code = refusedWith(error);
  const scope = scopeNeeded(error);
  if (scope) return `The app lacks the permission ${scope}. ${SCOPES} (missing_scope)`;
  if (code !== undefined) return refusedInstallation(code);
  if (error instanceof webApi.WebAPIPlatformError) return refusedInstallation("");
  if (error instanceof webApi.WebAPIHTTPError) return `Slack answered ${error.statusCode}. ${SOON}`;
  if (!(error instanceof webApi.WebAPIRequestError)) return "Curewatch could not finish the installation. Begin again in a moment.";
  const { original } = error;
  if (original instanceof Withheld) return `${waitAsked(original)} ${AFTER}`;
  const broken = whyBroken("Slack", original);
  // What is no name of an error may quote the answer.
  return `${/(time|\([A-Z][A-Z0-9_]*\))\.$/.test(broken) ? broken : "The connection to Slack broke."} ${SOON}`;
}

/** The same for a word with which Slack refused, or with which it sent the browser back. */
export function refusedInstallation(code: string): string {
  if (!WORD.test(code)) return `Something between here and Slack answered in its stead. ${SOON}`;
  const mend = Object.hasOwn(MEND, code) ? MEND[code]! : null;
  if (mend !== null) return `${mend} (${code})`;
  return `Slack did not install the app (${code}). Begin again in a moment, and ask whoever runs Curewatch where it is refused again.`;
}

/** The word with which Slack sent the browser back, instead of a code; null where there is none. Whoever made the link could have written it. */
export function sentBackWith(url: string | undefined): string | null {
  const word = new URLSearchParams(url?.split("?")[1] ?? "").get("error") ?? "";
  return WORD.test(word) ? word : null;
}

/** Nothing is tried again here by itself. */
function waitAsked({ failure }: Withheld): string {
  return `${failure.reason.split(/[;.]/)[0]}.`;
}
