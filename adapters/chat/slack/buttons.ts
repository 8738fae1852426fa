import { pressedOn } from "../shared/asked-drafts.ts";
import { sayWords, showAnswer } from "./answer.ts";
import { type Asker, askingOf, type Body, type Room } from "./asker.ts";
import { askedOf } from "./drafts.ts";
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
    await answerPress(room, asker, readValue(action.value ?? ""));
    if (view?.type === "home") await publishHome(room, asker, pageIn(view.private_metadata));
    return;
  }
  if (id.startsWith(TURN)) return publishHome(room, asker, pageIn(JSON.stringify({ page: Number(action.value) })));
  if (id === ANEW) return beginAnew(room, asker);
  if (view?.callback_id === FORM_CALLBACK) return keepEntered(room, asker, view);
  // A button that is only a link tells that it was pressed as well.
  if (action.url === undefined) await sayWords(room, asker, (words) => words.otherVersion(room.command));
}

/** Runs what a button carries, of a question that a form was asked about too, and shows the answer. */
async function answerPress(room: Room, asker: Asker, text: string): Promise<void> {
  const asking = await askingOf(room, asker, [text]);
  await showAnswer(room, asker, await pressedOn(askedOf(room, asker), text, room.host.log, () => room.host.onCommand({ ...asking, text })));
}
