import type { types } from "@slack/bolt";
import type { Action, Block } from "../../../src/ports/card.ts";
import { plainSpans } from "../shared/plain.ts";
import { cutText } from "../shared/text.ts";
import { CONFIRM_BUTTON_CHARACTERS, CONFIRM_CHARACTERS, SLACK_LIMITS } from "./blocks-limits.ts";
import { plain } from "./blocks-rich.ts";
import { escapeText, writeValue } from "./text.ts";

/** A button whose escaped words would be too long is written out, and a long confirmation stands above the button instead of in its dialog. */
export function withRoomForActions(block: Block): readonly Block[] {
  if (block.kind !== "actions") return [block];
  const writtenOut = block.actions.flatMap((action): readonly Block[] => {
    if (!isButton(action)) return [{ kind: "text", text: [{ bold: action.label }, ` ${action.command}`] }];
    return action.confirm === undefined || isDialog(action.confirm) ? [] : [{ kind: "note", text: [action.confirm] }];
  });
  return [...writtenOut, { kind: "actions", actions: block.actions.filter(isButton) }];
}

/** The buttons in one block; none where there are none. */
export function actionsOf(actions: readonly Action[]): types.KnownBlock[] {
  return actions.length === 0 ? [] : [{ type: "actions", elements: actions.map(button) }];
}

function isButton(action: Action): boolean {
  const { labelCharacters, commandCharacters } = SLACK_LIMITS;
  return (
    action.label !== "" &&
    escapeText(action.label).length <= labelCharacters &&
    action.command !== "" &&
    writeValue(action.command).length <= commandCharacters
  );
}

function isDialog(confirm: string): boolean {
  return escapeText(confirm).length <= CONFIRM_CHARACTERS;
}

function button(action: Action, index: number): types.Button {
  return {
    type: "button",
    action_id: `command/${index}`,
    text: plain(action.label),
    value: writeValue(action.command),
    ...(action.style === undefined ? {} : { style: action.style }),
    ...(action.confirm === undefined ? {} : { confirm: confirmation(action, action.confirm) }),
  };
}

/** Title 100, text 300, buttons 30 characters; what is longer stands elsewhere: a question in the message, a label in the dialog's title. */
function confirmation({ label, decline = "Cancel" }: Action, confirm: string): types.ConfirmationDialog {
  return {
    title: plain(label),
    text: plain(isDialog(confirm) ? confirm : label),
    confirm: plain(onButton(label)),
    deny: plain(onButton(decline)),
  };
}

/** As many of its words as a button of the dialog holds, escaped. */
function onButton(label: string): string {
  if (escapeText(label).length <= CONFIRM_BUTTON_CHARACTERS) return label;
  let [length, left] = [0, CONFIRM_BUTTON_CHARACTERS - CUT.length];
  for (const character of label) {
    left -= escapeText(character).length;
    if (left < 0) break;
    length += character.length;
  }
  return plainSpans(cutText([label], length)[0] ?? []).trimEnd() + CUT;
}

const CUT = "…";
