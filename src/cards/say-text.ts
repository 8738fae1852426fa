import type { Span, Text } from "../ports/card.ts";
import type { Place } from "../ports/chat.ts";
import type { Language } from "../time/wording.ts";
import { type Key, type SaidArgs, say } from "./say.ts";

type Spans = Readonly<Record<string, Span | Text>>;

/** A place as its reader's platform shows it. */
export function placeSpan(place: string): Span {
  return { place: place as Place };
}

/** The sentence with spans among its arguments, such as places, or texts that hold some: what stands around them is text. */
export function sayText(language: Language, key: Key, args: SaidArgs, spans: Spans): Text {
  return textWith((marks) => say(language, key, { ...args, ...marks }), spans);
}

/** The text that `made` makes where a mark is given to it for each of the spans, which then stand in the marks' places. */
export function textWith(made: (marks: Readonly<Record<string, string>>) => string, spans: Spans): Text {
  const names = Object.keys(spans);
  const open = unheldBy(made(Object.fromEntries(names.map((name) => [name, ""]))));
  const said = made(Object.fromEntries(names.map((name, index) => [name, `${open}${index}${CLOSE}`])));
  const parts = said.split(new RegExp(`${open}(\\d+)${CLOSE}`));
  return parts.flatMap((part, index): Span | Text => (index % 2 === 0 ? part : spans[names[Number(part)]!]!)).filter((span) => span !== "");
}

/** No characters (Unicode Standard, section 23.7), of no direction: a text that has them all the same is met with more of them in a row. */
const OPEN = "\uFFFE";
const CLOSE = "\uFFFF";

function unheldBy(text: string): string {
  let open = OPEN;
  while (text.includes(open)) open += OPEN;
  return open;
}
