import type { Text } from "../ports/card.ts";
import { dayIn } from "../time/instant.ts";
import { type Language, wordDay } from "../time/wording.ts";
import type { Utterance } from "./contents.ts";
import { whatText } from "./findings.ts";
import { stageText, whoText } from "./heed-words.ts";
import { isPast, momentText, whenText } from "./moments.ts";
import { say } from "./say.ts";
import { placeSpan, sayText } from "./say-text.ts";

/** Why it is said, where the announcement does not tell that by itself. */
export function reasonLines(language: Language, utterance: Utterance): readonly Text[] {
  const { standing, escalated, lapsed } = utterance;
  const lines: Text[] = [];
  if (escalated !== undefined) {
    const when = momentText(language, standing.zone, escalated.toldAt);
    lines.push(
      sayText(
        language,
        escalated.isEarlier === true ? "utterance.escalated-earlier" : "utterance.escalated",
        { when },
        { place: placeSpan(escalated.from) },
      ),
    );
  }
  if (utterance.reason === "deadline-moved") lines.push(...movedLine(language, utterance).map((line) => [line]));
  if (lapsed !== undefined) {
    const day = wordDay(language, dayIn(standing.zone, lapsed.at));
    lines.push([
      say(language, "utterance.lapsed", { name: whoText(language, lapsed.name), stage: stageText(language, lapsed.stage), day }),
    ]);
  }
  return lines;
}

function movedLine(language: Language, utterance: Utterance): readonly string[] {
  const { deadline, item, standing } = utterance;
  if (deadline === null) return [];
  const time = item !== null && deadline.what === "expiry" ? item.expiryTime : null;
  const end = { day: deadline.day, time: deadline.time ?? time, zone: standing.zone };
  const when = whenText(language, end, { readerZone: utterance.readerZone });
  const ends = deadline.what === "expiry" && !isPast(end, utterance);
  return [say(language, ends ? "utterance.moved" : "utterance.moved-other", { when, what: whatText(language, deadline.what) })];
}
