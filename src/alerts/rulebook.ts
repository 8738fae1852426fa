import { createHash } from "node:crypto";
import { calendarOf, calendarVersions } from "../law/calendar.ts";
import { AUTHORITIES } from "../law/catalogue.ts";
import { RULES } from "../law/rules/index.ts";

/** What a rulebook is made of, each part by its name (rule:fr-civil, calendar:FR, authority:CNIL) with a digest of its text. */
export type RulebookParts = Readonly<Record<string, string>>;

let parts: RulebookParts | null = null;
let known: string | null = null;

/** The digest of every rule, calendar and authority by which everything is computed. */
export function rulebookParts(): RulebookParts {
  const made: RulebookParts =
    parts ??
    Object.fromEntries([
      ...RULES.map(({ id, citation, source, rolls, mended, versions }) => [
        `rule:${id}`,
        digestOf([citation, source, rolls, ...(mended === undefined ? [] : [mended]), ...versions.map(({ from, until }) => [from, until])]),
      ]),
      ...calendarVersions().map(([id, ...table]) => [`calendar:${id}`, digestOf([calendarOf(id)!.coversFrom, ...table])]),
      ...AUTHORITIES.map((authority) => [`authority:${authority.code}`, digestOf(authority)]),
    ]);
  parts = made;
  return made;
}

/** Names the rules, calendars and authorities by which everything is computed: another text means that figures may differ. 12 hex digits. */
export function rulebook(): string {
  known ??= digestOf(rulebookParts());
  return known;
}

function digestOf(text: unknown): string {
  return createHash("sha256").update(JSON.stringify(text)).digest("hex").slice(0, 12);
}
