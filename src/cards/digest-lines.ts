import type { RecordedEvent } from "../matter/events.ts";
import { dayOf } from "../matter/facts.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import type { Text } from "../ports/card.ts";
import { addDays } from "../time/day.ts";
import { type Language, wordShortDay } from "../time/wording.ts";
import { canComply } from "./act-line.ts";
import type { DigestLine } from "./contents.ts";
import { eventText } from "./event-words.ts";
import { missingList, whatText } from "./findings.ts";
import { assigneeSpan, assumptionText } from "./matter-card.ts";
import { whenText } from "./moments.ts";
import { countText, itemFacts, perShort, rateText } from "./penalty-words.ts";
import { capitalise, say } from "./say.ts";

/** What is to be done now: until when, what, what it costs, who has it. */
export function actNowLine(language: Language, line: DigestLine): Text {
  const { standing, item } = line;
  if (item === null) return named(language, line, [say(language, "digest.payment-late", { day: line.next?.day ?? null })]);
  const sentences = [deadlineText(language, standing, item)];
  if (canComply(standing)) sentences.push(say(language, item.state === "curing" ? "digest.comply-by-then" : "digest.comply-today"));
  const rate = ratePart(language, standing, item);
  if (rate !== null) sentences.push(capitalise(rate));
  const rests = item.assumptions.filter(({ code }) => item.state === "curing" || !code.startsWith("end-day"));
  for (const finding of rests) sentences.push(say(language, "card.assumed", { text: assumptionText(language, item, finding) }));
  return withAssignee(language, standing, named(language, line, sentences));
}

function deadlineText(language: Language, standing: Standing, item: ItemStanding): string {
  if (item.expiry === null) return say(language, `state.${item.state}`);
  const when = whenText(language, { day: item.expiry, time: item.expiryTime, zone: standing.zone }, { short: true });
  return say(language, item.state === "curing" ? "digest.time-ends" : "digest.time-ended", { when });
}

function ratePart(language: Language, standing: Standing, item: ItemStanding): string | null {
  if (item.rate === null) return null;
  const penalty = itemFacts(standing, item)?.penalty ?? null;
  const rate = rateText(language, penalty, item.rate.amount) ?? say(language, "money.unknown");
  const first = item.firstPenaltyDay ?? (item.expiry === null ? null : addDays(item.expiry, 1));
  const args = { rate, per: perShort(language, item.rate.per), day: first === null ? null : wordShortDay(language, first) };
  return say(language, item.state === "curing" ? "digest.then-rate" : "digest.rate-runs", args);
}

/** Why nothing can be counted, and the earliest day on which the time can end. */
export function cannotCountLine(language: Language, line: DigestLine): Text {
  const { standing, item } = line;
  const parts: string[] = [];
  if (item !== null && item.missing.length > 0) {
    parts.push(say(language, "digest.missing", { missing: missingList(language, item.missing), n: item.missing.length }));
  }
  if (item !== null && item.missing.length === 0 && item.units === null && item.rate !== null) {
    parts.push(say(language, "money.withheld", { day: dayOf(standing.facts.knownThrough) }));
  }
  if (item !== null && item.units !== null && item.theoretical === null && item.rate !== null) {
    parts.push(
      say(language, "money.counted", { sum: say(language, "money.unknown"), count: countText(language, item.rate.per, item.units) }),
    );
  }
  if (item !== null && item.earliestExpiry !== null) {
    parts.push(say(language, "digest.earliest", { day: wordShortDay(language, item.earliestExpiry) }));
  }
  if (parts.length === 0) parts.push(say(language, `state.${item?.state ?? standing.state}`));
  return withAssignee(
    language,
    standing,
    named(language, line, [parts.reduce((one, other) => say(language, "digest.both", { one, other }))]),
  );
}

/** What falls due within the days ahead. */
export function upcomingLine(language: Language, line: DigestLine): Text {
  const { standing, item, next } = line;
  const what =
    next === null
      ? say(language, "list.nothing-next")
      : say(language, "digest.next", { what: whatText(language, next.what), day: wordShortDay(language, next.day) });
  const rate = item === null || item.state !== "curing" ? null : ratePart(language, standing, item);
  return withAssignee(language, standing, named(language, line, rate === null ? [what] : [what, capitalise(rate)]));
}

/** What was recorded since the digest before. */
export function changedLine(language: Language, standing: Standing, recorded: RecordedEvent): Text {
  const text = say(language, "utterance.event", {
    day: wordShortDay(language, recorded.event.on),
    text: eventText(language, recorded.event, standing),
  });
  return [say(language, "digest.line", { respondent: standing.facts.respondent, ref: standing.facts.ref, text })];
}

function named(language: Language, { standing, item }: DigestLine, sentences: readonly string[]): Text {
  const { respondent, ref } = standing.facts;
  const text = sentences.reduce((one, next) => `${one}${one.endsWith(".") ? "" : "."} ${next}`);
  const several = item !== null && standing.items.length > 1;
  return [say(language, "digest.line", { respondent, ref: several ? `${ref} (${item.id})` : ref, text })];
}

function withAssignee(language: Language, standing: Standing, line: Text): Text {
  return standing.assignedTo === null ? line : [...line, endsSentence(line) ? " " : ". ", assigneeSpan(language, standing, undefined)];
}

function endsSentence(line: Text): boolean {
  const last = line.at(-1);
  return typeof last === "string" && last.endsWith(".");
}
