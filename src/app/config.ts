import { isIP } from "node:net";
import { z } from "zod";
import { isZone } from "../time/instant.ts";

const text = z.string().min(1);

/** Every variable that Curewatch reads, and nothing else does. `.env.example` lists the same (tested). */
export const VARIABLES = {
  DATABASE_URL: text.regex(/^sqlite:.+/, "sqlite:FILE").default("sqlite:data/curewatch.db"),
  CUREWATCH_LANG: z.enum(["en", "fr"]).default("en"),
  CUREWATCH_ZONE: text.refine(isZone, "an IANA time zone, such as Europe/Paris").default("Europe/Paris"),
  CUREWATCH_HOST: text.default("127.0.0.1"),
  CUREWATCH_PORT: z.coerce
    .number({ error: "a port, 1 to 65535" })
    .int()
    .min(1, "a port, 1 to 65535")
    .max(65_535, "a port, 1 to 65535")
    .default(3978),
  CUREWATCH_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  SLACK_BOT_TOKEN: text.regex(/^xox[a-z]-/, "a bot token, xoxb-…").optional(),
  SLACK_APP_TOKEN: text.regex(/^xapp-/, "an app-level token, xapp-…").optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_API_URL: z.url("an address such as http://127.0.0.1:4003/api/").optional(),
  TEAMS_APP_ID: text.optional(),
  TEAMS_APP_PASSWORD: text.optional(),
  // Microsoft writes it in lower case, and one id must not look like two.
  TEAMS_TENANT_ID: text.toLowerCase().optional(),
  TEAMS_APP_TYPE: z.enum(["SingleTenant", "UserAssignedMsi"]).default("SingleTenant"),
  TEAMS_INSECURE_FOR_TESTS: z.literal("yes").optional(),
} as const;

const schema = z.object(VARIABLES);
export type Settings = z.output<typeof schema>;

export interface SlackSettings {
  readonly botToken: string;
  readonly mode: "socket" | "http";
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly apiUrl?: string;
}

export interface TeamsSettings {
  readonly appId: string;
  readonly tenantId: string;
  readonly appType: "SingleTenant" | "UserAssignedMsi";
  readonly appPassword?: string;
  readonly insecureForTests: boolean;
}

export interface Config {
  readonly settings: Settings;
  readonly slack: SlackSettings | null;
  readonly teams: TeamsSettings | null;
  /** Where the user typed: `npm run` moves to the package's root. */
  readonly folder: string;
}

/** Reads the environment. Returns every problem in words, none of them with a secret in it; an empty variable is an absent one. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config | { readonly problems: readonly string[] } {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name in VARIABLES && value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) return { problems: parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${wording(issue)}`) };
  const settings = parsed.data;
  const problems = [...slackProblems(settings), ...teamsProblems(settings), ...strangers(environment)];
  if (problems.length > 0) return { problems };
  return { settings, slack: slackOf(settings), teams: teamsOf(settings), folder: environment.INIT_CWD ?? process.cwd() };
}

function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `write one of: ${issue.values.join(", ")}`;
  return issue.code === "invalid_type" || issue.message.startsWith("Invalid") ? "cannot be read" : `write ${issue.message}`;
}

/** A mistyped name would leave a platform out without a word. */
function strangers(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = Object.keys(VARIABLES);
  const ours = Object.keys(environment).filter((name) => /^CUREWATCH_/.test(name) && !known.includes(name));
  return ours.map((name) => `${name}: no such variable; known are ${known.filter((one) => one.startsWith("CUREWATCH_")).join(", ")}`);
}

function slackProblems({ SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret }: Settings): readonly string[] {
  if (bot === undefined)
    return app === undefined && secret === undefined ? [] : ["SLACK_BOT_TOKEN: is needed beside the other SLACK_ variables"];
  if (app === undefined && secret === undefined) {
    return ["SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: one of them is needed, the first for Socket Mode, the second for HTTP"];
  }
  return [];
}

function slackOf({
  SLACK_BOT_TOKEN: botToken,
  SLACK_APP_TOKEN: appToken,
  SLACK_SIGNING_SECRET: signingSecret,
  SLACK_API_URL: apiUrl,
}: Settings): SlackSettings | null {
  if (botToken === undefined) return null;
  const shared = { botToken, ...(apiUrl === undefined ? {} : { apiUrl }), ...(signingSecret === undefined ? {} : { signingSecret }) };
  return appToken === undefined ? { ...shared, mode: "http" } : { ...shared, mode: "socket", appToken };
}

function teamsProblems(settings: Settings): readonly string[] {
  const {
    TEAMS_APP_ID: id,
    TEAMS_APP_PASSWORD: password,
    TEAMS_TENANT_ID: tenant,
    TEAMS_APP_TYPE: type,
    TEAMS_INSECURE_FOR_TESTS: insecure,
  } = settings;
  if (insecure !== undefined) {
    return isLoopback(settings.CUREWATCH_HOST)
      ? []
      : ["TEAMS_INSECURE_FOR_TESTS: switches authentication off, so CUREWATCH_HOST must be 127.0.0.1"];
  }
  if (id === undefined)
    return password === undefined && tenant === undefined ? [] : ["TEAMS_APP_ID: is needed beside the other TEAMS_ variables"];
  const problems: string[] = [];
  if (tenant === undefined) problems.push("TEAMS_TENANT_ID: is needed beside TEAMS_APP_ID");
  if (type === "SingleTenant" && password === undefined) problems.push("TEAMS_APP_PASSWORD: is needed with TEAMS_APP_TYPE=SingleTenant");
  return problems;
}

function teamsOf(settings: Settings): TeamsSettings | null {
  const { TEAMS_APP_ID: appId = "", TEAMS_APP_PASSWORD: appPassword, TEAMS_TENANT_ID: tenantId = "", TEAMS_APP_TYPE: appType } = settings;
  const insecureForTests = settings.TEAMS_INSECURE_FOR_TESTS !== undefined;
  if (appId === "" && !insecureForTests) return null;
  return { appId, tenantId, appType, insecureForTests, ...(appPassword === undefined ? {} : { appPassword }) };
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
