/** What Slack takes for an address of the web, of mail, or a host, in a text that is escaped. */
const DETECTED = new RegExp(
  [
    /(?<url>https?:\/\/(?:&amp;|[^\s"“”«»&|<>])+)/,
    /(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/,
    /(?<host>\b(?:[\w-]+\.)+(?:com|eu|fr|org)\b(?:\/(?:&amp;|[^\s"“”«»&|<>])*)?)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** Slack makes links of what it detects, for everybody alike: of a host it says what was typed behind the address (docs.slack.dev, "Formatting message text"). */
export function withLinks(escaped: string): string {
  return escaped.replaceAll(DETECTED, (typed, url?: string, mail?: string) => {
    if (url !== undefined) return `<${url}>`;
    return mail === undefined ? `<http://${typed}|${typed}>` : `<mailto:${mail}|${mail}>`;
  });
}
