import { describe, expect, test } from "vitest";
import { addDays } from "../../src/time/day.ts";
import { dayIn, momentOf } from "../../src/time/instant.ts";
import { fc, SEED } from "../support/seeded.ts";
import { freshLog, type Said, type Story, story, told, ZONE } from "./story.ts";

const RUNS = 250;

/** What a message is about, without the figures that differ with the day on which it is said. */
function nameOf({ contents, due }: Said): string {
  if ("watched" in contents) return `digest ${contents.day}`;
  const { kind, stage, deadline, event, standing, item } = contents;
  if (event !== null) return `${kind} ${event.id}`;
  return [kind, standing.key, item?.id, stage, deadline?.day ?? item?.expiry, due].join(" ");
}

function isStage({ contents }: Said): boolean {
  return !("watched" in contents) && STAGES.has(contents.kind) && contents.stage !== "missing-fact";
}

const STAGES: ReadonlySet<string> = new Set(["reminder", "overdue", "total", "cap-reached"]);

/** A draft asks again each week in the same words, so its askings have no names of their own. */
function isNamed({ contents }: Said): boolean {
  return "watched" in contents || contents.stage !== "missing-fact";
}

/** Each day at 09:00, and at the end. */
function everyDay({ matter, end }: Story) {
  const moments = [];
  for (let day = dayIn(ZONE, matter.registeredAt); day <= dayIn(ZONE, end); day = addDays(day, 1))
    moments.push(momentOf(ZONE, day, "09:00"));
  return [...moments.filter((moment) => moment < end), end];
}

describe(`the plan, whenever and however often it runs (seed ${SEED}; CUREWATCH_TEST_SEED repeats it)`, () => {
  test("says nothing twice, and its last word is that of a plan that ran each day", { timeout: 120_000 }, async () => {
    let spoken = 0;
    let lastWords = 0;
    await fc.assert(
      fc.asyncProperty(story, async (one) => {
        freshLog();
        const seldom = await told(one, one.ticks);
        const names = seldom.filter(isNamed).map(nameOf);
        expect(new Set(names).size, names.join("\n")).toBe(names.length);
        const again = await told(one, [one.end, one.end]);
        expect(again.map(nameOf)).toEqual([]);
        freshLog();
        const daily = await told(one, everyDay(one));
        const dailyNames = daily.filter(isNamed).map(nameOf);
        expect(new Set(dailyNames).size).toBe(dailyNames.length);
        spoken += seldom.length;
        const [last, dailyLast] = [seldom.filter(isStage).at(-1), daily.filter(isStage).at(-1)];
        if (last !== undefined && dailyLast !== undefined && isLive(dailyLast, daily, one)) {
          lastWords++;
          expect(nameOf(last)).toBe(nameOf(dailyLast));
        }
        const events = (said: readonly Said[]) => said.filter(isEvent).map(nameOf);
        expect(events(seldom).toSorted()).toEqual(events(daily).toSorted());
      }),
      { numRuns: RUNS },
    );
    expect(spoken).toBeGreaterThan(RUNS);
    expect(lastWords).toBeGreaterThan(RUNS / 10);
  });
});

/** The deadline of that word is still the one that runs when the story ends, as nothing has happened since: else silence is the right last word. */
function isLive(word: Said, daily: readonly Said[], { matter, end }: Story): boolean {
  const happened = matter.events.filter(({ recordedAt, event }) => recordedAt <= end && event.type !== "note").length;
  return daily.slice(0, daily.indexOf(word)).filter(isEvent).length === happened;
}

function isEvent({ contents }: Said): boolean {
  return !("watched" in contents) && contents.event !== null;
}
