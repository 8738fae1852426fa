import { skippedTime } from "../law/clock-change.ts";
import type { Zone } from "../time/instant.ts";
import type { Report } from "./check-penalty.ts";
import { type FiledMatter, momentOf, notificationOf } from "./facts.ts";

type Path = readonly (string | number)[];

/** Times of day from which hours run are times that the authority's clocks show. */
export function checkTimes(matter: FiledMatter, zone: Zone, report: Report): void {
  const check = (day: Parameters<typeof skippedTime>[1], time: string | undefined, path: Path) => {
    const fault = time === undefined ? null : skippedTime(zone, day, time);
    if (fault !== null) report(path, fault.refused, fault.args);
  };
  const told = notificationOf(matter as Parameters<typeof notificationOf>[0]);
  if (told !== null) check(told.from, told.time, ["notified"]);
  for (const [index, { cure, clocks = [] }] of (matter.items ?? []).entries()) {
    const starts = [
      ...(cure !== undefined && "period" in cure ? [[cure.from, ["cure", "from"]] as const] : []),
      ...clocks.map(({ from }, number) => [from, ["clocks", number, "from"]] as const),
    ];
    for (const [from, path] of starts) {
      if (typeof from !== "string" || !/^\d/.test(from)) continue;
      const { from: day, time } = momentOf(from);
      check(day, time, ["items", index, ...path]);
    }
  }
}
