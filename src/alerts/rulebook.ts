import { createHash } from "node:crypto";
import { calendarVersions } from "../law/calendar.ts";
import { AUTHORITIES } from "../law/catalogue.ts";
import { RULES } from "../law/rules/index.ts";

let known: string | null = null;

/** Names the rules, calendars and authorities by which everything is computed: another text means that figures may differ. 12 hex digits. */
export function rulebook(): string {
  known ??= createHash("sha256")
    .update(
      JSON.stringify([RULES.map(({ id, citation, source, rolls }) => [id, citation, source, rolls]), calendarVersions(), AUTHORITIES]),
    )
    .digest("hex")
    .slice(0, 12);
  return known;
}
