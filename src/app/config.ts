import { isIP } from "node:net";
import { z } from "zod";
import type { PersonRef, Place } from "../ports/chat.ts";
import { isZone } from "../time/instant.ts";
import { arePeople, PLACE, peopleIn, placeProblems } from "./config-places.ts";
import { type SlackSettings, slackOf, slackProblems } from "./config-slack.ts";
import { isSameDatabase } from "./same-database.ts";
import { secretsOfFiles } from "./secret-files.ts";

const text = z.string().min(1);
const place = text.regex(PLACE, "a place: slack:TEAM/CHANNEL or teams:TENANT/CONVERSATION");
const pulse = "whole seconds, 10 to 86400";

/** A copied secret may bring a line end along; one inside it would stand in the error of whatever refuses it, or make every signature wrong. */
const copied = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, "ASCII without spaces and line ends");
const secretKey = text.regex(/^[\x21-\x7e]{32,}$/, "at least 32 characters of ASCII without spaces, such as openssl rand -hex 32 prints");
const REDIRECT_PATH = "/slack/oauth_redirect";

/** Every variable that Curewatch reads, and nothing else does. `.env.example` lists the same (tested). */
export const VARIABLES = {
  DATABASE_URL: text
    .refine(isDatabaseAddress, "sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/DATABASE, with % codes for signs such as @ and #")
    .default("sqlite:data/curewatch.db"),
  DATABASE_URL_FILE: text.optional(),
  CUREWATCH_KEYV_URL: text
    .refine(isKeyvAddress, "redis://…, rediss://… or postgres://…, with % codes for signs such as @ and # in a password")
    .optional(),
  CUREWATCH_KEYV_URL_FILE: text.optional(),
  CUREWATCH_LANG: z.enum(["en", "fr"]).default("en"),
  CUREWATCH_ZONE: text.refine(isZone, "an IANA time zone, such as Europe/Paris").default("Europe/Paris"),
  CUREWATCH_HOST: text.default("127.0.0.1"),
  CUREWATCH_PORT: z.coerce
    .number({ error: "a port, 1 to 65535" })
    .int("a port, 1 to 65535")
    .min(1, "a port, 1 to 65535")
    .max(65_535, "a port, 1 to 65535")
    .default(3978),
  CUREWATCH_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  CUREWATCH_METRICS_TOKEN: text.regex(/^[\x21-\x7e]{16,}$/, "at least 16 characters of ASCII without spaces").optional(),
  CUREWATCH_HEARTBEAT_URL: text
    .refine(isWebAddress, "an address that begins with https:// or http://, without user and password")
    .optional(),
  CUREWATCH_HEARTBEAT_SECONDS: z.coerce.number({ error: pulse }).int(pulse).min(10, pulse).max(86_400, pulse).default(60),
  CUREWATCH_CANARY: place.optional(),
  CUREWATCH_OPERATIONS: place.optional(),
  CUREWATCH_ADMINS: text.refine(arePeople, "people, separated by commas, as slack:TEAM/PERSON or teams:OBJECT-ID").optional(),
  CUREWATCH_SECRET_KEY: secretKey.optional(),
  CUREWATCH_SECRET_KEY_BEFORE: secretKey.optional(),
  CUREWATCH_SECRET_KEY_FILE: text.optional(),
  CUREWATCH_SECRET_KEY_BEFORE_FILE: text.optional(),
  SLACK_BOT_TOKEN: copied.regex(/^xox[a-z]-/, "a bot token, xoxb-…").optional(),
  SLACK_CLIENT_ID: copied.optional(),
  SLACK_CLIENT_SECRET: copied.optional(),
  SLACK_REDIRECT_URI: text.refine(isRedirect, `an address that ends with ${REDIRECT_PATH}, by https but on this machine`).optional(),
  SLACK_APP_TOKEN: copied.regex(/^xapp-/, "an app-level token, xapp-…").optional(),
  SLACK_SIGNING_SECRET: copied.optional(),
  SLACK_SIGNING_SECRET_BEFORE: copied.optional(),
  SLACK_COMMAND: text.regex(/^\/[a-z0-9_-]{1,31}$/, "a slash command in lower case, such as /matter").default("/matter"),
  SLACK_API_URL: z.url("an address such as http://127.0.0.1:4003/api/").optional(),
  TEAMS_APP_ID: text.optional(),
  TEAMS_APP_PASSWORD: text.optional(),
  // Microsoft writes it in lower case, and one id must not look like two.
  TEAMS_TENANT_ID: text.toLowerCase().optional(),
  TEAMS_APP_TYPE: z.enum(["SingleTenant", "UserAssignedMsi"]).default("SingleTenant"),
  TEAMS_INSECURE_FOR_TESTS: z.literal("yes").optional(),
} as const;

/** Whether a register can be opened there. */
export function isDatabaseAddress(address: string): boolean {
  return /^sqlite:(?!\/\/[^/]).+/.test(address) || isAddressOf(address, /^postgres(ql)?:$/);
}

function isKeyvAddress(address: string): boolean {
  return isAddressOf(address, /^(rediss?|postgres(ql)?):$/);
}

function isAddressOf(address: string, protocol: RegExp): boolean {
  const url = URL.parse(address);
  if (url === null || !protocol.test(url.protocol) || !isNameOfDatabase(address) || hasBareSigns(address)) return false;
  // A socket of this machine is named by a parameter.
  return url.hostname !== "" || url.searchParams.get("host")?.startsWith("/") === true;
}

/** Signs of a password that are not written in % codes: what stands behind them would be taken for the host or the database, and shown. */
function hasBareSigns(address: string): boolean {
  const [, path = "", rest = ""] = /^[^:]*:\/\/[^/?]*([^?]*)(.*)$/s.exec(address) ?? [];
  if (address.includes("#") || path.includes("@")) return true;
  // An @ in the value of a parameter is none of these, behind a path.
  return path === "" ? rest.includes("@") : rest.split("&").some((parameter) => /^[^=]*@/.test(parameter));
}

