import { type Attempt, type Claiming, claimingsOf, type Evidence } from "./evidence.ts";

/** In either language, as src/cards/words has it. */
const MARK = /may be a repeat|peut-être une répétition/;

/**
 * What was shown again although it was known, or could have been asked, that it was shown already; and what was shown without a claim, of
 * which nobody could know after a crash.
 */
export function duplicates(evidence: Evidence): readonly string[] {
  const found: string[] = [];
  const shownBefore = new Map<string, Attempt>();
  for (const attempt of evidence.attempts.filter(({ shown }) => shown)) {
    const claimings = claimingsOf(attempt, evidence);
    if (claimings.length === 0) found.push(`${attempt.once}: shown in ${attempt.place} without a claim`);
    for (const { key } of claimings) {
      const part = `${key} ${attempt.part}`;
      const before = shownBefore.get(part);
      shownBefore.set(part, attempt);
      if (before !== undefined && !isExcused(before, attempt, evidence))
        found.push(`${key}: shown at ${before.at} and again at ${attempt.at}`);
    }
  }
  return found;
}

/** Nobody could know what came of the first: the answer was unknown, or the process ended before it was written down; and nobody could be asked. */
function isExcused(first: Attempt, second: Attempt, evidence: Evidence): boolean {
  const settled = claimingsOf(first, evidence).map((claiming) => claiming.settled);
  const isLost = (since: number) => settled.every((end) => end === null || (end.outcome.kind === "unknown" && end.moment >= since));
  const died =
    evidence.deaths.some((death) => death >= first.moment && isLost(death)) ||
    evidence.troubles?.some(({ from, to }) => to >= first.moment && isLost(Math.max(from, first.moment))) === true;
  if (first.answered !== "unknown" && !died) return false;
  if (!evidence.canTell(second.place)) return true;
  return evidence.asks.some(
    ({ once, answer, moment }) => once === first.once && answer === "cannot-tell" && moment >= first.moment && moment <= second.moment,
  );
}

/** What may be a repeat and does not say so, and what says so and cannot be one. */
export function unmarked(evidence: Evidence): readonly string[] {
  return evidence.attempts
    .filter(({ part }) => part === 0)
    .flatMap((attempt) => {
      const claimings = claimingsOf(attempt, evidence);
      if (claimings.length === 0) return [];
      const mayRepeat = claimings.some((claiming) => isOpenQuestion(claiming, attempt, evidence));
      const says = MARK.test(attempt.text);
      if (mayRepeat === says) return [];
      const name = claimings[0]!.key;
      return [
        says
          ? `${name}: says at ${attempt.at} that it may be a repeat, and cannot be one`
          : `${name}: a repeat at ${attempt.at} that does not say so`,
      ];
    });
}

/** Whether an earlier claim of the same key may have been shown, and nobody has said since it was over that it was not. */
function isOpenQuestion(claiming: Claiming, { moment: now }: Attempt, { claimings, asks }: Evidence): boolean {
  const own = claimings.filter(({ key }) => key === claiming.key);
  return own.slice(0, own.indexOf(claiming)).some(({ message, settled, moment }) => {
    if (settled !== null && settled.outcome.kind !== "unknown") return false;
    const over = settled?.moment ?? moment;
    return !asks.some((ask) => ask.once === message && ask.answer === "not-shown" && ask.moment >= over && ask.moment <= now);
  });
}
