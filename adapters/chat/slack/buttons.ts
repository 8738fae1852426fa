import { answerLine, sayWords } from "./answer.ts";
import type { Asker, Body, Room } from "./asker.ts";
import { publishHome } from "./home.ts";
import { pageIn, TURN } from "./home-pages.ts";
import { beginAnew, keepEntered } from "./modal-submission.ts";
import { ANEW, FORM_CALLBACK } from "./modal-view.ts";
import { readValue } from "./text.ts";

/** A button was pressed, or something was chosen in a form. */
export async function pressed(room: Room, asker: Asker, { actions, view }: Body): Promise<void> {
  const [action] = actions ?? [];
  const id = action?.action_id;
  if (action === undefined || typeof id !== "string") return;
  if (id.startsWith("command/")) {
    await answerLine(room, asker, readValue(action.value ?? ""));
    if (view?.type === "home") await publishHome(room, asker, pageIn(view.private_metadata));
    return;
  }
  if (id.startsWith(TURN)) return publishHome(room, asker, pageIn(JSON.stringify({ page: Number(action.value) })));
  if (id === ANEW) return beginAnew(room, asker);
  if (view?.callback_id === FORM_CALLBACK) return keepEntered(room, asker, view);
  // A button that is only a link tells that it was pressed as well.
  if (action.url === undefined) await sayWords(room, asker, (words) => words.otherVersion(room.command));
}
