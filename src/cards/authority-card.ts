import { type Ceiling, type Fact, PERIOD_KINDS, type PeriodFacts, type PeriodKind } from "../law/authority.ts";
import type { Authority } from "../law/catalogue.ts";
import { isRefusal } from "../law/finding.ts";
import { money, parseAmount } from "../law/money.ts";
import type { Block, Card, Text } from "../ports/card.ts";
import type { Review, Reviewed } from "../ports/reviews.ts";
import type { Language } from "../time/wording.ts";
import { calendarText } from "./calendar-words.ts";
import { note } from "./matter-card.ts";
import { periodText } from "./periods.ts";
import { reviewText } from "./review-words.ts";
import { isKey, type SaidArg, say } from "./say.ts";
import { sourceText } from "./source-words.ts";
import { factLabel } from "./typography.ts";

type Label = "authority.zone" | "authority.currency" | "authority.calendar" | "authority.regime" | "authority.ceiling" | "authority.law";

/** What is known of an authority: each fact with what it rests on, the kinds of period with how they are counted. */
export function authorityCard(language: Language, { code, names, facts, source }: Authority): Card {
  const { zone, currency, calendar, regime, ceiling, periods } = facts;
  const fact = (label: Label, value: string) => ({ label: factLabel(language, say(language, label)), value: [value] });
  const known = <T>(of: Fact<T>, text: string) => say(language, "authority.fact", { value: text, basis: basisText(language, of) });
  const regimeName = say(language, `regime-note.${regime.value}`);
  return {
    title: say(language, "authority.title", { code, name: names.filter((name) => name !== code).join(" · ") }),
    tone: "calm",
    blocks: [
      {
        kind: "facts",
        facts: [
          fact("authority.law", source),
          fact("authority.zone", known(zone, zone.value)),
          fact("authority.currency", known(currency, currency.value)),
          fact("authority.calendar", calendar === null ? say(language, "authority.no-calendar") : calendarText(language, calendar)),
          fact("authority.regime", regime.basis === "unverified" ? basisText(language, regime) : known(regime, regimeName)),
          fact(
            "authority.ceiling",
            ceiling.basis === "unverified"
              ? basisText(language, ceiling)
              : known(ceiling, ceilingText(language, ceiling.value, currency.value)),
          ),
        ],
      },
      {
        kind: "rows",
        heading: [{ bold: say(language, "authority.periods") }],
        rows: PERIOD_KINDS.map((kind) => periodRow(language, kind, periods[kind])),
      },
      note(say(language, "card.not-advice")),
    ],
  };
}

/** Every authority, a line each. */
export function authoritiesCard(language: Language, all: readonly Authority[]): Card {
  const rows = all.map(({ code, names }): readonly Text[] => [[{ bold: code }], [names.filter((name) => name !== code).join(" · ")]]);
  const blocks: Block[] = [{ kind: "rows", heading: [], rows }, note(say(language, "authority.more"))];
  return { title: say(language, "authority.all", { n: all.length }), tone: "calm", blocks };
}

/** What was entered: who has reviewed what, and when. */
export function reviewCard(
  language: Language,
  status: { readonly subject: Reviewed; readonly id: string; readonly review: Review | null; readonly outdated: boolean },
): Card {
  return { title: reviewText(language, status), tone: "calm", blocks: [note(say(language, "review.kept"))] };
}

function periodRow(language: Language, kind: PeriodKind, facts: PeriodFacts | undefined): readonly Text[] {
  const length = facts?.length;
  const rule = facts?.rule;
  const counted =
    rule === undefined
      ? say(language, "authority.rule-unknown")
      : say(language, rule.value === null ? "authority.rule-elsewhere" : "authority.rule", {
          rule: ruleText(language, rule.value),
          basis: basisText(language, rule),
        });
  return [
    [{ bold: say(language, `authority.period.${kind}`) }],
    [
      length === undefined
        ? say(language, "authority.length-open")
        : say(language, "authority.fact", { value: periodText(language, length.value), basis: basisText(language, length) }),
    ],
    [counted],
  ];
}

function ruleText(language: Language, rule: string | null): string {
  const key = `form.choice.rule.${rule}`;
  return rule === null ? "" : isKey(key) ? say(language, key) : rule;
}

function basisText<T>(language: Language, { basis, source }: Fact<T>): string {
  return say(language, `authority.basis-${basis}`, { source: source === null ? "" : sourceText(language, source.citation) });
}

function ceilingText(language: Language, ceiling: Ceiling | null, currency: string): string {
  if (ceiling === null) return say(language, "authority.ceiling-none");
  const { perDay, perDaySimplified, turnoverPercent, other } = ceiling;
  return [
    ...(perDay === undefined ? [] : [say(language, "authority.ceiling-day", { sum: sumOf(perDay, currency) })]),
    ...(perDaySimplified === undefined ? [] : [say(language, "authority.ceiling-simplified", { sum: sumOf(perDaySimplified, currency) })]),
    ...(turnoverPercent === undefined ? [] : [say(language, "authority.ceiling-turnover", { percent: turnoverPercent })]),
    ...(other === undefined ? [] : [say(language, "authority.ceiling-other")]),
  ].join("; ");
}

function sumOf(text: string, currency: string): SaidArg {
  const minor = parseAmount(text, currency);
  return isRefusal(minor) ? text : money(minor, currency);
}
