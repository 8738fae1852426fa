import type { DigestContents, DigestLine } from "../cards/contents.ts";
import type { RunningTotal, Settled } from "../cards/totals.ts";
import { writeAmount } from "../law/money.ts";
import type { Language } from "../time/wording.ts";
import { eventJson, findingJson } from "./json.ts";

/** What `digest --json` and a digest line of `simulate` print (docs/contract.md). */
export function digestJson(digest: DigestContents, language: Language) {
  const { form, day, through, before, watched, drafts, unwatched, emptyWatches, undelivered, head } = digest;
  return {
    form,
    day,
    through,
    before,
    watched,
    drafts,
    unwatched,
    actNow: digest.actNow.map((line) => lineJson(line, language)),
    cannotCount: digest.cannotCount.map((line) => lineJson(line, language)),
    running: digest.running.map(({ currency, matters, change, changeMax, perDay, perDayMax, next, joined, byRegime, ...total }) => ({
      currency,
      matters,
      through: total.through.first,
      ...ranged(total),
      change: writeAmount(change),
      ...(changeMax == null ? {} : { changeMax: writeAmount(changeMax) }),
      perDay: writeAmount(perDay),
      ...(perDayMax == null ? {} : { perDayMax: writeAmount(perDayMax) }),
      next: next === null ? null : { day: next.day, amount: writeAmount(next.sum) },
      joined: writeAmount(joined.theoretical),
      ...(joined.theoreticalMax == null ? {} : { joinedMax: writeAmount(joined.theoreticalMax) }),
      ...settled(total),
      byRegime: byRegime.map((part) => ({ regime: part.regime, ...ranged(part), ...settled(part) })),
    })),
    stopped: digest.stopped.map(({ matters, ranTo, ranToMax, ...portion }) => ({
      currency: portion.theoretical.currency,
      matters,
      ...ranged(portion),
      ranTo: ranTo === null ? null : writeAmount(ranTo),
      ...(ranToMax == null ? {} : { ranToMax: writeAmount(ranToMax) }),
    })),
    stands: digest.stands.map(({ currency, matters, through, parts }) => ({
      currency,
      matters,
      through: through.first,
      parts: parts.map(({ regime, conditional, ifRefused, ...sums }) => ({
        regime,
        conditional,
        ...ranged(sums),
        ifRefused: ifRefused === null ? null : writeAmount(ifRefused),
        ...settled(sums),
      })),
    })),
    upcoming: digest.upcoming.map((line) => lineJson(line, language)),
    later: digest.later.map((line) => lineJson(line, language)),
    withinWeek: digest.withinWeek,
    withinMonth: digest.withinMonth,
    withinQuarter: digest.withinQuarter,
    snoozed: digest.snoozed.map((line) => lineJson(line, language)),
    emptyWatches,
    corrected: digest.corrected.map(({ standing, event, was }) => ({
      ref: standing.facts.ref,
      authority: standing.facts.authority,
      ...eventJson(event),
      ...(was === undefined ? {} : { was }),
    })),
    undelivered: undelivered.length,
    undeliveredList: undelivered,
    head,
  };
}

/** A sum, and the most that it may be where notifications are known within a window. */
function ranged({ theoretical, theoreticalMax }: Pick<RunningTotal, "theoretical" | "theoreticalMax">) {
  return { theoretical: writeAmount(theoretical), ...(theoreticalMax == null ? {} : { theoreticalMax: writeAmount(theoreticalMax) }) };
}

function settled({ open, openMax, fixed, paid }: Settled) {
  const most = openMax == null ? {} : { openMax: writeAmount(openMax) };
  return { open: writeAmount(open), ...most, fixed: writeAmount(fixed), paid: writeAmount(paid) };
}

function lineJson({ standing, item, next, due, acknowledged, snoozed }: DigestLine, language: Language) {
  const { facts } = standing;
  const about = { ref: facts.ref, authority: facts.authority, respondent: facts.respondent };
  const heeded = { ...(acknowledged === undefined ? {} : { acknowledged }), ...(snoozed === undefined ? {} : { snoozed }) };
  const fine = due == null || due.fine === null ? {} : { fine: due.fine };
  if (item === null) return { ...about, state: standing.state, next, ...fine, ...heeded };
  return {
    ...about,
    item: item.id,
    state: item.state,
    expiry: item.expiry,
    ...(item.state === "draft" ? { earliestExpiry: item.earliestExpiry, missing: item.missing } : {}),
    theoretical: item.theoretical === null ? null : { amount: writeAmount(item.theoretical), currency: item.theoretical.currency },
    next,
    ...heeded,
    warnings: item.warnings.map((warning) => findingJson(warning, language)),
  };
}
