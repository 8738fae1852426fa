import type { Problem } from "../matter/check.ts";
import type { Parameter, Values, Wrong } from "./command.ts";

/** What the register command asks of a penalty, beyond its rate and unit. */
export const PENALTY_OPTIONS: readonly Parameter[] = [
  { name: "penalty-from", kind: "word", offers: ["notified", "decided", "published"] },
  { name: "units", kind: "count" },
  { name: "turnover-annual", kind: "amount" },
  { name: "percent", kind: "decimal" },
  { name: "year", kind: "count" },
  { name: "step", kind: "word", many: true, offers: "several-words" },
  { name: "cap-amount", kind: "amount" },
  { name: "cap-units", kind: "count" },
  { name: "cap-until", kind: "day" },
  { name: "cap-per-year", kind: "amount" },
  { name: "cap-gain", kind: "amount" },
  { name: "cap-times", kind: "count" },
];

/** Where the options stand in a file: at that place or within it. The others bear the same name there. */
const OPTION_AT: Readonly<Record<string, string>> = {
  fines: "fine",
  tags: "tag",
  links: "link",
  "notified.between": "notified-to",
  "notified.at": "notified-at",
  "items.id": "item",
  "items.order": "order",
  "items.cure.period": "period",
  "items.cure.from": "from",
  "items.cure.rule": "rule",
  "items.cure.until": "until",
  "items.cure.because": "because",
  "items.cure.calendar": "calendar",
  "items.cure.stickyMonthEnd": "sticky-month-end",
  "items.clocks": "clock",
  "items.penalty": "rate",
  "items.penalty.rate": "rate",
  "items.penalty.per": "per",
  "items.penalty.from": "penalty-from",
  "items.penalty.units": "units",
  "items.penalty.turnover": "turnover-annual",
  "items.penalty.turnover.percent": "percent",
  "items.penalty.turnover.year": "year",
  "items.penalty.counting": "counting",
  "items.penalty.steps": "step",
  "items.penalty.cap.amount": "cap-amount",
  "items.penalty.cap.units": "cap-units",
  "items.penalty.cap.until": "cap-until",
  "items.penalty.cap.perYear": "cap-per-year",
  "items.penalty.cap.higherOf": "cap-gain",
  "items.penalty.cap.higherOf.amount": "cap-amount",
  "items.penalty.cap.higherOf.times": "cap-times",
};

/** A problem of the matter as a file would hold it, by the option that is wrong. */
export function wrongOf({ path, code, args }: Problem): Wrong {
  const place = path.filter((part) => typeof part === "string");
  for (let length = place.length; length > 0; length--) {
    const option = OPTION_AT[place.slice(0, length).join(".")];
    if (option !== undefined) return { at: option, code, args };
  }
  return { at: place.join("."), code, args };
}

/** The options as a file would hold them. */
export function matterFrom(values: Values): object {
  const { cure, penalty, clocks } = { cure: cureFrom(values), penalty: penaltyFrom(values), clocks: clocksFrom(values) };
  const text = (name: string) => values[name] as string | undefined;
  const ofItem = [cure, penalty, clocks, text("order"), text("item")];
  const item = ofItem.every((one) => one === undefined)
    ? undefined
    : { id: text("item") ?? "order", order: text("order"), cure, penalty, clocks };
  return defined({
    ref: text("ref"),
    authority: text("authority"),
    addressee: text("addressee"),
    respondent: text("respondent"),
    kind: text("kind"),
    follows: text("follows"),
    title: text("title"),
    procedure: text("procedure"),
    we: text("we"),
    visibility: text("visibility"),
    currency: text("currency"),
    decided: text("decided"),
    notified: notifiedFrom(values),
    published: text("published"),
    knownThrough: text("knownThrough"),
    links: values.link,
    tags: values.tag,
    fines: values.fine === undefined ? undefined : [{ id: "fine", amount: values.fine }],
    items: item === undefined ? undefined : [defined(item)],
  });
}

/** A day, a day with its time, or the first and the last day on which it can have been. */
function notifiedFrom(values: Values): unknown {
  const { notified = "" } = values;
  const [to, at] = [values["notified-to"], values["notified-at"]];
  // A window has no time of day: a file refuses it in these words.
  if (to !== undefined) return defined({ between: [notified, to], at });
  return at === undefined ? values.notified : `${String(notified)}T${String(at)}`;
}

