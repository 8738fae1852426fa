import type { Scenario } from "../../cards/contents.ts";
import { costCard } from "../../cards/cost-card.ts";
import { run } from "../../law/accrual.ts";
import { refuse } from "../../law/finding.ts";
import { type Money, money, sumOf } from "../../law/money.ts";
import { dayOf } from "../../matter/facts.ts";
import { foldMatter } from "../../matter/fold.ts";
import type { Matter } from "../../matter/history.ts";
import { meterOf } from "../../matter/meter.ts";
import { standingNow } from "../../matter/standing.ts";
import { addDays, type Day } from "../../time/day.ts";
import type { Command } from "../command.ts";
import { findMatter, todayOf } from "../find.ts";
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
  options: [{ name: "comply", kind: "day", required: true, many: true }],
  examples: ["cost SAN-2023-018 --comply 2024-03-01 --comply 2024-04-01"],
  async run(values, context) {
    const matter = await findMatter(values.ref as string, context, "by-respondent");
    if ("refused" in matter) return matter;
    const today = todayOf(matter, context);
    const standing = standingNow(matter, today);
    const running = standing.items.filter((item) => item.rate !== null && !OVER.has(item.state)).map(({ id }) => id);
    if (running.length === 0) return refuse("nothing-runs", { ref: matter.facts.ref });
    const known = dayOf(standing.facts.knownThrough);
    if (known !== null && today > known) return refuse("cost-unknown", { ref: matter.facts.ref, day: known });
    const days = values.comply as readonly Day[];
    const scenarios = days.map((day) => scenarioOf(matter, running, day, today));
    const latest = days.toSorted().at(-1)!;
    const firsts = standing.items.flatMap(({ id, expiry }) => (running.includes(id) && expiry !== null ? [addDays(expiry, 1)] : []));
    const oneMoreDay = added(scenarioOf(matter, running, latest, today), scenarioOf(matter, running, addDays(latest, 1), today));
    const next = { after: latest, adds: oneMoreDay, first: firsts.toSorted()[0] ?? null };
    const json = {
      scenarios: scenarios.map(({ comply, units, theoretical, capReached }) => ({
        comply,
        units,
        theoretical: moneyJson(theoretical),
        capReached,
      })),
      oneMoreDay: moneyJson(oneMoreDay),
    };
    return { cards: [costCard(context.language, standing, scenarios, next)], json };
  },
};

/** By how much the sum of the second is higher; null where one cannot be told. */
function added({ theoretical: before }: Scenario, { theoretical: after }: Scenario): Money | null {
  return before === null || after === null ? null : { ...after, minor: after.minor - before.minor };
}

/** As if the order were complied with on that day, that day counted, and nothing else happened until then. */
function scenarioOf(matter: Matter, ids: readonly string[], comply: Day, today: Day): Scenario {
  const fold = foldMatter(matter, today);
  const runs = ids.map((id) => {
    const penalty = fold.facts.items!.find((item) => item.id === id)!.penalty!;
    const meter = meterOf(penalty, fold.items.find((item) => item.id === id)!, fold.currency, true);
    return meter === null ? null : run({ ...meter, stop: comply }, comply > meter.expiry ? comply : addDays(meter.expiry, 1));
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
