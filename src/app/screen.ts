import { clearLine, createInterface, cursorTo } from "node:readline";

const PROMPT = "matter> ";

/** A terminal at which lines are typed while posts come by themselves. */
export interface Screen {
  /** Shows a text. Where somebody is being asked, it stands above the prompt, and what was typed so far follows it again. */
  show(text: string): void;
  /** Shows the prompt: the next line is awaited. */
  ask(): void;
  lines(): AsyncIterator<string, unknown>;
  close(): void;
}

/** `output` is null where nobody sits in front of it: then there is no prompt. `write` shows a text for people. */
export function openScreen(
  input: NodeJS.ReadableStream,
  { output, write }: { readonly output: NodeJS.WritableStream | null; readonly write: (text: string) => void },
): Screen {
  const lines = createInterface(output === null ? { input } : { input, output, prompt: PROMPT, terminal: true });
  let isAsking = false;
  const answered = () => {
    isAsking = false;
  };
  lines.on("line", answered).on("close", answered);
  return {
    show(text) {
      const asked = isAsking ? output : null;
      if (asked !== null) {
        cursorTo(asked, 0);
        clearLine(asked, 0);
      }
      write(`${text}\n\n`);
      if (asked !== null) lines.prompt(true);
    },
    ask() {
      if (output === null) return;
      isAsking = true;
      lines.prompt();
    },
    lines: () => lines[Symbol.asyncIterator](),
    close: () => lines.close(),
  };
}