/** All that is said of the time to comply, also what does not go together: a file refuses that in the same words. */
function cureFrom({ until, because, period, from, rule, calendar, "sticky-month-end": sticky }: Values): object | undefined {
  const periods = period as readonly string[] | undefined;
  const start = startFrom(from as string | undefined) ?? (periods === undefined ? undefined : "notified");
  const runs = { period: periods?.length === 1 ? periods[0] : periods, from: start, rule, calendar };
  const made = defined({ until, because, ...runs, stickyMonthEnd: sticky === true ? true : undefined });
  return Object.keys(made).length === 0 ? undefined : made;
}

/** appeal:P28D (appeal:P28D:uk-grc by a rule of its own), event:e1 and item:stop name what a file has as a group; anything else stands as it is typed. */
function startFrom(text: string | undefined): unknown {
  const [, appeal, rule] = /^appeal:([^:]+):(.+)$/.exec(text ?? "") ?? [];
  if (appeal !== undefined) return { appeal, rule };
  const found = /^(appeal|event|item):(.+)$/.exec(text ?? "");
  return found === null ? text : { [found[1]!]: found[2] };
}

function penaltyFrom(values: Values): object | undefined {
  const { rate, per, counting } = values;
  const from = startFrom(values["penalty-from"] as string | undefined);
  const [cap, turnover] = [capFrom(values), turnoverFrom(values)];
  const steps = (values.step as readonly string[] | undefined)?.map(stepFrom);
  const made = defined({ from, rate, per, units: numberIn(values.units), turnover, counting, cap, steps });
  return Object.keys(made).length === 0 ? undefined : made;
}

/** With a gain the amount is not the cap itself: the higher of the two is. */
function capFrom(values: Values): object | undefined {
  const [gain, times] = [values["cap-gain"], numberIn(values["cap-times"])];
  const higher = gain !== undefined || times !== undefined;
  const cap = defined({
    amount: higher ? undefined : values["cap-amount"],
    units: numberIn(values["cap-units"]),
    until: values["cap-until"],
    perYear: values["cap-per-year"],
    higherOf: higher ? defined({ amount: values["cap-amount"], gain, times }) : undefined,
  });
  return Object.keys(cap).length === 0 ? undefined : cap;
}

function turnoverFrom(values: Values): object | undefined {
  const turnover = defined({ annual: values["turnover-annual"], percent: values.percent, year: numberIn(values.year) });
  return Object.keys(turnover).length === 0 ? undefined : turnover;
}

/** 2024-03-01=200: the rate from that day on. */
function stepFrom(text: string): object {
  const [from, rate] = [text.slice(0, 10), text.slice(11)];
  return text[10] === "=" ? { from, rate } : { from: text, rate };
}

/**
 * payment:P6W, or payment:P6W:expiry:de-bgb:DE-BY: its kind, how long it is (P1M+P14D for one period after the other), from when, by which rule, and
 * the place whose holidays count. What is left out between two colons is left out: from is then the notification.
 */
function clocksFrom({ clock }: Values): readonly object[] | undefined {
  return (clock as readonly string[] | undefined)?.map((text, index, all) => {
    const [, kind = "", length, from, rule, calendar] = CLOCK.exec(text) ?? [text, text];
    const before = all.slice(0, index).filter((other) => other.split(":")[0] === kind).length;
    const periods = length?.split("+");
    const period = periods?.length === 1 ? periods[0] : periods;
    return defined({
      ...{ id: before === 0 ? kind : `${kind}-${before + 1}`, kind, period },
      ...{ from: startFrom(from || "notified"), rule: rule || undefined, calendar: calendar || undefined },
    });
  });
}

/** What it runs from may have a colon of its own: 2024-03-01T14:05, appeal:P28D, event:e1. What comes last is the calendar, whatever it holds. */
const CLOCK = /^([^:]*)(?::([^:]*)(?::((?:\d{4}-\d\d-\d\dT\d\d|appeal|event|item):[^:]*|[^:]*)(?::([^:]*)(?::(.*))?)?)?)?$/;

function numberIn(value: Values[string]): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
