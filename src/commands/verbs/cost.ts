import type { Scenario, ScenarioPart } from "../../cards/contents.ts";
import { costCard } from "../../cards/cost-card.ts";
import type { Run } from "../../law/accrual.ts";
import { refuse } from "../../law/finding.ts";
import { type Money, money, sumOf } from "../../law/money.ts";
import { dayOf } from "../../matter/facts.ts";
import { foldMatter, type MatterFold } from "../../matter/fold.ts";
import type { Matter } from "../../matter/history.ts";
import { readingsOf } from "../../matter/readings.ts";
import { standingOn } from "../../matter/standing.ts";
import type { ItemStanding, Standing } from "../../matter/standing-types.ts";
import { addDays, type Day, later } from "../../time/day.ts";
import type { Language } from "../../time/wording.ts";
import type { Command } from "../command.ts";
import { askedStanding, nameOf } from "../find.ts";
import { findingJson, moneyJson } from "../json.ts";
import { assumptionsIf, type CapDay, endlessCap, type Ground, isIdle, projectionOf } from "../projected.ts";

const OVER: ReadonlySet<string> = new Set(["annulled", "withdrawn", "settled", "closed", "complied", "lapsed"]);

export const cost: Command = {
  verb: "cost",
  summary: "help.cost",
  group: "ask",
  access: "reads",
  who: "reader",
  private: true,
  positionals: [{ name: "ref", kind: "matter", required: true }],
  options: [
    { name: "comply", kind: "day", required: true, many: true },
    { name: "on", kind: "day" },
    { name: "known-at", kind: "instant" },
  ],
  examples: [
    "cost SAN-2023-018 --comply 2024-03-01 --comply 2024-04-01",
    "cost SAN-2023-018 --comply 2024-03-01 --on 2024-02-19 --known-at 2024-02-19T08:00:00Z",
  ],
  async run(values, context) {
    const asked = await askedStanding(values, context);
    if ("refused" in asked) return asked;
    const { matter, standing } = asked;
    const on = standing.on;
    const running = standing.items.filter((item) => item.rate !== null && !OVER.has(item.state)).map(({ id }) => id);
    if (running.length === 0) return refuse("nothing-runs", { ref: nameOf(matter) });
    const known = dayOf(standing.facts.knownThrough);
    if (known !== null && on > known) return refuse("cost-unknown", { ref: nameOf(matter), day: known });
    const ground = groundOf(matter, on, running);
    const days = values.comply as readonly Day[];
    const scenarios = days.map((day) => scenarioOf(ground, day));
    const latest = days.toSorted().at(-1)!;
    const firsts = standing.items.flatMap(({ id, expiry }) => (running.includes(id) && expiry !== null ? [addDays(expiry, 1)] : []));
    const more = added(scenarioOf(ground, latest), scenarioOf(ground, addDays(latest, 1)));
    const binds = capsOf(ground, standing);
    const next = { after: latest, first: firsts.toSorted()[0] ?? null, ...more, ...(binds === null ? {} : { binds }) };
    return { cards: [costCard(context.language, standing, scenarios, next)], json: jsonOf(context.language, scenarios, more, binds) };
  },
};

/** What a projection stands on: the matter as it is by now, and the items whose penalty runs or may. */
interface Asked extends Ground {
  readonly items: readonly ItemStanding[];
}

function groundOf(matter: Matter, on: Day, running: readonly string[]): Asked {
  const fold = foldMatter(matter, on);
  const items = standingOn(matter, on).items.filter(({ id }) => running.includes(id));
  const { notification } = fold;
  const now = { fold, items, readings: readingsOf(matter, fold, on) };
  if (notification === null || notification.from === notification.to) return { ...now, late: null };
  // By its latest day the notification has come: from then on the clock runs, of whatever was known by now.
  const known = { ...matter, events: matter.events.filter(({ event }) => event.on <= on) };
  return { ...now, late: foldMatter(known, later(on, notification.to), true) };
}

/** What a day more adds: to the sum and, with a notification known within a window, to the most that it may be. */
interface More {
  /** Null where it cannot be told. */
  readonly adds: Money | null;
  readonly addsMax?: Money | null;
}

function added(one: Scenario, next: Scenario): More {
  const less = (before: Money | null, after: Money | null) =>
    before === null || after === null ? null : { ...after, minor: after.minor - before.minor };
  const adds = less(one.theoretical, next.theoretical);
  return one.theoreticalMax === undefined ? { adds } : { adds, addsMax: less(one.theoreticalMax, next.theoreticalMax ?? null) };
}

