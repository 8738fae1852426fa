import type { ActionArray, IExecuteAction, ISubmitAction } from "@microsoft/teams.cards";
import type { Action } from "../../../src/ports/card.ts";
import { paragraphs } from "./card-words.ts";

/** Where a card stands: in a conversation, or in a dialog, which knows Action.Submit alone. */
export type Surface = "message" | "dialog";

/** What opens a form. */
const FORM = /^\s*form\s/i;

export function actionsIn(actions: readonly Action[], surface: Surface): ActionArray {
  return actions.map((action) => {
    const { label, confirm } = action;
    const pressed = surface === "dialog" ? submit(action) : FORM.test(action.command) ? opening(action) : execute(action);
    if (confirm === undefined) return pressed;
    // Schema 1.5 has no question before an action: the button opens the question, and the one under it sends.
    return {
      type: "Action.ShowCard",
      title: label,
      ...styled(action),
      card: { type: "AdaptiveCard", body: paragraphs([confirm]), actions: [pressed] },
    };
  });
}

/** Action.Execute is answered in place; clients that do not know it send the same command with Action.Submit. */
function execute(action: Action): IExecuteAction {
  const { label: title, command } = action;
  return { type: "Action.Execute", title, verb: "command", data: { command }, ...styled(action), fallback: submit(action) };
}

function submit(action: Action): ISubmitAction {
  return { type: "Action.Submit", title: action.label, data: { command: action.command }, ...styled(action) };
}

/** The answer to Action.Execute cannot open a dialog. A client without dialogs sends the command, which is answered in words. */
function opening(action: Action): ISubmitAction {
  const { label: title, command } = action;
  return { type: "Action.Submit", title, data: { msteams: { type: "task/fetch" }, command }, ...styled(action) };
}

function styled({ style }: Action): Pick<IExecuteAction, "style"> {
  return style === undefined ? {} : { style: style === "primary" ? "positive" : "destructive" };
}
