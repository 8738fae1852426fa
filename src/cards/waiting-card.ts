import type { Action, Block, Card, Text } from "../ports/card.ts";
import type { Day } from "../time/day.ts";
import type { Instant, Zone } from "../time/instant.ts";
import { type Language, wordShortDay } from "../time/wording.ts";
import { actLine } from "./act-line.ts";
import { atName } from "./heed-words.ts";
import { aboutText, byUrgency, chunks, type HomeMatter, showAction } from "./home-matters.ts";
import { text, toneOf } from "./matter-card.ts";
import { say } from "./say.ts";

/** So many lines have their buttons under them. */
const GROUP = 5;

interface Wait {
  readonly row: readonly Text[];
  readonly action: Action;
}

/** What waits for the person: stages of which nobody has taken note, drafts that lack a fact, and what will soon be reminded of again. */
export function waitingCard(language: Language, mine: readonly HomeMatter[], zone: Zone, now: Instant): Card {
  const ordered = mine.toSorted(byUrgency);
  const waits: readonly Wait[] = [
    ...ordered.flatMap((matter) => askedWait(language, matter, zone, now)),
    ...ordered.flatMap((matter) => factWait(language, matter)),
    ...ordered.flatMap((matter) => snoozeWaits(language, matter)),
  ];
  const title = say(language, "home.waits", { n: waits.length });
  if (waits.length === 0) return { title, tone: "calm", blocks: [text(say(language, "home.waits-nothing"))] };
  const blocks = chunks(waits, GROUP).flatMap((group): readonly Block[] => [
    { kind: "rows", heading: [], rows: group.map(({ row }) => row) },
    { kind: "actions", actions: group.map(({ action }) => action) },
  ]);
  const asked = ordered.filter((matter) => matter.asked.length > 0);
  const tone = asked.map(({ standing, today }) => toneOf(standing, today)).find((one) => one === "overdue" || one === "urgent") ?? "soon";
  return { title, tone, blocks };
}

function askedWait(language: Language, { standing, today, asked }: HomeMatter, zone: Zone, now: Instant): readonly Wait[] {
  const items = standing.items.filter(({ id, state }) => asked.includes(id) && state !== "draft");
  if (items.length === 0) return [];
  const { key, facts } = standing;
  const lines = items.map((item): Text => {
    const act = actLine(language, standing, item, { today, now, readerZone: zone });
    return [items.length > 1 ? say(language, "event.for-item", { id: item.id, text: act }) : act];
  });
  const row = [[{ bold: aboutText(language, standing, items.length === 1 ? items[0]!.id : null) }], ...lines];
  const label = say(language, "button.acknowledge-one", { ref: facts.ref });
  return [{ row, action: { label, command: `ack ${key}`, style: "primary" } }];
}

/** A draft asks its owner for the fact that it lacks; the notification has a form of its own. */
function factWait(language: Language, { standing, today }: HomeMatter): readonly Wait[] {
  const drafts = standing.items.filter(({ state, missing }) => state === "draft" && missing.length > 0);
  return drafts.map((item): Wait => {
    const row = [[{ bold: aboutText(language, standing, item.id) }], [actLine(language, standing, item, { today })]];
    const { ref } = standing.facts;
    const notified = item.missing.includes("notified");
    const action = notified
      ? { label: say(language, "home.record-notification", { ref }), command: `form notified ${standing.key}` }
      : showAction(language, standing);
    return { row, action };
  });
}

function snoozeWaits(language: Language, { standing, snoozes }: HomeMatter): readonly Wait[] {
  return snoozes.map((snooze): Wait => {
    const row = [[{ bold: aboutText(language, standing, null) }], [snoozeEnds(language, snooze)]];
    return { row, action: showAction(language, standing) };
  });
}

/** Until when a place has put a matter off, and who did. */
function snoozeEnds(language: Language, { until, name }: { readonly until: Day; readonly name: string }): string {
  return say(language, "home.snooze-ends", { day: wordShortDay(language, until), name: atName(name) });
}