/** As if the order were complied with on that day, that day counted, and nothing else happened until then. */
function scenarioOf(ground: Asked, comply: Day): Scenario {
  const { fold, late, items } = ground;
  const most = figuresOf(fold, items, comply);
  const assumptions = items.flatMap((item) => assumptionsIf(ground, item, comply).map((finding) => ({ item: item.id, finding })));
  if (late === null) return { comply, ...most, assumptions };
  const least = figuresOf(late, items, comply);
  const max = { unitsMax: most.units, theoreticalMax: most.theoretical, parts: partsBetween(least.parts, most.parts) };
  return { comply, ...least, ...max, assumptions };
}

function figuresOf(fold: MatterFold, items: readonly ItemStanding[], comply: Day) {
  const ids = items.map(({ id }) => id);
  const runs = projectionOf(fold, ids, comply);
  const amounts = runs.map((one) => (one === null || one.amount === null ? null : money(one.amount, fold.currency)));
  const capped = runs
    .filter((one) => one !== null && one.capReached !== null)
    .sort((a, b) => (a!.capReached! < b!.capReached! ? -1 : 1))[0];
  return {
    units: runs.length === 1 ? (runs[0]?.units ?? null) : null,
    theoretical: wholeOf(fold, ids, runs, amounts, comply),
    capReached: capped?.capReached ?? null,
    capOfYear: capped?.cap === "per-year",
    parts: runs.length === 1 ? [] : runs.map((ran, index) => partOf(ids[index]!, ran, amounts[index]!)),
  };
}

function partOf(item: string, ran: Run | null, theoretical: Money | null): ScenarioPart {
  const { units = null, capReached = null, cap = null } = ran ?? {};
  return { item, units, theoretical, capReached, capOfYear: cap === "per-year", isShared: cap === "joint" };
}

/** An item of which nothing runs by then adds nothing to what is known of the others; of an unknown rate alone there is no sum. */
function wholeOf(fold: MatterFold, ids: readonly string[], runs: readonly (Run | null)[], amounts: readonly (Money | null)[], comply: Day) {
  if (amounts.every((amount) => amount === null)) return null;
  const idle = (index: number) => isIdle(fold, ids[index]!, runs[index]!, comply);
  return sumOf(
    amounts.map((amount, index) => (amount === null && idle(index) ? money(0n, fold.currency) : amount)),
    fold.currency,
  );
}

/** With the most that each may be, beside the least. */
function partsBetween(least: readonly ScenarioPart[], most: readonly ScenarioPart[]): readonly ScenarioPart[] {
  return least.map((part, index) => ({ ...part, unitsMax: most[index]!.units, theoreticalMax: most[index]!.theoretical }));
}

/** The days on which a cap binds if nobody ever complies. */
interface CapsAhead {
  /** Null where the order sets none. */
  readonly first: CapDay | null;
  /** Counted from the latest day of a notification that is known within a window, where that is another day. */
  readonly latest: Day | null;
  /** Whether it has bound already, for good. */
  readonly isPast: boolean;
}

/** Null where the order has a cap and its day cannot be told. */
function capsOf(ground: Asked, { through }: Standing): CapsAhead | null {
  const ids = ground.items.map(({ id }) => id);
  const days = endlessCap(ground, ids, through);
  if (days === null) return hasCap(ground.fold, ids) ? null : { first: null, latest: null, isPast: false };
  const { first } = days;
  const latest = days.latest === null || days.latest.day === first.day ? null : days.latest.day;
  return { first, latest, isPast: (latest ?? first.day) <= through };
}

function hasCap({ facts }: MatterFold, ids: readonly string[]): boolean {
  return (
    facts.jointCap?.items.some((id) => ids.includes(id)) === true ||
    (facts.items ?? []).some(({ id, penalty }) => ids.includes(id) && penalty?.cap !== undefined)
  );
}

function jsonOf(language: Language, scenarios: readonly Scenario[], { adds, addsMax }: More, binds: CapsAhead | null) {
  return {
    scenarios: scenarios.map(({ comply, units, unitsMax, theoretical, theoreticalMax, capReached, assumptions = [] }) => ({
      comply,
      units,
      theoretical: moneyJson(theoretical),
      ...(unitsMax === undefined || theoreticalMax === undefined ? {} : { unitsMax, theoreticalMax: moneyJson(theoreticalMax) }),
      capReached,
      assumptions: assumptions.map(({ item, finding }) => ({ item, ...findingJson(finding, language) })),
    })),
    oneMoreDay: moneyJson(adds),
    ...(addsMax === undefined ? {} : { oneMoreDayMax: moneyJson(addsMax) }),
    capBinds: binds?.first?.day ?? null,
    ...(binds === null || binds.latest === null ? {} : { capBindsLatest: binds.latest }),
  };
}
