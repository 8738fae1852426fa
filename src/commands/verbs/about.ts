import { type AboutRow, type AboutSection, aboutCard } from "../../cards/about-card.ts";
import { auditCard } from "../../cards/audit-card.ts";
import { say } from "../../cards/say.ts";
import { type Refusal, refuse } from "../../law/finding.ts";
import type { Language } from "../../time/wording.ts";
import { type About, aboutPerson, type OfMatter, type Somebody } from "../about-person.ts";
import { auditOfDesk } from "../audit.ts";
import type { Command, Context } from "../command.ts";
import { namedIn } from "../erase-person.ts";
import { nameOf } from "../find.ts";
import { meetMentioned, PLACE } from "../person-or-place.ts";
import { noteTrace } from "../trail.ts";
import { entryJson } from "./audit.ts";

/** Of what they did so much is told. */
const LATEST = 10_000;

/** Everything about a person that the register holds, for whoever asks what is kept about them. */
export const about: Command = {
  verb: "about",
  summary: "help.about",
  group: "record",
  access: "reads",
  who: "admin",
  private: true,
  needsRegister: true,
  positionals: [{ name: "person", kind: "text", required: true, offers: "person" }],
  options: [],
  form: null,
  examples: ["about @ana", "about slack:T1/U2", "about p3"],
  async run(values, context) {
    const one = await somebody(values.person as string, context);
    if ("refused" in one) return one;
    const { language, zone, sights, looks } = context;
    const held = await aboutPerson(one, context);
    const naming = one.name === null ? [] : await namedIn(one.name, context);
    // That somebody asked this question stands in the audit alone: else each answer would tell of the one before it.
    const done = (await auditOfDesk(LATEST, [one.id], context)).filter(({ action, verb }) => action !== "viewed" || verb !== about.verb);
    looks.add([...keysIn(held), ...naming.map(({ key }) => key), ...done.flatMap(({ stream }) => stream ?? [])]);
    await noteTrace(context, "viewed", { verb: "about", detail: { person: one.id } });
    const role = one.ref === null ? null : (await sights.ofPerson(one.ref)).role;
    const named = naming.map(nameOf);
    const card = aboutCard(language, { ...one, role, named, sections: sectionsOf(held, language) }, zone);
    const json = { person: one.id, reference: one.ref, name: one.name, role, ...held, named, trail: done.map(entryJson) };
    return { cards: [card, auditCard(language, null, done, zone)], json };
  },
};

/** By opaque id, whether they are known still or not; else by mention, reference or name. Nobody is met by asking. */
async function somebody(text: string, context: Context): Promise<Somebody | Refusal> {
  const { people } = context.store;
  await meetMentioned(text, context);
  const name = text.trim().replace(/^@/, "");
  const known = /^me$/i.test(name) ? await people.known(context.person) : PLACE.test(text) ? await people.known(text) : null;
  const ids = known !== null ? [known] : /^p[1-9]\d{0,8}$/.test(name) ? [name] : await people.named(name);
  if (ids.length > 1) return refuse("person-ambiguous", { name, candidates: ids });
  const [id] = ids;
  return id === undefined ? refuse("person-unknown", { name }) : { id, ref: await people.refOf(id), name: await people.nameOf(id) };
}

function keysIn({ admissions, recorded, acknowledged, snoozed, proposals, assigned }: About): readonly string[] {
  const streams = [...acknowledged, ...snoozed].map(({ stream }) => stream);
  return [...new Set([...[...admissions, ...recorded, ...proposals, ...assigned].map(({ key }) => key), ...streams])];
}

function sectionsOf(held: About, language: Language): readonly AboutSection[] {
  const event = ({ key, event: id, type, at }: OfMatter): AboutRow => ({ at, where: key, what: id === null ? type : `${id} · ${type}` });
  return [
    {
      key: "about.roles",
      rows: held.roles.map(({ role, at }) => ({
        at,
        where: null,
        what: role === null ? say(language, "about.back") : say(language, "role.name", { role }),
      })),
    },
    {
      key: "about.admissions",
      rows: held.admissions.map(({ key, admitted, at }) => ({ at, where: key, what: say(language, admitted ? "about.in" : "about.out") })),
    },
    { key: "about.recorded", rows: held.recorded.map(event) },
    { key: "about.assigned", rows: held.assigned.map(event) },
    {
      key: "about.acknowledged",
      rows: held.acknowledged.map(({ stream, item, stage, at }) => ({ at, where: stream, what: `${item} · ${stage}` })),
    },
    { key: "about.snoozed", rows: held.snoozed.map(({ stream, until, at }) => ({ at, where: stream, what: until ?? "" })) },
    {
      key: "about.proposals",
      rows: held.proposals.map(({ id, key, outcome, at }) => ({ at, where: key, what: outcome === null ? id : `${id} · ${outcome}` })),
    },
    {
      key: "about.places",
      rows: held.places.map(({ place, watch, filters, at }) => ({
        at,
        where: place,
        what: [...(watch === null ? [] : [watch]), ...filters].join(" "),
      })),
    },
  ];
}
