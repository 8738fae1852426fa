import type { Settings } from "./config.ts";

/** Slack as it is configured: one workspace by a bot token, or many by OAuth. */
export interface SlackSettings {
  readonly botToken?: string;
  readonly oauth?: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly secretKey: string;
    readonly secretKeyBefore?: string;
    readonly redirectUri?: string;
  };
  readonly mode: "socket" | "http";
  readonly command: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly signingSecretBefore?: string;
  readonly apiUrl?: string;
}

/** What is half configured, in words: every problem at once, and no value. */
export function slackProblems(settings: Settings): readonly string[] {
  const problems = [...oauthProblems(settings), ...transportProblems(settings)];
  const { SLACK_SIGNING_SECRET: secret, SLACK_SIGNING_SECRET_BEFORE: secretBefore } = settings;
  if (secretBefore !== undefined && secret === undefined)
    problems.push("SLACK_SIGNING_SECRET: is needed beside SLACK_SIGNING_SECRET_BEFORE");
  const { CUREWATCH_SECRET_KEY: key, CUREWATCH_SECRET_KEY_BEFORE: keyBefore } = settings;
  if (keyBefore !== undefined && key === undefined) problems.push("CUREWATCH_SECRET_KEY: is needed beside CUREWATCH_SECRET_KEY_BEFORE");
  return problems;
}

function oauthProblems(settings: Settings): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: secret, SLACK_REDIRECT_URI: redirect } = settings;
  if (bot !== undefined && (id !== undefined || secret !== undefined))
    return ["SLACK_BOT_TOKEN: is for one workspace, and SLACK_CLIENT_ID with SLACK_CLIENT_SECRET for many: set one or the other"];
  const problems: string[] = [];
  if (id === undefined && secret !== undefined) problems.push("SLACK_CLIENT_ID: is needed beside SLACK_CLIENT_SECRET");
  if (id !== undefined && secret === undefined) problems.push("SLACK_CLIENT_SECRET: is needed beside SLACK_CLIENT_ID");
  if (redirect !== undefined && id === undefined) problems.push("SLACK_CLIENT_ID: is needed beside SLACK_REDIRECT_URI");
  if (id !== undefined && settings.CUREWATCH_SECRET_KEY === undefined)
    problems.push(
      "CUREWATCH_SECRET_KEY: is needed beside SLACK_CLIENT_ID, to seal the tokens of the workspaces; openssl rand -hex 32 prints one",
    );
  return problems;
}

function transportProblems({
  SLACK_BOT_TOKEN: bot,
  SLACK_CLIENT_ID: id,
  SLACK_CLIENT_SECRET: clientSecret,
  SLACK_APP_TOKEN: app,
  SLACK_SIGNING_SECRET: secret,
}: Settings): readonly string[] {
  const isOurs = bot !== undefined || id !== undefined || clientSecret !== undefined;
  const hasWay = app !== undefined || secret !== undefined;
  if (!isOurs && hasWay) return ["SLACK_BOT_TOKEN: is needed beside the other SLACK_ variables, or SLACK_CLIENT_ID for many workspaces"];
  if (isOurs && !hasWay)
    return ["SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: one of them is needed, the first for Socket Mode, the second for HTTP"];
  return [];
}

/** Null where Slack is not configured. The settings have no problem. */
export function slackOf(settings: Settings): SlackSettings | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = settings;
  const { SLACK_APP_TOKEN: appToken, CUREWATCH_SECRET_KEY: secretKey, SLACK_COMMAND: command } = settings;
  const shared = {
    ...given("apiUrl", settings.SLACK_API_URL),
    ...given("signingSecret", settings.SLACK_SIGNING_SECRET),
    ...given("signingSecretBefore", settings.SLACK_SIGNING_SECRET_BEFORE),
    ...given("appToken", appToken),
    mode: appToken === undefined ? "http" : "socket",
    command,
  } as const;
  if (botToken !== undefined) return { ...shared, botToken };
  if (clientId === undefined || clientSecret === undefined || secretKey === undefined) return null;
  const keyBefore = given("secretKeyBefore", settings.CUREWATCH_SECRET_KEY_BEFORE);
  return { ...shared, oauth: { clientId, clientSecret, secretKey, ...keyBefore, ...given("redirectUri", settings.SLACK_REDIRECT_URI) } };
}

/** The one field where there is a value, and none else. */
function given<Name extends string>(name: Name, value: string | undefined): { readonly [_ in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [_ in Name]?: string };
}
