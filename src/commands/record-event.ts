import { confirmationIn, matterMark } from "../alerts/marks.ts";
import { eventIdsOf } from "../alerts/recording.ts";
import { recordedCard } from "../cards/answers.ts";
import { consentCard } from "../cards/consent-card.ts";
import { say } from "../cards/say.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import { correctsNothing } from "../matter/corrects-nothing.ts";
import { decideEvent } from "../matter/decide.ts";
import { eases } from "../matter/easing.ts";
import type { EventType, MatterEvent, RecordedEvent } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import { addsUp, sameHeld } from "../matter/same.ts";
import { visibilityOf } from "../matter/sight.ts";
import { standingNow } from "../matter/standing.ts";
import type { Card } from "../ports/card.ts";
import type { Stamp } from "../ports/ledger.ts";
import type { Day } from "../time/day.ts";
import { assigneeIn, assigneeRefused, withAssignee, withUnreached } from "./assignee.ts";
import type { Context, Outcome, Question, Result, Values } from "./command.ts";
import { askFirst, converses, type Intention, intendedBy } from "./consent.ts";
import { differenceJson } from "./difference-json.ts";
import { eventFrom } from "./event-fields.ts";
import { findMatter, nameOf, namesOf, todayOf, withPeople } from "./find.ts";
import { heededHere, readHere } from "./heeded.ts";
import { eventJson, standingJson } from "./json.ts";
import { isSeenByMore } from "./letting-in.ts";
import { notesRefused } from "./notes.ts";
import { lackingFor } from "./permission.ts";
import { meetMentioned } from "./person-or-place.ts";
import { proposed } from "./proposed.ts";
import { type Same, sameSaid, withSince } from "./stale.ts";
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
  const same = sameAlready(matter, event);
  // A command that is sent twice has made it so itself.
  if (same !== null) return (await resultOf({ matter, today }, await stampOf(context, "command"), context)) ?? same;
  const seen = versionSeen(confirmed, matter, context);
  if ("refused" in seen) return seen;
  const intention = { matter, event, today, ...seen };
  return dryRun === true ? rehearsed(intention, context) : recordIntended(intention, context);
}

/** Why what changes nothing is not recorded; null where it changes something. What else is said twice is refused where it is decided. */
function sameAlready(matter: Matter, event: MatterEvent): Refusal | null {
  const ref = nameOf(matter);
  if (event.type === "visibility" && visibilityOf(matter) === event.to) return refuse("visibility-same", { ref, to: event.to });
  if (event.type !== "corrected" || !correctsNothing(matter, event)) return null;
  const fields = Object.keys(event.set ?? {});
  return refuse("correction-same", { ref, event: event.event, fields, n: fields.length });
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
  // What this very command has changed is no reason to ask.
  const before = isOutdated ? await resultOf(intention, await stampOf(context, "command"), context) : null;
  if (before !== null) return before;
  if (isEasing || isOutdated) {
    const refusal = (await refusedSince(intention, context)) ?? (await mayNot(intention, twoPersons, context));
    if (refusal !== null) return refusal;
  }
  if (isOutdated || (isEasing && confirmed === null && converses(context))) return asked(intention, twoPersons, context);
  if (twoPersons) return proposed(intention, context);
  const recorded = await recordNow(intention, await stampOf(context, "command"), context);
  if (!("refused" in recorded) || !ASKED_AGAIN.has(recorded.refused)) return recorded;
  return asked({ ...intention, matter: (await context.register.matter(matter.key)) ?? matter }, false, context);
}

/** What is answered by the question whether it is meant. */
const ASKED_AGAIN: ReadonlySet<string> = new Set(["consent-changed", "recorded-already"]);

/** The question, with what says the very same and holds already. */
async function asked(intention: Intention, twoPersons: boolean, context: Context): Promise<Question> {
  const { matter, event, today, confirmed } = intention;
  const question = await askFirst(intention, twoPersons, context);
  const same = await sameSaid(matter, event, null, context);
  if (same === null || question.card === undefined) return question;
  const shown = { ...question, card: withSame(question.card, "consent.same", same, context) };
  if (confirmed !== null || eases(matter, event, today)) return shown;
  return { ...shown, ...refuse("recorded-already", { ...question.args, same: same.since }) };
}

