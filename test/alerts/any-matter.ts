import { authorityOf } from "../../src/law/catalogue.ts";
import { checkMatter } from "../../src/matter/check.ts";
import { decideEvent, withEvents } from "../../src/matter/decide.ts";
import { EVENTS, type MatterEvent } from "../../src/matter/events.ts";
import { matterSchema } from "../../src/matter/facts.ts";
import type { Matter } from "../../src/matter/history.ts";
import { matterKey } from "../../src/matter/key.ts";
import { factsOf } from "../../src/matter/merge.ts";
import { addDays, type Day } from "../../src/time/day.ts";
import { type Instant, momentOf } from "../../src/time/instant.ts";

/** Draws a whole number below another. */
export type Draw = (below: number) => number;

/** A small generator (mulberry32), so that a seed tells the whole story. */
export function drawer(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const AUTHORITIES = ["CNIL", "ICO", "OAIC", "ANPD", "AP", "FTC", "DATATILSYNET-NO", "EC"];
const PER = ["day", "day", "day", "week", "month", "violation", "unit-day", "once"];

/** A matter of any kind as it stands on a day, with events through that day that make sense, all recorded by then. */
export function anyMatter(draw: Draw, on: Day): Matter {
  for (;;) {
    const made = filed(draw, on);
    const read = matterSchema.safeParse(made);
    if (!read.success || checkMatter(read.data, on).length > 0) continue;
    const facts = factsOf(read.data, authorityOf(read.data.authority)!);
    const registeredAt = momentOf(authorityOf(facts.authority)!.zone, on, "08:00");
    const key = matterKey(facts.authority, facts.ref, facts.addressee);
    const filled = [{ recordedAt: registeredAt, facts }];
    return withSomeEvents(draw, { key, facts, filled, events: [], version: 1, registeredAt, registration: "r" }, on, registeredAt);
  }
}

function filed(draw: Draw, on: Day): object {
  const pick = <Thing>(things: readonly Thing[]): Thing => things[draw(things.length)]!;
  const chance = (percent: number) => draw(100) < percent;
  const items = ["a", "b", "c"].slice(0, 1 + draw(3)).map((id) => {
    const cure = pick<object>([
      { until: addDays(on, draw(50) - 35), because: "set" },
      { until: addDays(on, draw(50) - 35), because: "set" },
      { period: "P2M", from: "notified", rule: "cure" },
      { period: "PT72H", from: "notified", rule: "cure" },
    ]);
    const penalty = chance(85) ? { penalty: anyPenalty(draw, on) } : {};
    const clocks = chance(25)
      ? { clocks: [{ id: "k", kind: pick(["payment", "time-bar", "appeal"]), from: "expiry", period: "P6W" }] }
      : {};
    return { id, order: `order ${id}`, cure, ...penalty, ...clocks };
  });
  const metered = items.filter((item) => "penalty" in item).map(({ id }) => id);
  const notified = pick<object>([
    { notified: addDays(on, -39) },
    { notified: addDays(on, -39) },
    { notified: { between: [addDays(on, -39), addDays(on, -32)] } },
    {},
  ]);
  return {
    ...{ ref: `R-${draw(1000)}`, authority: pick(AUTHORITIES), respondent: "Any SA", kind: "sanction", decided: addDays(on, -40) },
    ...{ ...notified, items },
    ...(chance(30) ? { fines: [{ id: "fine", amount: "5000", due: addDays(on, draw(60) - 5) }] } : {}),
    ...(metered.length > 1 && chance(30) ? { jointCap: { items: metered.slice(0, 2), amount: "9000" } } : {}),
    ...(chance(15) ? { knownThrough: addDays(on, draw(50)) } : {}),
  };
}

function anyPenalty(draw: Draw, on: Day): object {
  const per = PER[draw(PER.length)]!;
  const caps = [
    { amount: String(1000 + draw(8000)) },
    { units: 2 + draw(30) },
    { until: addDays(on, 5 + draw(60)) },
    { perYear: String(500 + draw(3000)) },
    { perYear: String(500 + draw(3000)), amount: String(3000 + draw(5000)) },
  ];
  return {
    ...{ rate: draw(12) === 0 ? "unknown" : String(50 + draw(400)), per },
    ...(per === "unit-day" ? { units: 1 + draw(5) } : {}),
    ...(draw(2) === 0 ? { cap: caps[draw(caps.length)] } : {}),
    ...(per === "day" && draw(3) === 0 ? { steps: [{ from: addDays(on, draw(50) - 20), rate: String(20 + draw(900)) }] } : {}),
  };
}

function withSomeEvents(draw: Draw, first: Matter, on: Day, recordedAt: Instant): Matter {
  const id = first.facts.items![draw(first.facts.items!.length)]!.id;
  const days = Array.from({ length: draw(5) }, () => addDays(on, -draw(20))).sort();
  let matter = first;
  for (const day of days) {
    const made: readonly { readonly type: MatterEvent["type"]; readonly [field: string]: unknown }[] = [
      { type: "extended", by: "P12D", item: id },
      { type: "stayed", item: id },
      { type: "resumed", item: id },
      { type: "resumed", with: "P9D", item: id },
      { type: "complied", item: id },
      { type: "rejected", item: id },
      { type: "rate-changed", rate: String(draw(900)), item: id },
      { type: "violation", count: 1 + draw(4), item: id },
      { type: "paid", amount: String(100 + draw(4000)), for: id },
      { type: "intended", from: addDays(day, -9), to: addDays(day, -3), amount: "700", item: id },
      { type: "partly-complied", rate: String(draw(90)), item: id },
      { type: "overridden", what: "expiry", value: addDays(day, draw(30)), because: "said so", item: id },
      { type: "overridden", what: "firstPenaltyDay", value: addDays(day, draw(60)), because: "said so", item: id },
      { type: "overridden", what: "units", value: 5, because: "said so", item: id },
      { type: "notified" },
    ];
    const one = made[draw(made.length)]!;
    const event = EVENTS[one.type].parse({ ...one, on: day }) as MatterEvent;
    if (decideEvent(matter, event, on) === null) matter = withEvents(matter, [event]);
  }
  return { ...matter, events: matter.events.map((one) => ({ ...one, recordedAt })) };
}
