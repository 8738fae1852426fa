import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { openScreen } from "../../src/app/screen.ts";

/** What moves the cursor. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it begins with one
const CURSOR = /\u001b\[\d*[A-Z]/g;

/** A terminal that keeps what was written to it. */
function terminalOf() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
  });
  return { input, output, shown: () => shown };
}

test("a post that comes by itself stands on a line of its own, and the prompt with what was typed follows it", async () => {
  const { input, output, shown } = terminalOf();
  const screen = openScreen(input, { output, write: (text) => void output.write(text) });
  const typed = screen.lines();
  screen.ask();
  input.write("sho");
  await new Promise((resolve) => setImmediate(resolve));
  const before = shown().length;
  screen.show("A reminder");
  const after = shown().slice(before).replace(CURSOR, "");
  expect(after).toMatch(/^\r?\r?A reminder\n\n\r?matter> sho/);
  input.write("w A-1\n");
  expect(await typed.next()).toEqual({ done: false, value: "show A-1" });
  const answering = shown().length;
  screen.show("The answer");
  expect(shown().slice(answering)).toBe("The answer\n\n");
  screen.close();
});

test("a post that comes after the end of the input is shown, and nothing is asked any more", async () => {
  const { input, output, shown } = terminalOf();
  const screen = openScreen(input, { output, write: (text) => void output.write(text) });
  const typed = screen.lines();
  screen.ask();
  input.end();
  expect(await typed.next()).toMatchObject({ done: true });
  const before = shown().length;
  screen.show("A reminder");
  expect(shown().slice(before)).toBe("A reminder\n\n");
});

test("where nothing is asked for, a text is shown as it is", () => {
  const { input, output, shown } = terminalOf();
  const screen = openScreen(input, { output: null, write: (text) => void output.write(text) });
  screen.ask();
  screen.show("A reminder");
  expect(shown()).toBe("A reminder\n\n");
  screen.close();
});
