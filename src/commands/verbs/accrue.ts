import { accrueCard } from "../../cards/answers.ts";
import { type Meter, run } from "../../law/accrual.ts";
import { minorDigits } from "../../law/currencies.ts";
import { type Refusal, refuse } from "../../law/finding.ts";
import { money, parseAmount, parseDecimal } from "../../law/money.ts";
import { orderPauses } from "../../law/pauses.ts";
import { NAMED_UNITS, parseUnit, unitName } from "../../law/unit.ts";
import { countingFault, isZero, percentFault } from "../../matter/check-penalty.ts";
import { explainMeter } from "../../matter/explain-meter.ts";
import { addDays, type Day, parseDay } from "../../time/day.ts";
import { type Command, type Misunderstanding, misunderstood, type Values } from "../command.ts";
import { moneyJson, stepJson } from "../json.ts";

export const accrue: Command = {
  verb: "accrue",
  summary: "help.accrue",
  group: "ask",
  access: "reads",
  who: "reader",
  standalone: true,
  positionals: [],
  options: [
    { name: "rate", kind: "amount" },
    { name: "per", kind: "word", required: true, offers: NAMED_UNITS },
    { name: "after", kind: "day", required: true },
    { name: "through", kind: "day", required: true },
    { name: "currency", kind: "word", required: true },
    { name: "cap-amount", kind: "amount" },
    { name: "cap-units", kind: "count" },
    { name: "cap-per-year", kind: "amount" },
    { name: "until", kind: "day" },
    { name: "counting", kind: "choice", allowed: ["inclusive", "exclusive-last", "exclusive-first", "completed", "started"] },
    { name: "step", kind: "word", many: true, offers: "several-words" },
    { name: "stay", kind: "word", many: true, offers: "several-words" },
    { name: "count", kind: "count" },
    { name: "turnover-annual", kind: "amount" },
    { name: "percent", kind: "decimal" },
    { name: "year", kind: "count" },
  ],
  examples: [
    "accrue --rate 150 --per day --after 2024-02-18 --through 2024-04-04 --currency EUR",
    "accrue --rate 5000000 --per week --after 2022-01-15 --through 2022-06-01 --currency EUR --cap-amount 50000000",
    "accrue --rate 100 --per day --after 2024-01-31 --through 2024-03-31 --currency EUR --step 2024-03-01=200 --stay 2024-02-10..2024-02-19",
  ],
  async run(values, { language }) {
    const misfit = misfitting(values) ?? numberFault(values);
    if (misfit !== null) return misfit;
    const meter = meterFrom(values);
    if (!("expiry" in meter)) return meter;
    const currency = (values.currency as string).toUpperCase();
    const through = values.through as Day;
    const misplaced = misplacedDay(meter, through);
    if (misplaced !== null) return misplaced;
    const ran = run(meter, through);
    const theoretical = ran.amount === null ? null : money(ran.amount, currency);
    const steps = explainMeter(meter, through, currency);
    const json = {
      units: ran.units,
      theoretical: moneyJson(theoretical),
      capReached: ran.capReached,
      steps: steps.map((step) => stepJson(step, language)),
    };
    return { cards: [accrueCard(language, { per: unitName(meter.per), units: ran.units }, theoretical, ran.capReached, steps)], json };
  },
};

/** What lies before the first day of delay would count for nothing, or change what was typed as the rate, without a word. */
function misplacedDay({ expiry, steps, caps }: Meter, through: Day): Refusal | null {
  if (through < expiry) return refuse("through-before-after", { through, after: expiry });
  const early = steps.find(({ from }) => from <= expiry);
  if (early !== undefined) return refuse("step-before-after", { day: early.from, after: expiry });
  const twice = steps.find(({ from }, index) => steps[index - 1]?.from === from);
  if (twice !== undefined) return refuse("step-twice", { day: twice.from });
  return caps.until !== null && caps.until <= expiry ? refuse("until-before-after", { until: caps.until, after: expiry }) : null;
}

/** Numbers that a file could not hold either: none at all of what is counted, and years of which nobody knows the turnover. */
function numberFault({ count, "cap-units": units, year }: Values): Refusal | Misunderstanding | null {
  if (count !== undefined && Number(count) === 0)
    return misunderstood("value-invalid", { name: "count", got: `"${count}"`, allowed: "1, 2, 3 …" });
  if (units !== undefined && Number(units) === 0) return refuse("cap-zero");
  return year !== undefined && (Number(year) < 1900 || Number(year) > 2200) ? refuse("year") : null;
}

/** What is of other units, or of days that are not counted, would be dropped without a word. */
function misfitting(values: Values): Refusal | null {
  const { per, after } = values as { readonly per: string; readonly after: Day };
  if (values.count !== undefined && per !== "violation" && per !== "unit-day") return refuse("count-of-neither", { per });
  const ofTurnover = ["turnover-annual", "percent", "year"].some((name) => values[name] !== undefined);
  if (ofTurnover && per !== "turnover-day") return refuse("turnover-only-turnover-day");
  const stays = staysFrom((values.stay ?? []) as readonly string[]);
  const early = "refused" in stays || "misunderstood" in stays ? undefined : stays.find(({ to }) => to <= after);
  return early === undefined ? null : refuse("stay-before-after", { from: early.from, to: early.to, after });
}

