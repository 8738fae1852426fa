/** Writes docs/authorities.md from the catalogue. `npm run authorities` */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AUTHORITY_FACTS } from "../src/law/authorities/index.ts";
import { type AuthorityFacts, type Ceiling, type Fact, PERIOD_KINDS, type PeriodFacts, type PeriodKind } from "../src/law/authority.ts";
import { ruleFor } from "../src/law/catalogue.ts";

const FILE = join(import.meta.dirname, "../docs/authorities.md");

const NAMES: Readonly<Record<PeriodKind, string>> = {
  order: "to comply with an order",
  notice: "to comply with a notice",
  observations: "observations",
  appeal: "appeal",
  objection: "objection",
  payment: "payment",
  "time-bar": "time-bar",
};

const HEAD = `# What is known of each authority

Made from \`src/law/authorities\` by \`npm run authorities\`; corrections go there. \`curewatch authority CODE\` shows the same.

- **read**: somebody read it in the text named. _Inferred_: no text says it in so many words; it is how a case was decided, or follows from a text about something near, and
  cards say so. **Unverified**: nobody has read it; it is never applied. Where the rule of an order is not known, the matter is a draft that asks for it, and speaks of the
  earlier day.
- A period whose counting was read but which the house cannot count yet says \`no rule here\`: name another rule, or the day itself, in the matter.
- Addresses are those of the official texts or of the page that was read. French codes, German federal laws (as of March 2022), Irish Acts, and the laws of Luxembourg, the
  Netherlands, Norway and Spain were read in public copies of the official collections.
- **Not reviewed by a lawyer**, none of it, as delivered. \`curewatch reviewed authority CNIL --by "Me X" --on DAY\` notes for your desk who has; from then on \`why\`, \`deadline\` and
  \`authority\` say so, and say too when the text has changed since. Rules of time likewise: \`curewatch reviewed rule fr-civil …\`.
- Nothing here is legal advice.
`;

/** The page as the catalogue has it now. */
export function freshAuthorities(): string {
  const complete = AUTHORITY_FACTS.filter(isComplete).map(({ code }) => code);
  const unruled = AUTHORITY_FACTS.filter(
    (facts) => isComplete(facts) && !PERIOD_KINDS.some((kind) => ruleFor(facts, kind)?.basis === "read"),
  );
  const summary = [
    `${AUTHORITY_FACTS.length} authorities. Zone, currency, money and ceiling of ${complete.length} were read in full: ${complete.join(", ")}.`,
    `Of ${complete.length - unruled.length} of these a rule that counts a kind of period was read too; not of ${unruled.map(({ code }) => code).join(", ")}.`,
  ].join(" ");
  return `${[HEAD, summary, "", ...AUTHORITY_FACTS.map(section)].join("\n").trimEnd()}\n`;
}

/** Zone, currency, money regime and ceiling were each read, and so was something of its periods. */
export function isComplete({ zone, currency, regime, ceiling, periods }: AuthorityFacts): boolean {
  return [zone, currency, regime, ceiling].every(({ basis }) => basis === "read") && Object.keys(periods).length > 0;
}

function section({ code, english, own, law, zone, currency, calendar, regime, ceiling, periods }: AuthorityFacts): string {
  const names = [english, ...own].join(" · ");
  const facts = [
    `- text: ${law}`,
    `- zone: ${shown(zone, zone.value)}`,
    `- currency: ${shown(currency, currency.value)}`,
    `- holidays: ${calendar === null ? "no table" : `\`${calendar}\``}`,
    `- money: ${shown(regime, `\`${regime.value}\``)}`,
    `- ceiling of a daily penalty: ${shown(ceiling, ceilingText(ceiling.value, currency.value))}`,
  ];
  const rows = PERIOD_KINDS.filter((kind) => periods[kind] !== undefined).map((kind) => periodLine(kind, periods[kind]!));
  const missing = PERIOD_KINDS.filter((kind) => periods[kind] === undefined).map((kind) => NAMES[kind]);
  const unknown = missing.length === 0 ? [] : [`- not known: ${missing.join(", ")}`];
  return `## ${code}\n\n${names}\n\n${[...facts, ...rows, ...unknown].join("\n")}\n`;
}

function periodLine(kind: PeriodKind, { length, rule, note }: PeriodFacts): string {
  const parts = [
    ...(length === undefined ? [] : [shown(length, `\`${length.value}\``)]),
    ...(rule === undefined ? [] : [shown(rule, rule.value === null ? "no rule here" : `counted by \`${rule.value}\``)]),
    ...(note === undefined ? [] : [note]),
  ];
  return `- ${NAMES[kind]}: ${parts.join("; ")}`;
}

function shown<T>({ basis, source }: Fact<T>, text: string): string {
  if (source === null) return "**unverified**";
  const cited = source.url === null ? source.citation : `[${source.citation}](${source.url})`;
  return `${text}, ${basis === "read" ? "read" : "_inferred_"}: ${cited}`;
}

function ceilingText(ceiling: Ceiling | null, currency: string): string {
  if (ceiling === null) return "the law names no figure";
  const { perDay, perDaySimplified, turnoverPercent, other } = ceiling;
  return [
    ...(perDay === undefined ? [] : [`${currency} ${perDay} a day`]),
    ...(perDaySimplified === undefined ? [] : [`${currency} ${perDaySimplified} a day in the simplified procedure`]),
    ...(turnoverPercent === undefined ? [] : [`${turnoverPercent} % of the average daily turnover, a day`]),
    ...(other === undefined ? [] : [`${other} (not checked)`]),
  ].join("; ");
}

/** The page as it is committed. */
export function committedAuthorities(): string {
  return readFileSync(FILE, "utf8");
}

if (process.argv[1] === import.meta.filename) writeFileSync(FILE, freshAuthorities());
