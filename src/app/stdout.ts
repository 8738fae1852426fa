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

/** A reader such as head may close the pipe early: that is its right, and the end of the program. */
export function tolerateClosedPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}
