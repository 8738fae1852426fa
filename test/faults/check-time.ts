import { type Attempt, claimingsOf, type Due, type Evidence } from "./evidence.ts";

/** What was due while its place could be reached, and was never shown. */
export function missing(evidence: Evidence): readonly string[] {
  const attempts = attemptsByKey(evidence);
  return evidence.dues
    .filter((due) => {
      const tried = (attempts.get(due.key) ?? []).filter(({ moment }) => due.until === null || moment < due.until);
      if (tried.some(({ shown }) => shown)) return false;
      if (endOf(due, evidence) - freeFrom(due, due.from, evidence) <= evidence.grace) return false;
      const last = tried.at(-1);
      return last === undefined || !isWaiting(last, due, evidence);
    })
    .map(({ key, from, until }) => `${key}: due from moment ${from} to ${until ?? "the end"} and never shown`);
}

/**
 * What was first tried later than a pass after it was due, what was tried again later than a pass after its wait was over, and what was said
 * when it was out of date already. A process that was down delays to the moment at which it is up again: dues begin where it runs.
 */
export function late(evidence: Evidence): readonly string[] {
  const attempts = attemptsByKey(evidence);
  return evidence.dues.flatMap((due) => {
    const all = attempts.get(due.key) ?? [];
    const found: string[] = [];
    const first = all[0];
    if (first !== undefined && first.moment > freeFrom(due, due.from, evidence) + evidence.grace) {
      found.push(`${due.key}: due from moment ${due.from}, first tried at ${first.moment}`);
    }
    const own = evidence.dues.filter(({ key }) => key === due.key);
    const stale = all.filter(({ moment }) => !own.some(({ from, until }) => moment >= from && (until === null || moment < until)));
    if (due === own[0]) found.push(...stale.map(({ at }) => `${due.key}: said at ${at}, when it was not due`));
    return [...found, ...lateRetries(due, all, evidence)];
  });
}

function lateRetries(due: Due, all: readonly Attempt[], evidence: Evidence): readonly string[] {
  const found: string[] = [];
  const within = all.filter(({ moment }) => moment >= due.from && moment < endOf(due, evidence));
  for (const [index, attempt] of within.entries()) {
    const waits = claimingsOf(attempt, evidence).find(({ key }) => key === due.key)?.settled?.outcome;
    if (waits === undefined || (waits.kind !== "later" && waits.kind !== "unknown")) continue;
    const again = freeFrom(due, Math.max(evidence.momentOf(waits.notBefore), attempt.moment), evidence) + evidence.grace;
    const next = within[index + 1]?.moment ?? endOf(due, evidence);
    const asked = evidence.asks.some(({ once, answer, moment }) => once === attempt.once && answer === "shown" && moment >= attempt.moment);
    if (next > again && !asked) found.push(`${due.key}: to be tried again from ${waits.notBefore}, and was not by moment ${next}`);
  }
  return found;
}

/** Whether nothing more could be done for it: refused for good, told to wait beyond its time, or only just tried. */
function isWaiting(last: Attempt, due: Due, evidence: Evidence): boolean {
  const settled = claimingsOf(last, evidence).find(({ key }) => key === due.key)?.settled;
  if (settled === null || settled === undefined) return evidence.end - last.moment <= evidence.grace;
  const { outcome } = settled;
  // Given up without a refusal for good, while it was due: nothing excuses that.
  if (outcome.kind === "never") return last.answered === "never";
  if (outcome.kind === "delivered") return false;
  return freeFrom(due, evidence.momentOf(outcome.notBefore), evidence) + evidence.grace >= endOf(due, evidence);
}

/** From when on its place may be posted to: a platform that answered "later" about anything there is left alone until then. */
function freeFrom({ place }: Due, moment: number, evidence: Evidence): number {
  let free = moment;
  for (const attempt of evidence.attempts) {
    if (attempt.place !== place || attempt.answered !== "later" || attempt.moment > free + evidence.grace) continue;
    const outcome = claimingsOf(attempt, evidence)[0]?.settled?.outcome;
    if (outcome === undefined || !("notBefore" in outcome)) continue;
    free = Math.max(free, evidence.momentOf(outcome.notBefore));
  }
  return free;
}

function endOf({ until }: Due, { end }: Evidence): number {
  return until ?? end;
}

function attemptsByKey(evidence: Evidence): ReadonlyMap<string, readonly Attempt[]> {
  const byKey = new Map<string, Attempt[]>();
  for (const attempt of evidence.attempts.filter(({ part }) => part === 0)) {
    for (const key of new Set(claimingsOf(attempt, evidence).map((claiming) => claiming.key))) {
      const list = byKey.get(key) ?? [];
      byKey.set(key, list);
      list.push(attempt);
    }
  }
  return byKey;
}
