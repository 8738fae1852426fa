import { parsePeriod } from "../law/period.ts";
import type { Language } from "../time/wording.ts";
import { say } from "./say.ts";

const SHAPE = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/;

/** P2M as 2 months, P1M15D as 1 month 15 days; a text that is no period as it stands. */
export function periodText(language: Language, text: string): string {
  const period = parsePeriod(text);
  if (period === null) return text;
  if (period.hours > 0) return say(language, "length.hours", { n: period.hours });
  if (period.businessDays > 0) return say(language, "length.business-days", { n: period.businessDays });
  const parts = SHAPE.exec(text)?.slice(1).map(Number) ?? [];
  const keys = ["length.years", "length.months", "length.weeks", "length.days"] as const;
  return keys.flatMap((key, index) => (parts[index]! > 0 ? [say(language, key, { n: parts[index]! })] : [])).join(" ");
}