/** The card, headed by what says the very same. */
function withSame(card: Card, key: "consent.same" | "recorded.same", same: Same | null, { language }: Context): Card {
  if (same === null) return card;
  const told = say(language, key, { n: same.ids.length, since: same.since });
  return { ...card, blocks: [{ kind: "text", text: [told] }, ...card.blocks] };
}

/**
 * Records it, of the version that was confirmed or of whatever stands now; refused as consent-changed where that has changed in this very moment,
 * and as recorded-already where it would count a second time and nobody has said that it does.
 */
export async function recordNow({ matter, event, today, confirmed }: Intention, stamp: Stamp, context: Context): Promise<Result | Refusal> {
  const recorded = await context.register.record((matters) => {
    const now = matters.get(matter.key);
    if (now === undefined) return refuse("matter-not-found", { name: matter.key });
    if (confirmed !== null && now.version !== confirmed) return refuse("consent-changed", { ref: nameOf(now), line: "" });
    const refusal = decideEvent(now, event, today);
    if (refusal !== null) return refusal;
    if (confirmed === null && converses(context) && countsTwice(now, event, today)) return refuse("recorded-already", { ref: nameOf(now) });
    return [{ key: matter.key, facts: null, events: [event] }];
  }, stamp);
  if (!("refused" in recorded)) return (await resultOf({ matter, today }, stamp, context)) ?? refuse("conflict");
  return withSince(recorded, (await context.register.matter(matter.key)) ?? matter, event.item ?? null, context);
}

function countsTwice(matter: Matter, event: MatterEvent, today: Day): boolean {
  return addsUp(event.type) && sameHeld(matter, event, today).length > 0;
}

/** Where the matter stands, with what that command has recorded of it: others may have recorded more since. Null where it has recorded nothing. */
async function resultOf({ matter, today }: Pick<Intention, "matter" | "today">, stamp: Stamp, context: Context): Promise<Result | null> {
  const ids = eventIdsOf(await context.store.ledger.read(matter.key), stamp.commandId);
  const after = (await context.register.matter(matter.key)) ?? matter;
  const written = after.events.find(({ id }) => ids.includes(id));
  return written === undefined ? null : recordedResult(after, written, today, context);
}

async function recordedResult(after: Matter, written: RecordedEvent, today: Day, context: Context): Promise<Result> {
  const standing = await withPeople(standingNow(after, today), after, context);
  const names = await namesOf([...standing.since, written], context);
  const same = addsUp(written.event.type) ? await sameSaid(after, written.event, written.id, context) : null;
  const card = recordedCard(context.language, standing, written, today, await readHere(context));
  return {
    cards: [await withUnreached(withSame(card, "recorded.same", same, context), written.event, context)],
    json: {
      ...standingJson(standing, context.language, names),
      ...(await heededHere(after, standing, context)),
      recorded: eventJson(written, names),
      ...(same === null ? {} : { same: same.ids }),
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
    asks: eases(matter, event, today) || countsTwice(matter, event, today),
    changes: intended.comparison.differences.map(differenceJson),
    through: intended.comparison.after.through,
  };
  return { cards: [withSame(card, "consent.same", await sameSaid(matter, event, null, context), context)], json };
}

/** Showing a matter to more people takes an approver: who is none may propose it, where somebody else approves. */
async function mayNot({ matter, event }: Intention, twoPersons: boolean, context: Context): Promise<Refusal | null> {
  if (twoPersons || !isSeenByMore(matter, { facts: null, events: [event] })) return null;
  return lackingFor(event.type, "approver", context);
}

async function refusedSince({ matter, event, today }: Intention, context: Context): Promise<Refusal | null> {
  const refusal = decideEvent(matter, event, today);
  return refusal === null ? null : withSince(refusal, matter, event.item ?? null, context);
}
