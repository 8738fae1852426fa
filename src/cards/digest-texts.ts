import type { Text } from "../ports/card.ts";
import { breathe } from "../time/clock.ts";
import type { Language } from "../time/wording.ts";
import type { DigestContents } from "./contents.ts";
import { actNowLine, cannotCountLine, changedLine, snoozedLine, undeliveredLine, upcomingLine } from "./digest-lines.ts";

/** The sections of a digest that are lines. */
type Lined = "actNow" | "cannotCount" | "upcoming" | "corrected" | "undelivered" | "later" | "snoozed";

/** Each line of a digest in words, section by section. */
export type DigestTexts = Readonly<Record<Lined, readonly Text[]>>;

const SECTIONS: readonly Lined[] = ["actNow", "cannotCount", "upcoming", "corrected", "undelivered", "later", "snoozed"];

/** So many lines are put in words in one go: some milliseconds. */
const AT_A_TIME = 100;

/** All at once. */
export function digestTexts(language: Language, digest: DigestContents): DigestTexts {
  const wording = wordingOf(language, digest);
  return textsOf((section) => wording[section].map((word) => word()));
}

/** The same while others go first: the lines of a register of a hundred thousand matters take seconds. */
export async function digestTextsUnhurried(language: Language, digest: DigestContents): Promise<DigestTexts> {
  const wording = wordingOf(language, digest);
  const made = new Map<Lined, Text[]>();
  let count = 0;
  for (const section of SECTIONS) {
    const texts: Text[] = [];
    for (const word of wording[section]) {
      texts.push(word());
      if (++count % AT_A_TIME === 0) await breathe();
    }
    made.set(section, texts);
  }
  return textsOf((section) => made.get(section)!);
}

function textsOf(of: (section: Lined) => readonly Text[]): DigestTexts {
  return Object.fromEntries(SECTIONS.map((section) => [section, of(section)])) as DigestTexts;
}

/** How each line is put in words, when it is asked. */
function wordingOf(language: Language, digest: DigestContents): Readonly<Record<Lined, readonly (() => Text)[]>> {
  const { actNow, cannotCount, upcoming, corrected, undelivered, later, snoozed, zone, until } = digest;
  return {
    actNow: actNow.map((line) => () => actNowLine(language, line, zone, until)),
    cannotCount: cannotCount.map((line) => () => cannotCountLine(language, line, zone)),
    upcoming: upcoming.map((line) => () => upcomingLine(language, line, zone)),
    corrected: corrected.map(
      ({ standing, event, was }) =>
        () =>
          changedLine(language, standing, event, was),
    ),
    undelivered: undelivered.map((one) => () => undeliveredLine(language, one)),
    later: later.map((line) => () => upcomingLine(language, line, zone)),
    snoozed: snoozed.map((line) => () => snoozedLine(language, line)),
  };
}
