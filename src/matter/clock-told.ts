import { PERIOD_KINDS, type PeriodKind } from "../law/authority.ts";
import { type Authority, ruleFor } from "../law/catalogue.ts";
import { type Finding, isRefusal } from "../law/finding.ts";
import { cure as standing } from "../law/rules/cure.ts";
import { ruleOf } from "../law/rules/index.ts";
import { type Limit, type Rule, rollForward, type Terms } from "../law/time-limit.ts";

/** The end of a clock, and what it rests on without being certain. */
export interface Told {
  readonly limit: Limit;
  readonly notes: readonly Finding[];
}

/**
 * The end of a clock beside the cure periods, by the rule that is named for it. Without one, and where the rule refuses, the earliest day on which it
 * can end is told, and that it is no more than that. Null where not even that can be told.
 */
export function tellClock(kind: string, rule: Rule | null, terms: Terms, authority: Authority): Told | null {
  const counted = rule?.limit(terms) ?? null;
  if (counted !== null && !isRefusal(counted)) return { limit: counted, notes: doubtsOf(counted) };
  const limit = earliest(terms, authority);
  if (limit === null) return null;
  const notes = counted === null ? [unnamed(kind, limit, terms, authority)] : [{ code: counted.refused, args: counted.args }, EARLIEST];
  return { limit, notes: [...notes, ...projectionOf(limit)] };
}

const EARLIEST: Finding = { code: "clock-earliest", args: {} };

/** What a rule says of a day that it has counted without being certain of it: its text was not read, or does not say what holds of such a day. */
const DOUBTS: ReadonlySet<string> = new Set(["calendar-projected", "month-end-unverified", "as-decided"]);

function doubtsOf({ steps }: Limit): readonly Finding[] {
  return steps.filter(({ code }) => DOUBTS.has(code)).map(({ code, args }) => ({ code, args }));
}

/** That the day rests on holidays which are not published yet, where it does. */
export function projectionOf({ steps }: Pick<Limit, "steps">): readonly Finding[] {
  const said = steps.find(({ code }) => code === "calendar-projected");
  return said === undefined ? [] : [{ code: said.code, args: said.args }];
}

/**
 * The earliest end while it is not known how an authority counts a period: its last day stands, and where the authority is known to count other
 * periods with their first day, so is this one.
 */
export function earliest(terms: Terms, { facts }: Authority): Limit | null {
  const known = PERIOD_KINDS.flatMap((kind) => ruleFor(facts, kind)?.rule ?? []);
  const inHours = terms.periods.some(({ hours }) => hours > 0);
  const start = inHours && terms.start.time === undefined ? { ...terms.start, time: "00:00" } : terms.start;
  const limits = [standing, ...new Set(known.map((id) => ruleOf(id)!))].flatMap((rule) => {
    const limit = rule.limit({ ...terms, start });
    return isRefusal(limit) ? [] : [limit];
  });
  return limits.reduce<Limit | null>((first, one) => (first === null || one.expiry < first.expiry ? one : first), null);
}

/** No rule is named: that of the authority where it was read, or what a roll would give. */
function unnamed(what: string, { expiry, ...limit }: Limit, terms: Terms, authority: Authority): Finding {
  const args = { what, authority: authority.names[0]! };
  const known = isPeriodKind(what) ? ruleFor(authority.facts, what) : null;
  const end = known === null ? null : ruleOf(known.rule)!.limit(terms);
  if (known !== null && end !== null && !isRefusal(end)) {
    const code = known.basis === "read" ? "clock-rule-unnamed" : "clock-rule-inferred";
    return { code, args: { ...args, rule: known.rule, day: end.expiry } };
  }
  const rolled = rollForward({ ...limit, expiry }, terms, standing);
  if (isRefusal(rolled) || rolled.expiry === expiry) return { code: "clock-rule-unread", args };
  return { code: "clock-rule-unread-rolled", args: { ...args, rolled: rolled.expiry } };
}

function isPeriodKind(what: string): what is PeriodKind {
  return PERIOD_KINDS.some((kind) => kind === what);
}
