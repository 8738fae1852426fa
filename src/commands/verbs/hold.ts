import { nameApart } from "../../alerts/names.ts";
import { plainCard } from "../../cards/answers.ts";
import { holdsCard } from "../../cards/retention-card.ts";
import type { Command, Context, Outcome, Values } from "../command.ts";
import { findMatter, nameOf } from "../find.ts";
import { withLeftOut } from "../left-out.ts";
import { noteTrace } from "../trail.ts";

/** Forbids that anything of a matter is erased; without one, lists what is held. */
export const hold: Command = {
  verb: "hold",
  summary: "help.hold",
  group: "record",
  access: "writes",
  who: "admin",
  positionals: [{ name: "ref", kind: "matter" }],
  options: [],
  form: null,
  examples: ["hold SAN-2023-018", "hold"],
  run: (values, context) => (values.ref === undefined ? held(context) : settle(values, true, context)),
};

/** Lifts a hold. */
export const release: Command = {
  verb: "release",
  summary: "help.release",
  group: "record",
  access: "writes",
  who: "admin",
  positionals: [{ name: "ref", kind: "matter", required: true }],
  options: [],
  form: null,
  examples: ["release SAN-2023-018"],
  run: (values, context) => settle(values, false, context),
};

async function settle(values: Values, wanted: boolean, context: Context): Promise<Outcome> {
  const matter = await findMatter(values.ref as string, context);
  if ("refused" in matter) return matter;
  const { store, clock, person, personName, language } = context;
  const stream = matter.key;
  const changed = (await store.privacy.holds()).has(stream) !== wanted;
  if (changed) {
    await store.privacy.hold({ stream, held: wanted, by: await store.people.idOf(person, personName), at: clock.now() });
    await noteTrace(context, wanted ? "held" : "released", { verb: wanted ? "hold" : "release", stream });
  }
  const ref = nameOf(matter);
  return { cards: [plainCard(language, wanted ? "hold.set" : "hold.off", { ref })], json: { ref, held: wanted, changed } };
}

async function held(context: Context): Promise<Outcome> {
  const { store, register, language, zone } = context;
  const holds = await store.privacy.holds();
  const matters = await register.some([...holds.keys()]);
  const rows = [];
  for (const matter of matters) {
    const { by, at } = holds.get(matter.key)!;
    rows.push({ ref: nameOf(matter), by: await nameApart(by, store.people), byId: by, at });
  }
  const card = await withLeftOut(holdsCard(language, rows, zone), context);
  return { cards: [card], json: { held: rows.map(({ ref, by, byId, at }) => ({ ref, by, byId, at })) } };
}
