import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { Answered } from "../commands/dispatcher.ts";
import { jsonText } from "../commands/json-text.ts";
import { writeError, writeOut } from "./stdout.ts";

/** Writes what a command answered: cards for people, or one JSON document; reasons on standard error. Returns the exit status. */
export function writeAnswer(answered: Answered, json: boolean): number {
  const { status, errors, written, cards } = answered;
  for (const error of errors) writeError(`${error}\n`);
  if (json && (!written || status !== 0)) process.stdout.write(`${jsonText(answered.json)}\n`);
  if (!json && !written && errors.length === 0) writeOut(`${cards.map(plainText).join("\n\n")}\n`);
  return status;
}
