import { changedCard, type Intended, type ToldAs } from "../cards/consent-card.ts";
import { narrowedCard, narrowedYoursCard, unheardChangeCard } from "../cards/nameless-card.ts";
import { say } from "../cards/say.ts";
import { compare } from "../matter/difference.ts";
import type { RecordedEvent } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import { sees, visibilityOf } from "../matter/sight.ts";
import type { PersonRef, Place } from "../ports/chat.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { hearersOfChange } from "./change-hearers.ts";
import type { Scene } from "./look.ts";
import { marked, matterMark } from "./marks.ts";
import { called, namesOfPeople } from "./names.ts";
import { orFault } from "./or-fault.ts";
import { sightsNow } from "./sight-book.ts";
import type { TickHost } from "./tick.ts";
import type { ToTell } from "./told-alone.ts";
import { mendedBefore, valuesBefore } from "./values-before.ts";

/** An event of which somebody else has to hear, with the matter before and after it. */
export interface Change {
  readonly scene: Scene;
  readonly recorded: RecordedEvent;
  readonly before: Matter;
  readonly after: Matter;
  /** It takes the matter from whose it is, and changes nothing else. */
  readonly isTaken: boolean;
}

/** Whoever is let in by a change is let in a moment after it is recorded. */
const SETTLED = 10_000;

/** Whom a change is told to, and in what words; or until when it cannot be said, since those who see the matter are not settled yet. */
export async function tellingsOfChange(
  host: TickHost,
  change: Change,
  since: Instant,
  now: Instant,
): Promise<{ readonly tell: readonly ToTell[] } | { readonly until: Instant }> {
  const { recorded, scene } = change;
  const { matter } = scene;
  const hearers = await hearersOfChange(host, change, since);
  const isHidden = hearers.hidden.length > 0 || hearers.isUnheard;
  const until = instantOf(millisecondsOf(recorded.recordedAt as Instant) + SETTLED);
  if (isHidden && visibilityOf(matter) === "restricted" && now < until) return { until };
  const intended = await intendedOf(host, change);
  if (intended === null) return { tell: [] };
  const name = (await host.people.nameOf(recorded.by)) ?? recorded.by;
  const approver = await approverOf(host, recorded, matter);
  const basis = { matter, name: ["change", matter.key, recorded.id] } as const;
  const shown = { event: recorded.id, type: recorded.event.type };
  const whole = (place: Place, as: ToldAs, undo: (language: Language) => string | null): ToTell => ({
    ...{ ...basis, place, kind: "change", shown: { ...shown, as } },
    card: (language) => changedCard(language, intended, { key: matter.key, name, approver, undo: undo(language), as }),
  });
  const tell: ToTell[] = [];
  for (const { place, person, as } of hearers.told) tell.push(whole(place, as, await undoing(host, change, { person, as })));
  const isNarrowed = narrows(change);
  if (isNarrowed)
    for (const place of hearers.hidden)
      tell.push({ ...basis, place, kind: "withheld", shown, nameless: true, card: (language) => narrowedYoursCard(language, name) });
  const operations = await operationsOf(host);
  if (operations === null) return { tell };
  // What the terminal hides was hidden by whoever has everything.
  const isToOperations = isNarrowed && (await host.people.refOf(recorded.by))?.startsWith("console:") !== true;
  const nameless = (card: ToTell["card"]): ToTell => ({ ...basis, place: operations, kind: "withheld", shown, nameless: true, card });
  if (isToOperations) tell.push(nameless(narrowedCard));
  else if (hearers.isUnheard) {
    const isSeen = sees((await sightsNow(host, [operations])).get(operations)!, matter);
    tell.push(isSeen ? whole(operations, "changed.no-owner", () => null) : nameless(unheardChangeCard));
  }
  return { tell };
}

function narrows({ before, recorded: { event } }: Change): boolean {
  return event.type === "visibility" && event.to === "restricted" && visibilityOf(before) !== "restricted";
}

/** Who approved it, where the one by whom it is recorded has but proposed it. */
async function approverOf({ consent, people }: TickHost, { id, by }: RecordedEvent, { key }: Matter): Promise<string | null> {
  const proposals = (await consent?.proposals.about(key)) ?? [];
  const approved = proposals.find((one) => one.outcome?.kind === "approved" && one.outcome.eventId === id && one.by === by);
  const approver = approved?.outcome?.by ?? null;
  return approver === null ? null : ((await people.nameOf(approver)) ?? approver);
}

async function operationsOf(host: TickHost): Promise<Place | null> {
  const place = await host.operations();
  return place === null || host.adapterOf(place) === null ? null : place;
}

async function intendedOf(host: TickHost, { scene, recorded, before, after }: Change): Promise<Intended | null> {
  const { matter, today } = scene;
  const compared = orFault(host, scene, () => compare(before, after, today));
  if (compared === null) return null;
  const people = await namesOfPeople([matter], host.people);
  const { ref, addressee } = matter.facts;
  return {
    ref: addressee === undefined ? ref : `${ref}/${addressee}`,
    event: recorded.event,
    comparison: { ...compared, before: called(compared.before, people) },
    was: valuesBefore(matter, recorded),
    mends: mendedBefore(matter, recorded),
  };
}

/** The line that takes it back, for those who may record that. */
async function undoing(
  host: TickHost,
  { scene, recorded }: Change,
  { person, as }: { readonly person: PersonRef; readonly as: ToldAs },
): Promise<(language: Language) => string | null> {
  const { role } = await host.sights.ofPerson(person);
  const approves = role === "approver" || role === "admin";
  const may = approves || (role === "editor" && recorded.event.type !== "visibility");
  const { matter, today } = scene;
  const mark = host.consent === undefined ? null : matterMark(host.consent.name, matter);
  const seen = mark === null ? matter.version : marked(matter.version, mark);
  const because = as.startsWith("changed.registered") ? "changed.undo-because-registered" : "changed.undo-because";
  return (language) =>
    may
      ? `corrected ${matter.key} --on ${today} --event ${recorded.id} --void --because "${say(language, because)}" --confirmed ${seen}`
      : null;
}
