/**
 * Where the Bot Connector of Teams answers, by cloud (Teams SDK documentation, "Service URL Validation"). Whole names: anybody can have a name
 * under trafficmanager.net, and whoever is posted to receives our token and our cards.
 */
const HOSTS: readonly string[] = [
  "smba.trafficmanager.net",
  "smba.onyx.prod.teams.trafficmanager.net",
  "smba.infra.gcc.teams.microsoft.com",
  "smba.infra.gov.teams.microsoft.us",
  "smba.infra.dod.teams.microsoft.us",
];

const LOOPBACK: readonly string[] = ["127.0.0.1", "[::1]", "localhost"];

/** Whether cards and tokens may be sent to that address. */
export function isServiceUrl(text: string, loopbackToo: boolean): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== "" || url.password !== "") return false;
  if (loopbackToo && LOOPBACK.includes(url.hostname)) return url.protocol === "http:" || url.protocol === "https:";
  return url.protocol === "https:" && url.port === "" && HOSTS.includes(url.hostname);
}
