import { gathered } from "../alerts/gathered.ts";
import { marked, personMark, unmarked } from "../alerts/marks.ts";
import { erasing } from "../cards/asked-first.ts";
import { erasedCard, erasePersonCard } from "../cards/erase-card.ts";
import { text } from "../cards/matter-card.ts";
import { say } from "../cards/say.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import type { Matter } from "../matter/history.ts";
import { isPrivate } from "../matter/texts.ts";
import type { Erased } from "../ports/privacy.ts";
import type { Context, Outcome, Values } from "./command.ts";
import { converses } from "./consent.ts";
import { assignmentsTo, spokenName } from "./erasing.ts";
import { nameOf } from "./find.ts";
import { heldRefusal } from "./held.ts";
import { personMeant } from "./person-meant.ts";
import { keysInSight } from "./sighted-register.ts";
import { noteTrace } from "./trail.ts";

interface Known {
  readonly id: string;
  readonly name: string;
  readonly ref: string;
  /** Named so that nobody else can be meant at any desk: by their reference, or by a button that was shown about them. */
  readonly isExact: boolean;
}

/** Somebody's name, their reference and what hangs on it: afterwards an opaque id is all that is left of them. */
export async function erasePerson(values: Values, context: Context): Promise<Outcome> {
  const known = await whoIsMeant(values.person as string, context);
  if ("refused" in known) return known;
  const { store, clock, person, personName, language } = context;
  const { id, name } = known;
  const because = values.because as string;
  const by = await store.people.idOf(person, personName);
  // Whoever does it is noted as having done it, and so would be known anew.
  if (by === id) return refuse("erase-self");
  const given = await givenTo(known, context);
  // Everywhere it is erased; what is told counts what whoever asks could read themselves.
  const texts = await countedIn(given, context);
  if (values["dry-run"] === true) return wouldGo(known, given.length, context);
  const version = await store.privacy.version();
  if (converses(context) && (!known.isExact || Number(unmarked(String(values.confirmed ?? -1)).id) !== version)) {
    const line = `erase person ${marked(id, personMark(store.name, id, known.ref))} --because ${because} --confirmed ${version}`;
    const offer = erasing(language, line);
    const card = erasePersonCard(language, name, { id, texts }, offer);
    return { ...refuse("erase-person-asked", { name, line }), offer, card };
  }
  const named = await namedIn(name, context);
  context.looks.add(named.map(({ key }) => key));
  const matters = named.map(nameOf);
  const done = await store.privacy.erase([{ kind: "person", person: id }, ...given], by, clock.now(), because);
  if ("held" in done) return heldRefusal(done.held, context);
  await noteTrace(context, "erased", { verb: "erase", stream: null, detail: { person: id, texts, because } });
  await store.index.wake("all");
  const lingering = { lingers: done.lingers !== undefined, lingersForOwner: done.lingers === "not-ours" };
  const remaining = { ...lingering, watches: [], matters, stays: [] };
  const title = say(language, "erase.person-done", { id, texts });
  return { cards: [erasedCard(language, title, remaining)], json: { person: id, erased: { texts }, because, remaining } };
}

/** What would go, and where the name would stay; nothing is erased. */
async function wouldGo({ id, name }: Known, texts: number, context: Context): Promise<Outcome> {
  const named = await namedIn(name, context);
  context.looks.add(named.map(({ key }) => key));
  const matters = named.map(nameOf);
  const card = erasePersonCard(context.language, name, { id, texts }, null);
  const naming = matters.length === 0 ? [] : [text(say(context.language, "erase.named-in", { matters }))];
  return {
    cards: [{ ...card, blocks: [...naming, ...card.blocks] }],
    json: { person: id, dryRun: true, would: { texts }, remaining: { matters } },
  };
}

/** By opaque id, as a history shows those whose name is gone already, else as any other command means a person. */
async function whoIsMeant(text: string, context: Context): Promise<Known | Refusal> {
  const { people, name: desk } = context.store;
  const typed = unmarked(text);
  const id = /^p[1-9]\d{0,8}$/.test(typed.id) ? typed.id : null;
  const ref = id === null ? null : await people.refOf(id);
  if (id !== null && ref !== null) {
    const isMarked = typed.mark !== null;
    if (isMarked && typed.mark !== personMark(desk, id, ref)) return refuse("shown-elsewhere", { what: id, line: `about ${id}` });
    return { id, ref, name: (await people.nameOf(id)) ?? ref, isExact: isMarked };
  }
  const meant = await personMeant(text, context);
  return "refused" in meant ? meant : { id: meant.id, ref: meant.person, name: meant.name, isExact: meant.person === text };
}

/** The texts by which matters were given to them: by their name only where nobody else bears it. */
async function givenTo({ ref, name }: Known, context: Context): Promise<readonly Erased[]> {
  const isAlone = (await context.store.people.named(name)).length === 1;
  return assignmentsTo(new Set([spokenName(ref), ...(isAlone ? [spokenName(name)] : [])]), context);
}

/** How many of them stand in matters in sight. */
async function countedIn(given: readonly Erased[], { register }: Context): Promise<number> {
  const streams = new Set(given.flatMap((one) => (one.kind === "text" ? [one.stream] : [])));
  const seen = await keysInSight(streams, register);
  return given.filter((one) => one.kind === "text" && seen.has(one.stream)).length;
}

/** The matters in sight whose texts hold the name: what people have written in their own words is erased by whoever has read it. */
export async function namedIn(name: string, { register }: Context): Promise<readonly Matter[]> {
  const wanted = spokenName(name);
  if (wanted.length < SHORTEST) return [];
  return gathered(register.each(), (some) =>
    some.filter(({ facts, events }) => texts([facts, events]).some((text) => text.toLowerCase().includes(wanted))),
  );
}

const SHORTEST = 3;

function texts(value: unknown, field = ""): readonly string[] {
  if (typeof value === "string") return isPrivate(field) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((entry) => texts(entry, field));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) => texts(entry, name));
}
