import { type LookupAddress, type LookupOptions, lookup as systemLookup } from "node:dns";
import { BlockList, isIP, Socket, type TcpNetConnectOpts } from "node:net";
import type { Log } from "../ports/chat.ts";
import { type Config, isLoopback } from "./config.ts";

/** One address to which this process may connect. */
export interface Outgoing {
  /** A whole name or address; with a leading dot every name under it. */
  readonly host: string;
  /** Null for every port. */
  readonly port: number | null;
  /** Whether it may lie in a private range: only what the configuration itself names, and what a cloud keeps for its own machines. */
  readonly private: boolean;
  readonly because: string;
}

const TLS = 443;

/** Slack's Web API, sign-in, Socket Mode, response addresses and uploads all lie there (docs.slack.dev). */
const SLACK: readonly Outgoing[] = ["slack.com", ".slack.com"].map((host) => ({ host, port: TLS, private: false, because: "Slack" }));

/** Tokens, the keys by which Teams signs, and the Bot Connectors of the clouds (adapters/chat/teams/service-url.ts has the same). */
const TEAMS: readonly Outgoing[] = [
  "login.microsoftonline.com",
  "login.botframework.com",
  "api.botframework.com",
  "smba.trafficmanager.net",
  "smba.onyx.prod.teams.trafficmanager.net",
  "smba.infra.gcc.teams.microsoft.com",
  "smba.infra.gov.teams.microsoft.us",
  "smba.infra.dod.teams.microsoft.us",
].map((host) => ({ host, port: TLS, private: false, because: "Microsoft Teams" }));

/** Where Azure hands out the tokens of a managed identity: to machines of its own alone, at addresses of their own network. */
const IDENTITY: readonly Outgoing[] = [
  { host: "169.254.169.254", port: 80, private: true, because: "Azure managed identity" },
  { host: "localhost", port: null, private: true, because: "Azure managed identity" },
  { host: "127.0.0.1", port: null, private: true, because: "Azure managed identity" },
];

/** Everything that this process may connect to, by its configuration. */
export function outgoingOf({ settings, slack, teams, watch }: Pick<Config, "settings" | "slack" | "teams" | "watch">): readonly Outgoing[] {
  const allowed: Outgoing[] = [];
  if (slack !== null) allowed.push(...(slack.apiUrl === undefined ? SLACK : andBelow(named(slack.apiUrl, "SLACK_API_URL"))));
  if (teams !== null) allowed.push(...TEAMS);
  if (teams?.appType === "UserAssignedMsi") allowed.push(...IDENTITY);
  if (teams?.insecureForTests === true)
    for (const host of THIS_MACHINE) allowed.push({ host, port: null, private: true, because: "TEAMS_INSECURE_FOR_TESTS" });
  if (watch.heartbeat !== null) allowed.push(...named(watch.heartbeat.url, "CUREWATCH_HEARTBEAT_URL"));
  if (!settings.DATABASE_URL.startsWith("sqlite:")) allowed.push(...named(settings.DATABASE_URL, "DATABASE_URL"));
  if (settings.CUREWATCH_KEYV_URL !== undefined) allowed.push(...named(settings.CUREWATCH_KEYV_URL, "CUREWATCH_KEYV_URL"));
  return allowed;
}

/** Where a library connects when the address names no port. */
const USUAL: Readonly<Record<string, number>> = { "http:": 80, "postgres:": 5432, "postgresql:": 5432, "redis:": 6379, "rediss:": 6379 };

/** The one address that the user has named. */
export function named(address: string, because: string): readonly Outgoing[] {
  const { hostname, port, protocol } = new URL(address);
  const usual = USUAL[protocol] ?? TLS;
  return [{ host: hostname.replace(/^\[|\]$/g, ""), port: port === "" ? usual : Number(port), private: true, because }];
}

/** What this machine calls itself: a pretended Slack may be configured by one of these and write another into its answers. */
const THIS_MACHINE = ["localhost", "127.0.0.1", "::1"] as const;

/** Slack's uploads and answers lie under the name of its Web API, in other clouds too; a pretended Slack of this machine answers at any of its ports. */
function andBelow(entries: readonly Outgoing[]): readonly Outgoing[] {
  return entries.flatMap((entry) => {
    if (isLoopback(entry.host)) return [...new Set([entry.host, ...THIS_MACHINE])].map((host) => ({ ...entry, host, port: null }));
    return isIP(entry.host) === 0 ? [entry, { ...entry, host: `.${entry.host}`, private: false }] : [entry];
  });
}

/** What is reached over no public network: RFC 1918, 3927, 4193, 4291, 5735, 6598 and the ranges that no machine has. */
const PRIVATE = privateRanges();

