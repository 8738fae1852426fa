import { policyCard } from "../../cards/policy-card.ts";
import { refuse } from "../../law/finding.ts";
import { parsePeriod } from "../../law/period.ts";
import type { DeskPolicy } from "../../ports/access.ts";
import { type Command, type Context, type Misunderstanding, misunderstood, type Values } from "../command.ts";
import { atLeast } from "../permission.ts";
import { lookAtAll } from "../subscribed.ts";
import { noteTrace } from "../trail.ts";

const ON_OFF = ["on", "off"];
/** A year: what has waited for so long was forgotten. */
const LONGEST_HOURS = 8760;

/** How the desk wants it, whoever asks: shown, or changed by what is named. */
export const policy: Command = {
  verb: "policy",
  summary: "help.policy",
  group: "watch",
  access: "writes",
  who: "admin",
  positionals: [],
  options: [
    { name: "role", kind: "choice", allowed: ["none", "reader", "editor", "approver", "default"] },
    { name: "notes", kind: "choice", allowed: ON_OFF },
    { name: "two-persons", kind: "choice", allowed: ON_OFF },
    { name: "pending-hours", kind: "count" },
    { name: "shared-amounts", kind: "choice", allowed: ON_OFF },
    { name: "retain", kind: "word", about: "help.retain-period" },
  ],
  form: { button: "form.button.settings", initial: async ({ sights }) => initialOf(await sights.policy()) },
  examples: ["policy", "policy --role reader", "policy --notes on", "policy --two-persons on --pending-hours 48", "policy --retain P5Y"],
  async run(values, context) {
    const { store, sights, clock, person, personName, language } = context;
    const named = namedPolicy(values);
    if ("misunderstood" in named || "refused" in named) return named;
    const before = await sights.policy();
    const change = Object.fromEntries(Object.entries(named).filter(([name, value]) => before[name as keyof DeskPolicy] !== value));
    const changed = Object.keys(change);
    if (changed.length > 0) {
      const by = await store.people.idOf(person, personName);
      await store.access.setPolicy(change, by, clock.now());
      await noteTrace(context, "policy", { verb: "policy", detail: change });
      await lookAtAll(context);
    }
    const now = await sights.policy();
    const approvers = await approversIn(context);
    const card = policyCard(language, { policy: now, changed, configured: sights.admins.length > 0, approvers });
    return { cards: [card], json: { policy: now, changed, approvers } };
  },
};

/** Those who can approve, as far as roles were given by name: with two persons on, one alone can approve nothing of their own. */
async function approversIn({ store, sights }: Context): Promise<number> {
  const given = [...(await store.access.roles())].filter(([, role]) => atLeast(role, "approver")).map(([id]) => id);
  const configured = await Promise.all(sights.admins.map(async (person) => (await store.people.known(person)) ?? person));
  return new Set([...given, ...configured]).size;
}

function namedPolicy(values: Values): Partial<DeskPolicy> | Misunderstanding | ReturnType<typeof refuse> {
  const named: { -readonly [Name in keyof DeskPolicy]?: DeskPolicy[Name] } = {};
  if (values.role !== undefined) named.role = values.role === "default" ? null : (values.role as Exclude<DeskPolicy["role"], null>);
  if (values.notes !== undefined) named.notes = values.notes === "on";
  if (values["two-persons"] !== undefined) named.twoPersons = values["two-persons"] === "on";
  if (values["shared-amounts"] !== undefined) named.sharedAmounts = values["shared-amounts"] === "on";
  if (values["pending-hours"] !== undefined) {
    const hours = Number(values["pending-hours"]);
    if (hours < 1 || hours > LONGEST_HOURS) return refuse("policy-hours", { got: String(values["pending-hours"]), most: LONGEST_HOURS });
    named.pendingHours = hours;
  }
  if (values.retain !== undefined) {
    const text = String(values.retain);
    const period = text === "off" ? null : parsePeriod(text);
    if (text !== "off" && (period === null || period.hours > 0 || period.businessDays > 0))
      return misunderstood("value-invalid", { name: "retain", got: `"${text}"`, allowed: ["P5Y", "P18M", "off"] });
    named.retain = text === "off" ? null : text;
  }
  return named;
}

function initialOf(policy: DeskPolicy) {
  const onOff = (is: boolean): readonly string[] => [is ? "on" : "off"];
  return {
    role: [policy.role ?? "default"],
    notes: onOff(policy.notes),
    "two-persons": onOff(policy.twoPersons),
    "pending-hours": [String(policy.pendingHours)],
    "shared-amounts": onOff(policy.sharedAmounts),
    retain: [policy.retain ?? "off"],
  };
}
