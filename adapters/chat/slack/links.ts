/** A link as Slack writes it: its address, and behind a bar the words that are shown of it. */
export const LINK = /<((?:https?|mailto|tel):[^|<>]+)(?:\|([^<>]*))?>/gi;

const SCHEME = /^(?:https?:\/\/|mailto:|tel:)/i;

/**
 * What was typed where Slack sends a link. It makes links of the host names, the addresses of mail and the telephone numbers that it detects, and
 * puts in front of each what makes an address of it (docs.slack.dev, "Formatting message text"): then the words shown are what was typed. Null
 * where they are other words, so that the link leads elsewhere than they say.
 */
export function typedIn(address: string, label: string | undefined): string | null {
  if (label === undefined || label === "") return address;
  return isThere(plainly(address), plainly(label)) ? label : null;
}

function isThere(address: string, label: string): boolean {
  const scheme = SCHEME.exec(address)?.[0].toLowerCase();
  if (scheme === undefined) return address === label;
  const shown = label.toLowerCase().startsWith(scheme) ? label.slice(scheme.length) : label;
  const there = address.slice(scheme.length);
  if (scheme === "mailto:") return there.toLowerCase() === shown.toLowerCase();
  if (scheme === "tel:") return dialled(there) === dialled(shown);
  const [one, other] = [hostLowered(there), hostLowered(shown)];
  return one === other || one === `${other}/` || isSameAbroad(scheme + there, scheme + shown);
}

/** Of what Slack escapes an address holds this alone. */
function plainly(text: string): string {
  return text.replaceAll("&amp;", "&");
}

/** What parts the digits of a number says nothing (RFC 3966, "Visual separators"). */
function dialled(number: string): string {
  return number.replaceAll(/[\s().-]/g, "");
}

function hostLowered(address: string): string {
  return address.replace(/^[^/?#]*/, (host) => host.toLowerCase());
}

/** Letters beyond ASCII stand encoded in an address: only there the two may differ in how they are written. */
function isSameAbroad(address: string, shown: string): boolean {
  if (/^[ -~]*$/.test(shown) || !URL.canParse(address) || !URL.canParse(shown)) return false;
  return new URL(address).href === new URL(shown).href;
}