function privateRanges(): BlockList {
  const list = new BlockList();
  const four = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/3",
  ];
  const six = ["::/128", "::1/128", "64:ff9b::/96", "fc00::/7", "fe80::/10", "ff00::/8"];
  for (const range of [...four, ...six]) {
    const [address = "", bits = ""] = range.split("/");
    list.addSubnet(address, Number(bits), range.includes(":") ? "ipv6" : "ipv4");
  }
  return list;
}

export function isPrivate(address: string): boolean {
  // ::ffff:10.0.0.1 is 10.0.0.1: the list knows (Node looks into mapped addresses).
  return PRIVATE.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** Which entry lets a connection out; null where none does. An address that is written as such must itself be named. */
export function entryFor(allowed: readonly Outgoing[], host: string, port: number): Outgoing | null {
  const wanted = host.toLowerCase().replace(/\.$/, "");
  const fits = (entry: Outgoing) => (entry.host.startsWith(".") ? wanted.endsWith(entry.host) : wanted === entry.host.toLowerCase());
  return allowed.find((entry) => fits(entry) && (entry.port === null || entry.port === port)) ?? null;
}

/** What is refused is said once an address, or a library that tries again and again would fill the log. */
export function refusedIn(log: Log): (host: string, port: number, why: string) => void {
  const said = new Set<string>();
  return (host, port, why) => {
    const name = `${host}:${port} ${why}`;
    if (said.has(name) || said.size > 1_000) return;
    said.add(name);
    log.warn({ host, port }, `a connection was refused: ${why}`);
  };
}

class Refused extends Error {
  readonly code = "EREFUSEDBYLIST";
}

type Lookup = (
  name: string,
  options: LookupOptions,
  done: (error: Error | null, found: string | LookupAddress[], family?: number) => void,
) => void;

/**
 * From now on this process connects to nothing but what is allowed, whichever library asks and wherever a redirect points: every connection goes
 * through the one method of Node's sockets that is put in place here. A name that is allowed and leads to a private range is refused all the
 * same, unless the configuration names it. Sockets of this machine's file system are left alone. Answers how to undo it, for tests.
 */
export function guardOutgoing(allowed: readonly Outgoing[], refused: (host: string, port: number, why: string) => void): () => void {
  const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket;
  const refuse = (socket: Socket, host: string, port: number, why: string): Socket => {
    refused(host, port, why);
    process.nextTick(() => socket.destroy(new Refused(`${host}:${port} is not reached: ${why}`)));
    return socket;
  };

  function guarded(this: Socket, ...args: unknown[]): Socket {
    const asked = optionsOf(args);
    if (asked === null) return connect.apply(this, args);
    const { host = "localhost", port } = asked;
    const entry = entryFor(allowed, host, Number(port));
    if (entry === null) return refuse(this, host, Number(port), "it is not among the addresses of the configuration");
    if (entry.private) return connect.apply(this, args);
    if (isIP(host) !== 0)
      return isPrivate(host) ? refuse(this, host, Number(port), "it lies in a private range") : connect.apply(this, args);
    const lookup = publicOnly((asked.lookup as Lookup | undefined) ?? (systemLookup as unknown as Lookup), (why) =>
      refused(host, Number(port), why),
    );
    (asked as { lookup?: unknown }).lookup = lookup;
    return connect.apply(this, args);
  }

  Socket.prototype.connect = guarded as typeof Socket.prototype.connect;
  return () => {
    Socket.prototype.connect = connect as typeof Socket.prototype.connect;
  };
}

/** The options of a connection over TCP as they will be used; null for a socket of the file system. `net.connect` hands on a list that holds them. */
function optionsOf(args: unknown[]): (TcpNetConnectOpts & { path?: string }) | null {
  const [first, second] = args;
  if (Array.isArray(first)) return optionsOf(first as unknown[]);
  if (typeof first === "object" && first !== null) {
    const options = first as TcpNetConnectOpts & { path?: string };
    return options.port === undefined || (typeof options.path === "string" && options.host === undefined) ? null : options;
  }
  if (typeof first !== "number" && !/^\d+$/.test(String(first))) return null;
  const options = { port: Number(first), ...(typeof second === "string" ? { host: second } : {}) };
  args.splice(0, typeof second === "string" ? 2 : 1, options);
  return options;
}

function publicOnly(lookup: Lookup, refused: (why: string) => void): Lookup {
  return (name, options, done) =>
    lookup(name, options, (error, found, family) => {
      if (error !== null) return done(error, found, family);
      const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
      const within = addresses.find(isPrivate);
      if (within === undefined) return done(null, found, family);
      const why = `its name leads to ${within}, in a private range`;
      refused(why);
      done(new Refused(`${name} is not reached: ${why}`), found, family);
    });
}
