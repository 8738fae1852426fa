import type { Scenario } from "../../cards/contents.ts";
import { costCard } from "../../cards/cost-card.ts";
import { type Meter, run } from "../../law/accrual.ts";
import { refuse } from "../../law/finding.ts";
import { type Money, money, sumOf } from "../../law/money.ts";
import { dayOf } from "../../matter/facts.ts";
import { foldMatter, type MatterFold } from "../../matter/fold.ts";
import { metersOf, openClaims } from "../../matter/joint-cap.ts";
import { addDays, type Day, later, yearOf } from "../../time/day.ts";
import type { Command } from "../command.ts";
import { askedStanding, nameOf } from "../find.ts";
import { moneyJson } from "../json.ts";

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
    const fold = foldMatter(matter, on);
    const days = values.comply as readonly Day[];
    const scenarios = days.map((day) => scenarioOf(fold, running, day));
    const latest = days.toSorted().at(-1)!;
    const firsts = standing.items.flatMap(({ id, expiry }) => (running.includes(id) && expiry !== null ? [addDays(expiry, 1)] : []));
    const oneMoreDay = added(scenarioOf(fold, running, latest), scenarioOf(fold, running, addDays(latest, 1)));
    const capBinds = endlessCap(fold, running);
    const shown = capBinds === null && hasCap(fold, running) ? {} : { capBinds };
    const next = { after: latest, adds: oneMoreDay, first: firsts.toSorted()[0] ?? null, ...shown };
    const json = {
      scenarios: scenarios.map(({ comply, units, theoretical, capReached }) => ({
        comply,
        units,
        theoretical: moneyJson(theoretical),
        capReached,
      })),
      oneMoreDay: moneyJson(oneMoreDay),
      capBinds,
    };
    return { cards: [costCard(context.language, standing, scenarios, next)], json };
  },
};

/** By how much the sum of the second is higher; null where one cannot be told. */
function added({ theoretical: before }: Scenario, { theoretical: after }: Scenario): Money | null {
  return before === null || after === null ? null : { ...after, minor: after.minor - before.minor };
}

/** As if the order were complied with on that day, that day counted, and nothing else happened until then. */
function scenarioOf(fold: MatterFold, ids: readonly string[], comply: Day): Scenario {
  const first = fold.items.reduce((day, { expiry }) => (expiry === null ? day : later(day, addDays(expiry, 1))), comply);
  const meters = metersOf(fold, first, { refused: openClaims(fold), comply });
  const runs = ids.map((id) => {
    const meter = meters.of.get(id);
    return meter === undefined ? null : run(meter, first);
  });
  const known = runs.filter((one) => one !== null);
  const amounts = runs.map((one) => (one === null || one.amount === null ? null : money(one.amount, fold.currency)));
  const only = known.length === 1 && runs.length === 1 ? known[0]! : null;
  const reached = known.map(({ capReached }) => capReached).filter((day) => day !== null);
  return {
    comply,
    units: only?.units ?? null,
    theoretical: sumOf(amounts, fold.currency),
    capReached: only?.capReached ?? reached.sort()[0] ?? null,
  };
}

/** The last day that can be written. */
const HORIZON = "2200-12-31" as Day;

/** The first day on which a cap would bind if nobody ever complied; null where none ever does, as of what is recorded. */
function endlessCap(fold: MatterFold, ids: readonly string[]): Day | null {
  const { of } = metersOf(fold, HORIZON, { refused: openClaims(fold) });
  const reached = ids.flatMap((id) => {
    const meter = of.get(id);
    const day = meter === undefined ? null : firstCap(meter);
    return day === null ? [] : [day];
  });
  return reached.sort()[0] ?? null;
}

function hasCap({ facts }: MatterFold, ids: readonly string[]): boolean {
  return (
    facts.jointCap?.items.some((id) => ids.includes(id)) === true ||
    (facts.items ?? []).some(({ id, penalty }) => ids.includes(id) && penalty?.cap !== undefined)
  );
}

/** A calendar year's cap binds for its year alone, so each year is looked at; any other binds for good. */
function firstCap(meter: Meter): Day | null {
  const last = run(meter, HORIZON);
  if (meter.caps.perYear === null) return last.capReached;
  for (let year = yearOf(addDays(meter.expiry, 1)); year <= yearOf(HORIZON); year++) {
    const { capReached } = run(meter, `${year}-12-31` as Day);
    if (capReached !== null) return capReached;
  }
  return last.capReached;
}
