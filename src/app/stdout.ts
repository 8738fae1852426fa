import { say } from "../cards/say.ts";
import type { Language } from "../time/wording.ts";

/** Control characters would let a text that somebody recorded move the cursor or recolour the terminal; line ends and tabs stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Shows a text for people, on standard output. */
export function writeOut(text: string): void {
  process.stdout.write(text.replaceAll(CONTROLS, "\ufffd"));
}

/** Shows a text for people, on standard error. */
export function writeError(text: string): void {
  process.stderr.write(text.replaceAll(CONTROLS, "\ufffd"));
}

/** The language of what is said where an answer cannot be written; English until it is known. */
let spoken: Language = "en";

export function speak(language: Language): void {
  spoken = language;
}

/**
 * A reader such as head may close the pipe early: that is its right, and the end of the program. Any other reason for which an answer cannot be
 * written, such as a full disk, is told on standard error and ends it with status 1; what was recorded before stays recorded.
 */
export function tolerateClosedPipe(): void {
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE") process.exit(0);
    const full = code === "ENOSPC" || code === "EDQUOT";
    writeError(`${full ? say(spoken, "stdout.full") : say(spoken, "stdout.refused", { detail: code ?? message })}\n`);
    process.exit(1);
  });
  // Where reasons cannot be told there is nobody to tell of it: the exit status says that there was one.
  process.stderr.on("error", () => undefined);
}
