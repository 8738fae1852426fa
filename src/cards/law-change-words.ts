import { type Language, wordDay } from "../time/wording.ts";
import { authorityNamed } from "./authority-name.ts";
import { calendarText } from "./calendar-words.ts";
import type { LawChange } from "./contents.ts";
import { movedText } from "./moved-words.ts";
import { type SaidArg, say } from "./say.ts";

/** What was said under other rules, what is right now, and what has changed. */
export function lawChangeLines(language: Language, { saidOn, through, was, is, clock, changed }: LawChange): readonly string[] {
  const none = say(language, "utterance.law-none");
  const day = (of: string | null) => (of === null ? none : wordDay(language, of as LawChange["saidOn"]));
  const or = (value: SaidArg | null) => value ?? none;
  const lines = [say(language, "utterance.law-head", { day: saidOn })];
  if (was.expiry !== is.expiry) lines.push(say(language, "utterance.law-expiry", { was: day(was.expiry), now: day(is.expiry) }));
  if (was.units !== is.units) lines.push(say(language, "utterance.law-units", { day: through, was: or(was.units), now: or(is.units) }));
  if (was.sum?.minor !== is.sum?.minor) lines.push(say(language, "utterance.law-sum", { day: through, was: or(was.sum), now: or(is.sum) }));
  if (clock !== undefined) lines.push(movedText(language, clock, false));
  const parts = changed.map((part) => partText(language, part));
  lines.push(
    parts.length === 0 ? say(language, "utterance.law-why-unknown") : say(language, "utterance.law-why", { changed: parts.join(", ") }),
  );
  return lines;
}

function partText(language: Language, part: string): string {
  const [kind, id = ""] = [part.slice(0, part.indexOf(":")), part.slice(part.indexOf(":") + 1)];
  if (kind === "calendar") return say(language, "law-part.calendar", { name: calendarText(language, id) });
  return kind === "rule"
    ? say(language, "law-part.rule", { id })
    : say(language, "law-part.authority", { name: authorityNamed(language, id) });
}
