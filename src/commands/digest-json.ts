import type { DigestContents, DigestLine } from "../cards/contents.ts";
import { writeAmount } from "../law/money.ts";
import type { Language } from "../time/wording.ts";
import { eventJson, findingJson } from "./json.ts";

/** What `digest --json` and a digest line of `simulate` print (docs/contract.md). */
export function digestJson(digest: DigestContents, language: Language) {
  const { day, through, watched, drafts, unwatched, undelivered, head } = digest;
  return {
    day,
    through,
    watched,
    drafts,
    unwatched,
    actNow: digest.actNow.map((line) => lineJson(line, language)),
    cannotCount: digest.cannotCount.map((line) => lineJson(line, language)),
    running: digest.running.map(({ currency, matters, theoretical, change, perDay }) => ({
      currency,
      matters,
      theoretical: writeAmount(theoretical),
      change: writeAmount(change),
      perDay: writeAmount(perDay),
    })),
    upcoming: digest.upcoming.map((line) => lineJson(line, language)),
    corrected: digest.corrected.map(({ standing, event }) => ({
      ref: standing.facts.ref,
      authority: standing.facts.authority,
      ...eventJson(event),
    })),
    undelivered,
    head,
  };
}

function lineJson({ standing, item, next }: DigestLine, language: Language) {
  const { facts } = standing;
  const about = { ref: facts.ref, authority: facts.authority, respondent: facts.respondent };
  if (item === null) return { ...about, state: standing.state, next };
  return {
    ...about,
    item: item.id,
    state: item.state,
    expiry: item.expiry,
    ...(item.state === "draft" ? { earliestExpiry: item.earliestExpiry, missing: item.missing } : {}),
    theoretical: item.theoretical === null ? null : { amount: writeAmount(item.theoretical), currency: item.theoretical.currency },
    next,
    warnings: item.warnings.map((warning) => findingJson(warning, language)),
  };
}