/** Sums that are nothing where nothing makes no sense. */
function zeroFault(values: Values): Refusal | null {
  if (isZero(values.rate as string | undefined)) return refuse("rate-zero");
  if (isZero(values["turnover-annual"] as string | undefined)) return refuse("turnover-zero");
  const capped = ["cap-amount", "cap-per-year"].some((name) => isZero(values[name] as string | undefined));
  return capped ? refuse("cap-zero") : null;
}

function meterFrom(values: Values): Meter | Refusal | Misunderstanding {
  const currency = (values.currency as string).toUpperCase();
  if (minorDigits(currency) === null) return refuse("currency-unknown", { currency });
  const per = parseUnit(values.per as string);
  if (per === null) return misunderstood("value-invalid", { name: "per", got: `"${values.per}"`, allowed: [...NAMED_UNITS, "P2W"] });
  const expiry = values.after as Day;
  const amounts: Record<string, bigint | null> = {};
  for (const name of ["rate", "cap-amount", "cap-per-year", "turnover-annual"]) {
    const text = values[name] as string | undefined;
    const minor = text === undefined ? null : parseAmount(text, currency);
    if (typeof minor === "object" && minor !== null) return minor;
    amounts[name] = minor;
  }
  const zero = zeroFault(values);
  if (zero !== null) return zero;
  const percent = values.percent === undefined ? null : parseDecimal(values.percent as string);
  if (per.kind === "turnover-day") {
    if (amounts["turnover-annual"] == null || percent === null || values.year === undefined) return refuse("turnover-needed");
    if (amounts.rate !== null) return refuse("rate-and-turnover");
    const wrong = percentFault(values.percent as string);
    if (wrong !== null) return refuse(wrong, { got: values.percent as string });
  } else if (amounts.rate === null) return misunderstood("argument-missing", { name: "--rate", usage: "accrue --rate N --per UNIT …" });
  const counting = (values.counting ?? "inclusive") as Meter["counting"];
  const fault = countingFault(per, counting);
  if (fault !== null) return refuse(fault, { got: counting });
  if (per.kind === "violation" && values.count === undefined) return refuse("violations-needed");
  if (per.kind === "unit-day" && values.count === undefined) return refuse("units-needed");
  const steps = stepsFrom((values.step ?? []) as readonly string[], currency);
  if (!Array.isArray(steps)) return steps as Refusal | Misunderstanding;
  const stays = staysFrom((values.stay ?? []) as readonly string[]);
  if (!Array.isArray(stays)) return stays as Refusal | Misunderstanding;
  const inOrder = stays.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const within = inOrder.find(({ from }, index) => index > 0 && from <= inOrder[index - 1]!.to);
  if (within !== undefined) return refuse("stays-overlap", { from: within.from });
  const count = Number(values.count ?? 1);
  return {
    expiry,
    rate: amounts.rate ?? null,
    per,
    multiplier: per.kind === "unit-day" ? count : 1,
    turnover:
      per.kind === "turnover-day"
        ? { annual: amounts["turnover-annual"]!, percentOver: percent!.over, percentUnder: percent!.under, year: Number(values.year) }
        : null,
    counting,
    caps: {
      amount: amounts["cap-amount"] ?? null,
      units: values["cap-units"] === undefined ? null : Number(values["cap-units"]),
      until: (values.until ?? null) as Day | null,
      perYear: amounts["cap-per-year"] ?? null,
    },
    steps,
    pauses: orderPauses(expiry, stays),
    stop: null,
    violations: per.kind === "violation" ? [{ on: addDays(expiry, 1), count }] : [],
  };
}

function stepsFrom(texts: readonly string[], currency: string): { from: Day; rate: bigint }[] | Refusal | Misunderstanding {
  const steps: { from: Day; rate: bigint }[] = [];
  for (const text of texts) {
    const [day, amount] = [parseDay(text.slice(0, 10)), text.slice(11)];
    if (day === null || text[10] !== "=" || amount === "")
      return misunderstood("value-invalid", { name: "step", got: `"${text}"`, allowed: "2024-03-01=200" });
    const rate = parseAmount(amount, currency);
    if (typeof rate === "object") return rate;
    steps.push({ from: day, rate });
  }
  return steps.sort((a, b) => (a.from < b.from ? -1 : 1));
}

function staysFrom(texts: readonly string[]): { from: Day; to: Day }[] | Refusal | Misunderstanding {
  const stays: { from: Day; to: Day }[] = [];
  for (const text of texts) {
    const [from, to] = [parseDay(text.slice(0, 10)), parseDay(text.slice(12))];
    if (from === null || to === null || text.slice(10, 12) !== "..")
      return misunderstood("value-invalid", { name: "stay", got: `"${text}"`, allowed: "2024-02-10..2024-02-19" });
    if (to < from) return refuse("window-backwards", { from, to });
    stays.push({ from, to });
  }
  return stays;
}
