import type { Arg, Refusal } from "../law/finding.ts";
import type { Card, Span, Text } from "../ports/card.ts";
import type { PersonRef } from "../ports/chat.ts";
import type { Language } from "../time/wording.ts";
import { refusalText } from "./findings.ts";
import { text } from "./matter-card.ts";
import { type Key, say } from "./say.ts";
import { placeSpan, textWith } from "./say-text.ts";

/** What names a place that was looked up, and not one that nobody knows. */
const OF_PLACES: ReadonlySet<string> = new Set(["place-absent", "escalate-cycle"]);

/** After a fault of ours, or begun by another process, it may have been done all the same: see run.ts. */
const DONE_ALL_THE_SAME: Readonly<Record<string, Key>> = {
  "internal-recorded": "refusal.title-recorded",
  "internal-in-doubt": "refusal.title-in-doubt",
  "delivered-twice": "refusal.title-delivered-twice",
};

/** Something was not done, and why. */
export function refusalCard(language: Language, refusal: Refusal): Card {
  const title = say(language, DONE_ALL_THE_SAME[refusal.refused] ?? "refusal.title");
  return { title, tone: "calm", blocks: [text(...refusedWords(language, refusal))] };
}

/** Why: the people who are named in it as people, and its place as a place. */
function refusedWords(language: Language, refusal: Refusal): Text {
  const { refused, args, people } = refusal;
  const { place } = args;
  if (OF_PLACES.has(refused) && typeof place === "string")
    return textWith((marks) => refusalText(language, { refused, args: { ...args, ...marks } }), { place: placeSpan(place) });
  if (people === undefined) return [refusalText(language, refusal)];
  const named = Object.entries(people).map(([name, person]): [string, Span] => [name, { person: person as PersonRef, name }]);
  return textWith((marks) => {
    const marked = (arg: Arg): Arg => (Array.isArray(arg) ? arg.map((name) => (Object.hasOwn(marks, name) ? marks[name]! : name)) : arg);
    return refusalText(language, { refused, args: Object.fromEntries(Object.entries(args).map(([key, arg]) => [key, marked(arg)])) });
  }, Object.fromEntries(named));
}
