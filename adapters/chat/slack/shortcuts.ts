import type { FormValues } from "../../../src/ports/form.ts";
import { withoutTurns } from "../shared/shown.ts";
import { soon } from "../shared/soon.ts";
import { sayWords, showAnswer, showCards } from "./answer.ts";
import { type Asker, askingOf, type Body, type Room } from "./asker.ts";
import { wordsFor } from "./asker-words.ts";
import { typedIn } from "./links.ts";
import { isForm, openForm } from "./modal-open.ts";
import { unescapeText } from "./text.ts";
import { unopenedCard, unopenedText } from "./unopened.ts";

/** The trigger serves three seconds: an address that is late is left out. */
const PATIENCE = 700;

/** A shortcut of the app was chosen, from the search bar or at a message. */
export async function shortcutUsed(room: Room, asker: Asker, body: Body): Promise<void> {
  switch (body.callback_id) {
    case "register_matter":
      return ask(room, asker, "register", {});
    case "note_on_matter":
      return ask(room, asker, "note", await noteFrom(room, asker, body));
    default:
      return sayWords(room, asker, (words) => words.otherShortcut(room.command));
  }
}

async function ask(room: Room, asker: Asker, verb: string, values: FormValues): Promise<void> {
  const found = await room.host.form({ ...(await askingOf(room, asker)), verb, values });
  if (!isForm(found)) return showAnswer(room, asker, found);
  const opening = await openForm(room, asker, found);
  if (opening === "shown") return;
  const typed = `${room.command} ${verb}`;
  if (opening === "none") return sayWords(room, asker, (words) => words.formless(typed));
  // A button could not bring the message's words and address back.
  if (Object.keys(values).length > 0) return sayWords(room, asker, (words) => unopenedText(opening, words, words.shortcutAgain(typed)));
  const words = await wordsFor(room, asker);
  await showCards(room, asker, [unopenedCard(found, opening, words, words.againByShortcut(typed))], "asker");
}

/** The message's words, and where it stands, as far as Slack tells without another scope. */
async function noteFrom(room: Room, asker: Asker, { channel, message }: Body): Promise<FormValues> {
  const [text, source] = await Promise.all([plainWords(room, asker, message?.text ?? ""), permalink(asker, channel?.id, message?.ts)]);
  return { ...(text === "" ? {} : { text: [text] }), ...(source === null ? {} : { source: [source] }) };
}

async function permalink({ client }: Asker, channel: string | undefined, message_ts: string | undefined): Promise<string | null> {
  if (channel === undefined || message_ts === undefined) return null;
  const asked = client.chat.getPermalink({ channel, message_ts }).then(
    ({ permalink: found }) => found ?? null,
    // Where the bot is not in the channel, Slack does not tell.
    () => null,
  );
  return soon(asked, PATIENCE, null);
}

/**
 * Slack's markup in words: people and channels by name, a link with its address where it has other words; everything else as it
 * stands there, but for what is not seen and turns the writing direction round, which a note could not be recorded with.
 */
export async function plainWords({ people }: Room, asker: Asker, text: string): Promise<string> {
  const users = [...new Set([...text.matchAll(/<@([UW][A-Z0-9]+)>/g)].map(([, user]) => user!))];
  const names = new Map(await Promise.all(users.map(async (user) => [user, (await people(asker, asker.team, user))?.name] as const)));
  const named = text.replaceAll(/<([@#!][^<>]*|[a-z][a-z0-9+.-]*:[^<>]*)>/g, (_, inside: string) => {
    const bar = inside.indexOf("|");
    const [target, label] = bar === -1 ? [inside] : [inside.slice(0, bar), inside.slice(bar + 1)];
    if (target.startsWith("@")) return `@${label ?? names.get(target.slice(1)) ?? target.slice(1)}`;
    if (target.startsWith("#")) return `#${label ?? target.slice(1)}`;
    if (target.startsWith("!")) return label ?? `@${target.slice(1).split("^")[0]}`;
    return typedIn(target, label) ?? `${label} (${target})`;
  });
  return withoutTurns(unescapeText(named)).trim();
}
