import { confirmationIn, matterMark } from "../alerts/marks.ts";
import { recordedCard } from "../cards/answers.ts";
import { consentCard } from "../cards/consent-card.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import { decideEvent } from "../matter/decide.ts";
import { eases, widens } from "../matter/easing.ts";
import type { EventType } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import { visibilityOf } from "../matter/sight.ts";
import { standingNow } from "../matter/standing.ts";
import type { Stamp } from "../ports/ledger.ts";
import { assigneeIn, assigneeRefused, withAssignee, withUnreached } from "./assignee.ts";
import type { Context, Outcome, Result, Values } from "./command.ts";
import { askFirst, converses, type Intention, intendedBy } from "./consent.ts";
import { differenceJson } from "./difference-json.ts";
import { eventFrom } from "./event-fields.ts";
import { findMatter, nameOf, namesOf, todayOf, withPeople } from "./find.ts";
import { heededHere, readHere } from "./heeded.ts";
import { eventJson, standingJson } from "./json.ts";
import { notesRefused } from "./notes.ts";
import { lackingFor } from "./permission.ts";
import { meetMentioned } from "./person-or-place.ts";
import { proposed } from "./proposed.ts";
import { withSince } from "./stale.ts";
import { stampOf } from "./stamp.ts";

/**
 * Records one event of the matter that is named, its fields as they were typed; without a day it is today's. What ends, lowers or postpones is
 * asked about first where somebody can answer, and waits for another person where the desk wants that.
 */
export async function recordEvent(type: EventType, named: string, typed: Values, context: Context): Promise<Outcome> {
  const { confirmed, "dry-run": dryRun, ...fields } = typed;
  const matter = await findMatter(named, context);
  if ("refused" in matter) return matter;
  const today = todayOf(matter, context);
  const typedEvent = eventFrom(type, { on: today, ...fields }, context);
  if (!("on" in typedEvent)) return typedEvent;
  const event = withAssignee(typedEvent, matter, context);
  const unfit = (await assigneeRefused(event, matter, context)) ?? (await notesRefused(event, context));
  if (unfit !== null) return unfit;
  await meetMentioned(assigneeIn(event, matter) ?? "", context);
  if (event.type === "visibility" && visibilityOf(matter) === event.to)
    return refuse("visibility-same", { ref: nameOf(matter), to: event.to });
  const seen = versionSeen(confirmed, matter, context);
  if ("refused" in seen) return seen;
  const intention = { matter, event, today, ...seen };
  return dryRun === true ? rehearsed(intention, context) : recordIntended(intention, context);
}

/**
 * The version that whoever confirms has seen, null where none is said, and the proposal of the same that was shown with it. Refused where it was
 * shown of another matter than this desk's.
 */
export function versionSeen(typed: Values[string], matter: Matter, { store }: Context): Pick<Intention, "confirmed" | "beside"> | Refusal {
  if (typed === undefined) return { confirmed: null };
  const { version, mark, beside } = confirmationIn(String(typed));
  if (mark === null || mark === matterMark(store.name, matter)) return { confirmed: version, beside };
  return refuse("shown-elsewhere", { what: nameOf(matter), line: `show ${matter.key}` });
}

/** Records what is intended, or asks, or proposes it. */
export async function recordIntended(intention: Intention, context: Context): Promise<Outcome> {
  const { matter, event, today, confirmed } = intention;
  const isEasing = eases(matter, event, today);
  const isOutdated = confirmed !== null && confirmed !== matter.version;
  const twoPersons = isEasing && (await context.store.access.policy()).twoPersons;
  if (isEasing || isOutdated) {
    const refusal = (await mayNot(intention, twoPersons, context)) ?? (await refusedSince(intention, context));
    if (refusal !== null) return refusal;
  }
  if (isOutdated || (isEasing && confirmed === null && converses(context))) return askFirst(intention, twoPersons, context);
  if (twoPersons) return proposed(intention, context);
  const recorded = await recordNow(intention, await stampOf(context, "command"), context);
  if (!("refused" in recorded) || recorded.refused !== "consent-changed") return recorded;
  return askFirst({ ...intention, matter: (await context.register.matter(matter.key)) ?? matter }, false, context);
}

/** Records it, of the version that was confirmed or of whatever stands now; refused as consent-changed where that has changed in this very moment. */
export async function recordNow({ matter, event, today, confirmed }: Intention, stamp: Stamp, context: Context): Promise<Result | Refusal> {
  const recorded = await context.register.record((matters) => {
    const now = matters.get(matter.key);
    if (now === undefined) return refuse("matter-not-found", { name: matter.key });
    if (confirmed !== null && now.version !== confirmed) return refuse("consent-changed", { ref: nameOf(now), line: "" });
    return decideEvent(now, event, today) ?? [{ key: matter.key, facts: null, events: [event] }];
  }, stamp);
  const after = (await context.register.matter(matter.key)) ?? matter;
  return "refused" in recorded ? withSince(recorded, after, event.item ?? null, context) : recordedResult(after, today, context);
}

/** Where the matter stands with what was recorded last. */
async function recordedResult(after: Matter, today: Intention["today"], context: Context): Promise<Result> {
  const standing = await withPeople(standingNow(after, today), after, context);
  const written = after.events.at(-1)!;
  const names = await namesOf([...standing.since, written], context);
  return {
    cards: [await withUnreached(recordedCard(context.language, standing, written, today, await readHere(context)), written.event, context)],
    json: {
      ...standingJson(standing, context.language, names),
      ...(await heededHere(after, standing, context)),
      recorded: eventJson(written, names),
    },
  };
}

/** What it would change; nothing is recorded. */
async function rehearsed(intention: Intention, context: Context): Promise<Outcome> {
  const { matter, event, today } = intention;
  const refusal = await refusedSince(intention, context);
  if (refusal !== null) return refusal;
  const intended = await intendedBy(intention, context);
  const card = consentCard(context.language, intended, { title: "consent.dry-title", meanwhile: null, twoPersons: false, actions: [] });
  const { id: _id, ...fields } = event;
  const json = {
    ref: nameOf(matter),
    dryRun: true,
    version: matter.version,
    event: fields,
    asks: eases(matter, event, today),
    changes: intended.comparison.differences.map(differenceJson),
    through: intended.comparison.after.through,
  };
  return { cards: [card], json };
}

/** Showing a matter to more people takes an approver: who is none may propose it, where somebody else approves. */
async function mayNot({ matter, event }: Intention, twoPersons: boolean, context: Context): Promise<Refusal | null> {
  if (event.type !== "visibility" || twoPersons || !widens(visibilityOf(matter), event.to)) return null;
  return lackingFor("visibility", "approver", context);
}

async function refusedSince({ matter, event, today }: Intention, context: Context): Promise<Refusal | null> {
  const refusal = decideEvent(matter, event, today);
  return refusal === null ? null : withSince(refusal, matter, event.item ?? null, context);
}
