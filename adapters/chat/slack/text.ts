import { plainSpans } from "../shared/plain.ts";
import { END_OF_ISOLATE } from "../shared/shown.ts";
import { cutText, MOST_OPEN } from "../shared/text.ts";
import { LINK, typedIn } from "./links.ts";
import { mintPerson, mintPlace } from "./places.ts";

/** Slack reads & < > as its own in text objects, plain_text included; everything else is left (docs.slack.dev, "Escaping text"). */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export function unescapeText(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

const CUT = "\n…";

/**
 * An escaped text in at most so many bytes of UTF-8: whole where it fits, else what fits of it, cut after a line or a word where one ends, and a
 * last line that says that more follows. No character is cut, nor what stands for an escaped one.
 */
export function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  // What calls a channel by its name would be cut, or be escaped with the rest.
  const bare = unescapeText(text.replaceAll(/<#([A-Z0-9]+)>/g, "#$1"));
  // Room for the ends of what is isolated at the cut.
  const ends = bare.includes("\u2068") ? MOST_OPEN * Buffer.byteLength(END_OF_ISOLATE) : 0;
  let [length, left] = [0, bytes - Buffer.byteLength(CUT) - ends];
  for (const character of bare) {
    left -= Buffer.byteLength(escapeText(character));
    if (left < 0) break;
    length += character.length;
  }
  if (length === 0) return CUT;
  const kept = plainSpans(cutText([bare], length)[0] ?? []);
  return escapeText(kept.replace(/[\u2066-\u2068]+$/, "").trimEnd()) + CUT;
}

const QUOTED = /"[^"]*"|“[^”]*”|«[^»]*»/g;
const ALONE = /^.\s*<[^<>]*>\s*.$/s;

/** Without a name, as of a private conversation, the reference is left. Of a link that leads elsewhere than it says, both are told. */
function namedIn(quoted: string): string {
  return quoted
    .replaceAll(/<#[A-Z0-9]+\|([^>]+)>/g, "#$1")
    .replaceAll(/<!subteam\^[A-Z0-9]+\|@?([^>]+)>/g, "@$1")
    .replaceAll(/<!(here|channel|everyone)(?:\|[^>]*)?>/g, "@$1")
    .replaceAll(LINK, (_, address: string, label?: string) => typedIn(address, label) ?? `${label} (${address})`);
}

/**
 * What a person typed behind the slash command. Slack escapes it, and with should_escape sends mentions by id: <@U3|ana> becomes the person's
 * reference, <#C2|general> the place's, and a link that Slack made what it was made of. Within a text in quotes a conversation or a group is called
 * by its name: a word by itself may be meant for the program, as the address of a link with other words is, this is for people to read.
 */
export function readTyped(text: string, team: string): string {
  const named = text
    .replaceAll(QUOTED, (quoted) => (ALONE.test(quoted) ? quoted : namedIn(quoted)))
    .replaceAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g, (_, user: string) => mintPerson(team, user))
    .replaceAll(/<#([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, channel: string) => mintPlace(team, channel))
    .replaceAll(LINK, (_, address: string, label?: string) => typedIn(address, label) ?? address);
  return unescapeText(named).trim();
}

/**
 * A command in a button's value. Slack escapes texts of a pressed button on the way back (slackapi/bolt-python#513) and does not say whether
 * values too, so the characters in question never travel.
 */
export function writeValue(command: string): string {
  return command.replaceAll(/[%&<>]/g, (character) => encodeURIComponent(character));
}

export function readValue(value: string): string {
  return unescapeText(value).replaceAll(/%(?:25|26|3C|3E)/g, (code) => decodeURIComponent(code));
}
