import { problemText } from "../../cards/findings.ts";
import { matterCard } from "../../cards/matter-card.ts";
import { say } from "../../cards/say.ts";
import { problemsOf } from "../../exchange/issues.ts";
import { calendarVersions } from "../../law/calendar.ts";
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
import { type Command, type Context, misunderstood, type Outcome, type Wrong } from "../command.ts";
import { heededHere, readHere } from "../heeded.ts";
import { standingJson } from "../json.ts";
import { matterFrom, PENALTY_OPTIONS, wrongOf } from "../register-facts.ts";
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
    { name: "notified-at", kind: "time" },
    { name: "notified-to", kind: "day" },
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
    { name: "calendar", kind: "choice", allowed: calendarVersions().map(([id]) => id) },
    { name: "sticky-month-end", kind: "flag" },
    { name: "until", kind: "day" },
    { name: "because", kind: "text", offers: "lines" },
    { name: "rate", kind: "rate" },
    { name: "per", kind: "word", offers: NAMED_UNITS },
    { name: "counting", kind: "word", offers: COUNTINGS },
    ...PENALTY_OPTIONS,
    { name: "clock", kind: "word", many: true, offers: "several-words" },
    { name: "procedure", kind: "choice", allowed: ["ordinary", "simplified"] },
  ],
  form: {
    first: [
      ...["authority", "ref", "respondent", "kind", "decided", "notified", "title", "we", "item", "order", "period", "from", "until"],
      ...["because", "rate", "per", "fine", "currency", "tag"],
    ],
    last: [
      ...["rule", "calendar", "sticky-month-end", "notified-at", "notified-to", "counting"],
      ...PENALTY_OPTIONS.map(({ name }) => name),
      ...["clock", "procedure"],
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
    'register CJEU "C-121/21 R" "Republic of Poland" --kind order --decided 2021-09-20 --notified 2021-09-20 --item extraction --rate 500000 --per day --penalty-from notified',
  ],
  async run(values, context) {
    const raw = matterFrom(values);
    const parsed = matterSchema.safeParse(raw, { reportInput: true });
    if (!parsed.success) {
      const problems = problemsOf(parsed.error, raw, ["matters", 0]);
      return { ...misunderstood("event-field", { detail: typedProblem(problems[0]!, context) }), wrong: problems.map(wrongOf) };
    }
    return record(parsed.data, context);
  },
};

/** What is wrong, behind the argument as it is typed: no file was written, whose places would name it. */
function typedProblem(problem: Problem, { language }: Context): string {
  const { at } = wrongOf(problem);
  const option = register.options.some(({ name }) => name === at);
  const known = option || register.positionals.some(({ name }) => name === at);
  return problemText(language, known ? { ...problem, path: [option ? `--${at}` : at] } : problem);
}

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
      if (merge === null) return refuse("matter-field", { detail: typedProblem(problems[0]!, context) });
      return [{ key, facts: merge.facts, events: merge.events }];
    },
    await stampOf(context, "command"),
  );
  if ("refused" in recorded) return { ...recorded, wrong };
  const matter = (await context.register.matter(key))!;
  const standing = standingNow(matter, today);
  const json = { ...standingJson(standing, context.language), ...(await heededHere(matter, standing, context)) };
  const card = matterCard(context.language, standing, today, await readHere(context));
  const registered = { ...card, blocks: [{ kind: "text", text: [say(context.language, "register.done")] } as const, ...card.blocks] };
  return { cards: [registered], json: { ...json, recorded: { type: "registered", ref: filed.ref } } };
}
