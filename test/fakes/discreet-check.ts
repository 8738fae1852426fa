/**
 * What is wrong with what a message says of itself in notifications, beside the lines that stand in it: either all of it begins with the message's
 * title, which a screen reader reads, or it names nothing of it: no line, and nothing with a digit, such as a reference, a day or a sum.
 */
export function leakIn(announced: string, lines: readonly string[]): string | undefined {
  const said = bare(announced);
  const shown = lines.map(bare).filter((line) => line !== "");
  const [title] = shown;
  if (title === undefined || said === "" || said.includes(title.slice(0, 100))) return undefined;
  // A card without a title may begin with a person, whom a message calls otherwise than its announcement does.
  if (lines.every((line) => line.includes("@") || said.includes(bare(line)))) return undefined;
  const line = shown.find((one) => one.length >= 4 && said.includes(one));
  if (line !== undefined) return `the announcement leaves out the title and gives away ${line}`;
  const named = announced.split(/\s+/).find((word) => /\d/.test(word) && shown.some((one) => one.includes(bare(word))));
  return named === undefined ? undefined : `the announcement leaves out the title and gives away ${named}`;
}

/** Letters and digits alone: markup differs. */
function bare(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, "").toLowerCase();
}
