import type { AdapterState, Answer, ChatHost } from "../../../src/ports/chat.ts";
import type { Asking } from "../../../src/ports/form.ts";
import { pressedOn as pressed } from "../shared/asked-drafts.ts";
import type { Drawer } from "../shared/drafts.ts";

/** Where what the person entered in that conversation and what came to nothing lies: another one may belong to another desk. */
export function drawerOf(state: AdapterState, { person, place }: Pick<Asking, "person" | "place">): Drawer {
  return { state, of: `draft/${person}/${place}` };
}

/** Where it is noted which questions the person was asked of a form. */
export function askedOf(state: AdapterState, { person }: Pick<Asking, "person">): Drawer {
  return { state, of: `asked/${person}` };
}

/** Runs the command of a button, of a question that a form was asked about too. */
export function pressedOn(
  { state, log, onCommand }: Pick<ChatHost, "onCommand" | "state" | "log">,
  asking: Asking,
  command: string,
): Promise<Answer> {
  return pressed(askedOf(state, asking), command, log, () => onCommand({ ...asking, text: command }));
}
