import { problemText } from "../../cards/findings.ts";
import { matterCard } from "../../cards/matter-card.ts";
import { say } from "../../cards/say.ts";
import { problemsOf } from "../../exchange/issues.ts";
import { authorityOf } from "../../law/catalogue.ts";
import { refuse } from "../../law/finding.ts";
import { RULES } from "../../law/rules/index.ts";
import { NAMED_UNITS } from "../../law/unit.ts";
import type { Problem } from "../../matter/check.ts";
import { matterSchema } from "../../matter/facts.ts";
import { matterKey } from "../../matter/key.ts";
import { mergeMatter } from "../../matter/merge.ts";
import { standingNow } from "../../matter/standing.ts";
import { dayIn } from "../../time/instant.ts";
import { type Command, type Context, misunderstood, type Outcome, type Values, type Wrong } from "../command.ts";
import { heededHere } from "../heeded.ts";
import { standingJson } from "../json.ts";
import { stampOf } from "../stamp.ts";

const COUNTINGS = ["inclusive", "exclusive-last", "exclusive-first", "completed", "started"];

/** Registers a matter of one item by hand; one of several comes from a file. */
export const register: Command = {
  verb: "register",
  summary: "help.register",
  group: "record",
  access: "writes",
  who: "editor",
  positionals: [
    { name: "authority", kind: "word", required: true, offers: "authority" },
    { name: "ref", kind: "text", required: true },
    { name: "respondent", kind: "text", required: true },
  ],
  options: [
    { name: "kind", kind: "choice", allowed: ["notice", "sanction", "order", "judgment"], required: true },
    { name: "addressee", kind: "id" },
    { name: "title", kind: "text" },
    { name: "follows", kind: "text" },
    { name: "we", kind: "choice", allowed: ["respondent", "counsel", "authority", "observer"] },
    { name: "visibility", kind: "choice", allowed: ["public", "desk", "restricted"] },
    { name: "currency", kind: "word" },
    { name: "decided", kind: "day" },
    { name: "notified", kind: "day" },
    { name: "published", kind: "day" },
    { name: "knownThrough", kind: "day" },
    { name: "tag", kind: "word", many: true, offers: "several-words" },
    { name: "link", kind: "word", many: true, offers: "several-words" },
    { name: "fine", kind: "amount" },
    { name: "item", kind: "id" },
    { name: "order", kind: "text", offers: "lines" },
    { name: "period", kind: "period", many: true, offers: "several-words" },
    { name: "from", kind: "word", offers: ["notified", "decided", "published"] },
    { name: "rule", kind: "word", offers: RULES.map(({ id }) => id) },
    { name: "until", kind: "day" },
    { name: "because", kind: "text", offers: "lines" },
    { name: "rate", kind: "rate" },
    { name: "per", kind: "word", offers: NAMED_UNITS },
    { name: "counting", kind: "word", offers: COUNTINGS },
    { name: "cap-amount", kind: "amount" },
    { name: "cap-units", kind: "count" },
    { name: "cap-until", kind: "day" },
  ],
  form: {
    first: [
      ...["authority", "ref", "respondent", "kind", "decided", "notified", "title", "we", "item", "order", "period", "from", "until"],
      ...["because", "rate", "per", "fine", "currency", "tag"],
    ],
    last: [
      "rule",
      "counting",
      "cap-amount",
      "cap-units",
      "cap-until",
      "addressee",
      "follows",
      "visibility",
      "published",
      "knownThrough",
      "link",
    ],
  },
  examples: [
    'register CNIL SAN-2023-018 "Commune de Kourou" --kind sanction --decided 2023-12-12 --notified 2023-12-18 --item dpo --period P2M --rate 150 --per day --fine 5000',
    'register OFCOM 4CHAN-2025 "4chan Community Support LLC" --kind order --until 2025-10-13 --because "set by the decision" --rate 100 --per day --cap-units 60',
  ],
  async run(values, context) {
    const raw = matterFrom(values);
    const parsed = matterSchema.safeParse(raw, { reportInput: true });
    if (!parsed.success) {
      const problems = problemsOf(parsed.error, raw, ["matters", 0]);
      return { ...misunderstood("event-field", { detail: problemText(context.language, problems[0]!) }), wrong: problems.map(wrongOf) };
    }
    return record(parsed.data, context);
  },
};