/** Two addresses that ran together would show the second, password and all, wherever the database is named. */
function isNameOfDatabase(address: string): boolean {
  const [, path = ""] = /^[^?#]*?:\/\/[^/?#]*([^?#]*)/.exec(address) ?? [];
  return !/\s|%20|%0[9ad]|:\/\//i.test(path);
}

/** fetch takes no address with a user in it. */
function isWebAddress(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}

/** The code that comes to it opens a workspace to whoever reads it on its way. */
function isRedirect(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.pathname !== REDIRECT_PATH || url.username !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname.replace(/^\[|\]$/g, "")));
}

const schema = z.object(VARIABLES);
export type Settings = z.output<typeof schema>;

export interface TeamsSettings {
  readonly appId: string;
  readonly tenantId: string;
  readonly appType: "SingleTenant" | "UserAssignedMsi";
  readonly appPassword?: string;
  readonly insecureForTests: boolean;
}

/** How the process itself is watched from outside. */
export interface WatchSettings {
  /** What a reader of /metrics and /readyz shows who does not sit on this machine; without it they answer on loopback alone. */
  readonly metricsToken: string | null;
  /** A dead-man's switch: it raises the alarm when nobody asks for this address any more. */
  readonly heartbeat: { readonly url: string; readonly seconds: number } | null;
}

export interface Config {
  readonly settings: Settings;
  readonly slack: SlackSettings | null;
  readonly teams: TeamsSettings | null;
  readonly watch: WatchSettings;
  /** Where a sign of life is posted each day; null for none. */
  readonly canary: Place | null;
  /** Where what could not be delivered is announced, as long as nobody has said another place; null for none. */
  readonly operations: Place | null;
  /** Who administers, each at the desk to which they belong. */
  readonly admins: readonly PersonRef[];
  /** Where the user typed: `npm run` moves to the package's root. */
  readonly folder: string;
}

/**
 * Reads the environment. Returns every problem in words, none of them with a secret in it; an empty variable is an absent one, and the spaces and
 * line ends around a value, which a copied one brings along and nobody sees, are none of it.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config | { readonly problems: readonly string[] } {
  const given = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value = ""]) => (name in VARIABLES && value.trim() !== "" ? [[name, value.trim()]] : [])),
  );
  const { secrets: asRead, problems: unread } = secretsOfFiles(given, environment.INIT_CWD ?? process.cwd());
  const secrets = Object.fromEntries(Object.entries(asRead).map(([name, value]) => [name, value.trim() || value]));
  const parsed = schema.safeParse({ ...given, ...secrets });
  if (!parsed.success || unread.length > 0) {
    const unreadable = parsed.success
      ? []
      : parsed.error.issues.map((issue) => `${namedBy(issue.path.join("."), secrets)}: ${wording(issue)}`);
    return { problems: [...unread, ...new Set(unreadable), ...strangers(environment)] };
  }
  const settings = parsed.data;
  const [slack, teams] = [slackOf(settings), teamsOf(settings)];
  const wrong = [...keyvProblems(settings), ...slackProblems(settings), ...teamsProblems(settings)];
  // A platform that is described wrongly is named once, and not again for each place of it.
  const problems = [...wrong, ...(wrong.length > 0 ? [] : placeProblems(settings, { slack, teams })), ...strangers(environment)];
  if (problems.length > 0) return { problems };
  const [canary, operations] = [placeOf(settings.CUREWATCH_CANARY), placeOf(settings.CUREWATCH_OPERATIONS)];
  const admins = settings.CUREWATCH_ADMINS === undefined ? [] : peopleIn(settings.CUREWATCH_ADMINS);
  return { settings, slack, teams, watch: watchOf(settings), canary, operations, admins, folder: environment.INIT_CWD ?? process.cwd() };
}

/** A problem of a key that came from a file is one of the variable that names the file. */
function namedBy(variable: string, secrets: Readonly<Record<string, string>>): string {
  return variable in secrets ? `${variable}_FILE` : variable;
}

function placeOf(text: string | undefined): Place | null {
  // As TEAMS_TENANT_ID is read.
  return (text?.replace(/^teams:[^/]+/, (tenant) => tenant.toLowerCase()) as Place | undefined) ?? null;
}

function watchOf(settings: Settings): WatchSettings {
  const { CUREWATCH_METRICS_TOKEN: token, CUREWATCH_HEARTBEAT_URL: url, CUREWATCH_HEARTBEAT_SECONDS: seconds } = settings;
  return { metricsToken: token ?? null, heartbeat: url === undefined ? null : { url, seconds } };
}

/** The register's own database needs no second address: what is kept by key would lie in another table of it, which no backup holds. */
function keyvProblems({ DATABASE_URL: database, CUREWATCH_KEYV_URL: keyv }: Settings): readonly string[] {
  return keyv !== undefined && isSameDatabase(keyv, database)
    ? ["CUREWATCH_KEYV_URL: names the register's own database, which is used where it is empty: leave it empty"]
    : [];
}

function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `write one of: ${issue.values.join(", ")}`;
  return issue.message.startsWith("Invalid") ? "cannot be read" : `write ${issue.message}`;
}

/** A mistyped name would leave a platform out without a word. */
function strangers(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = Object.keys(VARIABLES);
  const ours = Object.keys(environment).filter((name) => /^CUREWATCH_/.test(name) && !known.includes(name));
  return ours.map((name) => `${name}: no such variable; known are ${known.filter((one) => one.startsWith("CUREWATCH_")).join(", ")}`);
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
