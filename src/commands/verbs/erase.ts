import { eraseCard, erasedCard } from "../../cards/erase-card.ts";
import { say } from "../../cards/say.ts";
import { refuse } from "../../law/finding.ts";
import type { Matter } from "../../matter/history.ts";
import type { Command, Context, Outcome, Values } from "../command.ts";
import { converses } from "../consent.ts";
import { erasePerson } from "../erase-person.ts";
import { erasedOf, type TextAt, textsMeant, watchesFor } from "../erasing.ts";
import { findMatter, nameOf } from "../find.ts";
import { heldRefusal } from "../held.ts";
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
    { name: "confirmed", kind: "count", unasked: true },
  ],
  form: null,
  examples: [
    "erase SAN-2023-018 --path respondent --because retention",
    "erase SAN-2023-018 --notes --because request",
    "erase SAN-2023-018 --event e2 --because mistake",
    "erase person @ana --because request",
  ],
  async run(values, context) {
    if (values.person !== undefined) return values.ref === "person" ? erasePerson(values, context) : refuse("erase-one", {});
    const matter = await findMatter(values.ref as string, context);
    return "refused" in matter ? matter : eraseOf(matter, values, context);
  },
};

async function eraseOf(matter: Matter, values: Values, context: Context): Promise<Outcome> {
  const texts = await textsMeant(values, matter, context);
  if ("misunderstood" in texts) return texts;
  const ref = nameOf(matter);
  if (texts.length === 0) return refuse("erase-nothing", { ref });
  const { store, clock, person, personName, language } = context;
  const because = values.because as string;
  if (converses(context) && Number(values.confirmed ?? -1) !== matter.version) return asked(matter, texts, values, context);
  const by = await store.people.idOf(person, personName);
  const done = await store.privacy.erase(erasedOf(matter, texts), by, clock.now(), because);
  if ("held" in done) return heldRefusal(done.held, context);
  await noteTrace(context, "erased", { verb: "erase", stream: matter.key, detail: { paths: done.erased.length, because } });
  // What stands in chats is shown anew, and every process forgets what it has read.
  await store.index.wake([matter.key]);
  const remaining = {
    lingers: done.lingers === true,
    watches: await watchesFor(
      texts.map(({ text }) => text),
      context,
    ),
    matters: [],
  };
  const erased = texts.map(({ eventId, path }) => ({ event: eventId, path }));
  const title = say(language, "erase.done", { ref, n: erased.length });
  return { cards: [erasedCard(language, title, remaining)], json: { ref, erased, because, remaining } };
}

function asked(matter: Matter, texts: readonly TextAt[], values: Values, { language }: Context): Outcome {
  const ref = nameOf(matter);
  const chosen = ["path", "event"].flatMap((name) =>
    values[name] === undefined ? [] : [`--${name}`, typedWord(values[name] as string) ?? ""],
  );
  const flags = ["notes", "all"].flatMap((name) => (values[name] === true ? [`--${name}`] : []));
  const line = ["erase", matter.key, ...chosen, ...flags, "--because", values.because, "--confirmed", matter.version].join(" ");
  const offer = { label: say(language, "erase.button"), command: line, style: "danger", confirm: say(language, "erase.for-good") } as const;
  return { ...refuse("erase-asked", { ref, n: texts.length, line }), offer, card: eraseCard(language, ref, texts, offer) };
}
