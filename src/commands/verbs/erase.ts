import { marked, matterMark } from "../../alerts/marks.ts";
import { erasing } from "../../cards/asked-first.ts";
import { eraseCard, erasedCard } from "../../cards/erase-card.ts";
import { say } from "../../cards/say.ts";
import { refuse } from "../../law/finding.ts";
import type { Matter } from "../../matter/history.ts";
import type { Command, Context, Outcome, Values } from "../command.ts";
import { converses } from "../consent.ts";
import { erasePerson } from "../erase-person.ts";
import { erasedOf, type TextAt, textsMeant, watchesFor, whereOf } from "../erasing.ts";
import { findMatter, nameOf } from "../find.ts";
import { heldRefusal } from "../held.ts";
import { versionSeen } from "../record-event.ts";
import { typedWord } from "../tokens.ts";
import { noteTrace } from "../trail.ts";

export const BECAUSE = ["request", "retention", "mistake"];

/** Takes names and free texts out of a matter for good, or everything that says who somebody is; the chain stays whole. */
export const erase: Command = {
  verb: "erase",
  summary: "help.erase",
  group: "record",
  access: "writes",
  who: "admin",
  needsRegister: true,
  private: true,
  written: "REF|person PERSON",
  positionals: [
    { name: "ref", kind: "matter", required: true },
    { name: "person", kind: "text" },
  ],
  options: [
    { name: "path", kind: "word" },
    { name: "event", kind: "id" },
    { name: "notes", kind: "flag" },
    { name: "all", kind: "flag" },
    { name: "because", kind: "choice", allowed: BECAUSE, required: true },
    { name: "dry-run", kind: "flag" },
    { name: "confirmed", kind: "version", unasked: true, about: "help.confirmed" },
  ],
  form: null,
  examples: [
    "erase SAN-2023-018 --path respondent --because retention",
    "erase SAN-2023-018 --notes --because request",
    "erase SAN-2023-018 --event e2 --because mistake",
    "erase SAN-2023-018 --all --because request --dry-run",
    "erase person @ana --because request",
  ],
  async run(values, context) {
    if (values.person !== undefined) return values.ref === "person" ? erasePerson(values, context) : refuse("erase-one", {});
    const matter = await findMatter(values.ref as string, context);
    return "refused" in matter ? matter : eraseOf(matter, values, context);
  },
};

async function eraseOf(matter: Matter, values: Values, context: Context): Promise<Outcome> {
  const meant = await textsMeant(values, matter, context);
  if ("misunderstood" in meant) return meant;
  const { texts } = meant;
  const ref = nameOf(matter);
  const stays = meant.stays.map(whereOf);
  if (texts.length === 0) return stays.length === 0 ? refuse("erase-nothing", { ref }) : refuse("erase-stays", { ref, where: stays });
  const { store, clock, person, personName, language } = context;
  const because = values.because as string;
  if (values["dry-run"] === true) return wouldGo(matter, { texts, stays }, context);
  const seen = versionSeen(values.confirmed, matter, context);
  if ("refused" in seen) return seen;
  if (converses(context) && seen.confirmed !== matter.version) return asked(matter, { texts, stays }, values, context);
  const by = await store.people.idOf(person, personName);
  const done = await store.privacy.erase(erasedOf(matter, texts), by, clock.now(), because);
  if ("held" in done) return heldRefusal(done.held, context);
  await noteTrace(context, "erased", { verb: "erase", stream: matter.key, detail: { paths: done.erased.length, because } });
  // What stands in chats is shown anew, and every process forgets what it has read.
  await store.index.wake([matter.key]);
  const remaining = {
    lingers: done.lingers !== undefined,
    lingersForOwner: done.lingers === "not-ours",
    watches: await watchesFor(
      texts.map(({ text }) => text),
      context,
    ),
    matters: [],
    stays,
  };
  const erased = texts.map(({ eventId, path }) => ({ event: eventId, path }));
  const title = say(language, "erase.done", { ref, n: erased.length });
  return { cards: [erasedCard(language, title, remaining)], json: { ref, erased, because, remaining } };
}

interface Shown {
  readonly texts: readonly TextAt[];
  readonly stays: readonly string[];
}

/** What would go; a matter that is held says so, since nothing would. */
async function wouldGo(matter: Matter, shown: Shown, context: Context): Promise<Outcome> {
  if ((await context.store.privacy.holds()).has(matter.key)) return heldRefusal([matter.key], context);
  const ref = nameOf(matter);
  const would = shown.texts.map(({ eventId, path }) => ({ event: eventId, path }));
  return { cards: [eraseCard(context.language, ref, shown, null)], json: { ref, dryRun: true, would, remaining: { stays: shown.stays } } };
}

function asked(matter: Matter, shown: Shown, values: Values, { language, store }: Context): Outcome {
  const ref = nameOf(matter);
  const chosen = ["path", "event"].flatMap((name) =>
    values[name] === undefined ? [] : [`--${name}`, typedWord(values[name] as string) ?? ""],
  );
  const flags = ["notes", "all"].flatMap((name) => (values[name] === true ? [`--${name}`] : []));
  const version = marked(matter.version, matterMark(store.name, matter));
  const line = ["erase", matter.key, ...chosen, ...flags, "--because", values.because, "--confirmed", version].join(" ");
  const offer = erasing(language, line);
  return { ...refuse("erase-asked", { ref, n: shown.texts.length, line }), offer, card: eraseCard(language, ref, shown, offer) };
}
