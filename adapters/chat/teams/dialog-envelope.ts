import type { IAdaptiveCard } from "@microsoft/teams.cards";
import { ADAPTIVE_CARD } from "./adaptive-card.ts";
import type { Reply } from "./bot-framework.ts";

/** What a dialog shows next: a card, or a sentence, with which it ends; null closes it. */
export type Dialog = { readonly title: string; readonly card: IAdaptiveCard; readonly isLarge?: boolean } | { readonly say: string } | null;

/** By what the dialog was opened: a button or a command of the compose box, or the settings of the app in a conversation. */
export type Opener = "task" | "config";

/** Of a title that is longer Teams shows the beginning. */
const TITLE = 64;

/** The dialog as the response to the invoke that asked for it. */
export function inEnvelope(opener: Opener, dialog: Dialog): Reply {
  const shown =
    dialog === null ? null : "say" in dialog ? { type: "message", value: dialog.say } : { type: "continue", value: infoOf(dialog) };
  if (shown === null) return { status: 200 };
  return { status: 200, body: opener === "task" ? { task: shown } : { responseType: "config", config: shown } };
}

function infoOf({ title, card, isLarge = false }: Extract<Dialog, { card: IAdaptiveCard }>): object {
  const short = title.length <= TITLE ? title : `${title.slice(0, TITLE - 1).toWellFormed()}…`;
  return { title: short, height: isLarge ? "large" : "medium", width: "medium", card: { contentType: ADAPTIVE_CARD, content: card } };
}
