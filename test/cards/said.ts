import { lastWorkingDay } from "../../src/cards/act-line.ts";
import type { Utterance } from "../../src/cards/contents.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import { matterOf } from "./kourou.ts";

/** A reminder of the Kourou matter, as of a day; for its respondent unless the facts say otherwise. */
export function reminderOn(on: string, facts: object = {}, over: Partial<Utterance> = {}, events: readonly object[] = []): Utterance {
  const today = day(on);
  const standing = standingNow(matterOf({ we: "respondent", ...facts }, events), today);
  const item = standing.items[0]!;
  const end = item.expiry ?? item.earliestExpiry;
  return {
    kind: "reminder",
    stage: 14,
    reason: "stage-reached",
    standing,
    item,
    deadline: end === null ? null : { day: end, what: item.expiry === null ? "earliest-expiry" : "expiry" },
    today,
    lastWorkingDay: end === null ? null : lastWorkingDay(standing, end),
    event: null,
    corrected: null,
    ...over,
  };
}