async function record(filed: ReturnType<typeof matterSchema.parse>, context: Context): Promise<Outcome> {
  const authority = authorityOf(filed.authority);
  if (authority === null) return refuse("authority-unknown", { got: filed.authority });
  const today = dayIn(authority.zone, context.clock.now());
  const key = matterKey(authority.code, filed.ref, filed.addressee);
  let wrong: readonly Wrong[] = [];
  const recorded = await context.register.record(
    (matters) => {
      if (matters.has(key)) return refuse("matter-known", { key });
      const { merge, problems } = mergeMatter(filed, null, today);
      wrong = problems.map(wrongOf);
      if (merge === null) return refuse("matter-field", { detail: problemText(context.language, problems[0]!) });
      return [{ key, facts: merge.facts, events: merge.events }];
    },
    await stampOf(context, "command"),
  );
  if ("refused" in recorded) return { ...recorded, wrong };
  const matter = (await context.register.matter(key))!;
  const standing = standingNow(matter, today);
  const json = { ...standingJson(standing, context.language), ...(await heededHere(matter, standing, context)) };
  const card = matterCard(context.language, standing, today);
  const registered = { ...card, blocks: [{ kind: "text", text: [say(context.language, "register.done")] } as const, ...card.blocks] };
  return { cards: [registered], json: { ...json, recorded: { type: "registered", ref: filed.ref } } };
}

/** Where the options stand in a file, by their last part; the others bear the same name there. */
const OPTION_AT: Readonly<Record<string, string>> = {
  "fines.amount": "fine",
  fines: "fine",
  tags: "tag",
  links: "link",
  "items.id": "item",
  "items.order": "order",
  "items.cure.period": "period",
  "items.cure.from": "from",
  "items.cure.rule": "rule",
  "items.cure.until": "until",
  "items.cure.because": "because",
  "items.penalty": "rate",
  "items.penalty.rate": "rate",
  "items.penalty.per": "per",
  "items.penalty.counting": "counting",
  "items.penalty.cap.amount": "cap-amount",
  "items.penalty.cap.units": "cap-units",
  "items.penalty.cap.until": "cap-until",
};

/** A problem of the matter as a file would hold it, by the option that is wrong. */
function wrongOf({ path, code, args }: Problem): Wrong {
  const place = path.filter((part) => typeof part === "string").join(".");
  return { at: OPTION_AT[place] ?? place, code, args };
}

/** The options as a file would hold them. */
function matterFrom(values: Values): object {
  const { cure, penalty } = { cure: cureFrom(values), penalty: penaltyFrom(values) };
  const text = (name: string) => values[name] as string | undefined;
  const item =
    cure === undefined && penalty === undefined && text("order") === undefined && text("item") === undefined
      ? undefined
      : { id: text("item") ?? "order", order: text("order"), cure, penalty };
  return defined({
    ref: text("ref"),
    authority: text("authority"),
    addressee: text("addressee"),
    respondent: text("respondent"),
    kind: text("kind"),
    follows: text("follows"),
    title: text("title"),
    we: text("we"),
    visibility: text("visibility"),
    currency: text("currency"),
    decided: text("decided"),
    notified: text("notified"),
    published: text("published"),
    knownThrough: text("knownThrough"),
    links: values.link,
    tags: values.tag,
    fines: values.fine === undefined ? undefined : [{ id: "fine", amount: values.fine }],
    items: item === undefined ? undefined : [defined(item)],
  });
}

function cureFrom({ until, because, period, from, rule }: Values): object | undefined {
  if (until !== undefined) return defined({ until, because });
  if (period === undefined) return from === undefined && rule === undefined ? undefined : defined({ from, rule });
  const periods = period as readonly string[];
  return defined({ period: periods.length === 1 ? periods[0] : periods, from: from ?? "notified", rule });
}

function penaltyFrom(values: Values): object | undefined {
  const { rate, per, counting } = values;
  const units = values["cap-units"];
  const cap = defined({ amount: values["cap-amount"], units: units === undefined ? undefined : Number(units), until: values["cap-until"] });
  if (rate === undefined && per === undefined && Object.keys(cap).length === 0) return undefined;
  return defined({ rate, per, counting, cap: Object.keys(cap).length === 0 ? undefined : cap });
}

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
