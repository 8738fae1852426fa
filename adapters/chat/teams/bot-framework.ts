import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type TurnContext,
} from "botbuilder";
import type { TeamsConfig } from "./config.ts";

/** What the platform is answered over HTTP. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

/** The only file that speaks with the SDK: it authenticates what arrives and fetches tokens for what is sent. */
export interface BotFramework {
  /** Authenticates the activity and then has it handled; what fails authentication is refused and never handled. */
  receive(authorization: string, activity: object, handle: () => Promise<Reply>): Promise<Reply>;
  /** The Authorization header of a post; undefined where authentication is off. */
  authorization(): Promise<string | undefined>;
}

// The public cloud's addresses (Bot Connector documentation, "Authentication"); the SDK wants all of them where one is given.
const LOGIN = "https://login.microsoftonline.com/botframework.com";
const SCOPE = "https://api.botframework.com";
const EMULATOR_METADATA = "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration";

/** `process` wants Express, writes to the console and answers 500 to a forged signature; this goes in one door deeper. */
class Turns extends CloudAdapter {
  async authenticated(authorization: string, activity: Activity, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    await this.processActivity(authorization, activity, logic);
  }
}

export function botFramework(config: TeamsConfig): BotFramework {
  const credentials = new ConfigurationServiceClientCredentialFactory(credentialsOf(config));
  const turns = new Turns(new ConfigurationBotFrameworkAuthentication(authenticationOf(config), credentials));
  let signer: Awaited<ReturnType<typeof credentials.createCredentials>> | undefined;
  return {
    async receive(authorization, activity, handle) {
      if (config.insecureForTests !== true && !expires(authorization)) return { status: 401 };
      let reply: Reply | undefined;
      let handled = false;
      try {
        await turns.authenticated(authorization, activity as Activity, async () => {
          handled = true;
          reply = await handle();
        });
      } catch (error) {
        if (handled) throw error;
        return { status: statusOf(error) };
      }
      return reply ?? { status: 500 };
    },
    async authorization() {
      if (config.overrides?.token !== undefined) return `Bearer ${await config.overrides.token()}`;
      if (config.insecureForTests === true) return undefined;
      signer ??= await credentials.createCredentials(config.appId, SCOPE, LOGIN, true);
      const headers = new Map<string, string>();
      await signer.signRequest({ headers } as unknown as Parameters<typeof signer.signRequest>[0]);
      return [...headers].find(([name]) => name.toLowerCase() === "authorization")?.[1];
    },
  };
}

function credentialsOf(config: TeamsConfig): Record<string, string> {
  // No app id is the SDK's way to say "no authentication".
  if (config.insecureForTests === true) return {};
  const common = { MicrosoftAppId: config.appId, MicrosoftAppTenantId: config.tenantId };
  if (config.appType === "UserAssignedMsi") return { ...common, MicrosoftAppType: "UserAssignedMsi" };
  return { ...common, MicrosoftAppType: "SingleTenant", MicrosoftAppPassword: config.appPassword ?? "replaced by the tests' token" };
}

function authenticationOf(config: TeamsConfig): Record<string, string | boolean> {
  const metadata = config.overrides?.openIdMetadata;
  if (metadata === undefined) return {};
  return {
    ValidateAuthority: true,
    ToChannelFromBotLoginUrl: LOGIN,
    ToChannelFromBotOAuthScope: SCOPE,
    ToBotFromChannelTokenIssuer: SCOPE,
    OAuthUrl: SCOPE,
    ToBotFromChannelOpenIdMetadataUrl: metadata,
    ToBotFromEmulatorOpenIdMetadataUrl: EMULATOR_METADATA,
    CallerId: "",
  };
}

/** Whether the token names its end: the SDK takes one that does not, and it would serve for ever. What it says is checked afterwards. */
function expires(authorization: string): boolean {
  try {
    const payload = Buffer.from(authorization.split(".")[1] ?? "", "base64url").toString("utf8");
    return typeof (JSON.parse(payload) as { exp?: unknown } | null)?.exp === "number";
  } catch {
    return false;
  }
}

/** 401 for every token that is not good; 500 where the platform's keys could not be read, so that it delivers again. */
function statusOf(error: unknown): number {
  const { statusCode, name } = error as { statusCode?: unknown; name?: unknown };
  if (typeof statusCode === "number") return statusCode;
  return /^(JsonWebToken|TokenExpired|NotBefore)Error$/.test(String(name)) ? 401 : 500;
}
