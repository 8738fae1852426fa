import { isTheirs } from "../../alerts/owner.ts";
import { plainCard } from "../../cards/answers.ts";
import type { Key } from "../../cards/say.ts";
import { authorityOf } from "../../law/catalogue.ts";
import { type Refusal, refuse } from "../../law/finding.ts";
import { normaliseRef } from "../../matter/key.ts";
import { visibilityOf } from "../../matter/sight.ts";
import type { Command, Context, Outcome, Values } from "../command.ts";
import { findMatter } from "../find.ts";
import { lackingFor } from "../permission.ts";
import { type PersonMeant, personMeant, personShown } from "../person-meant.ts";
import { noteTrace } from "../trail.ts";

const POSITIONALS = [
  { name: "ref", kind: "matter", required: true },
  { name: "person", kind: "text", required: true, offers: "person" },
] as const;

/** Lets somebody in on a restricted matter. */
export const admit: Command = {
  verb: "admit",
  summary: "help.admit",
  group: "record",
  access: "writes",
  who: "editor",
  positionals: POSITIONALS,
  options: [],
  examples: ["admit SAN-2023-018 @ana", "admit CNIL:SAN-2023-018 me"],
  run: (values, context) => settle(values, true, context),
};

/** Sends somebody away from a restricted matter. */
export const dismiss: Command = {
  verb: "dismiss",
  summary: "help.dismiss",
  group: "record",
  access: "writes",
  who: "editor",
  positionals: POSITIONALS,
  options: [],
  examples: ["dismiss SAN-2023-018 @ana"],
  run: (values, context) => settle(values, false, context),
};

async function settle(values: Values, admitted: boolean, context: Context): Promise<Outcome> {
  const found = await streamMeant(values.ref as string, context);
  if ("refused" in found) return found;
  const meant = await personMeant(values.person as string, context);
  if ("refused" in meant) return meant;
  const { store, clock, person, personName, language } = context;
  const { key, isBlind } = found;
  const lacking = admitted ? null : await mayNotDismiss(key, meant, context);
  if (lacking !== null) return lacking;
  const held = (await store.access.admitted()).get(key) ?? new Set<string>();
  const changes = held.has(meant.id) !== admitted;
  // Of a matter that they do not see an administrator must not learn who is in: the same is written, and told, whatever there is.
  if (changes || isBlind) {
    const by = await store.people.idOf(person, personName);
    await store.access.admit([{ stream: key, person: meant.id, admitted, by, at: clock.now() }]);
    await noteTrace(context, admitted ? "admitted" : "dismissed", {
      verb: admitted ? "admit" : "dismiss",
      stream: key,
      detail: { person: meant.id },
    });
    await store.index.wake([key]);
  }
  const args = { key, name: personShown(meant) };
  const left = held.size - (changes && !admitted ? 1 : 0);
  const gone: Key = left === 0 ? "dismiss.last" : "dismiss.done";
  const said: Key = admitted ? "admit.done" : changes ? gone : "dismiss.never";
  const blind: Key = admitted ? "admit.blind" : "dismiss.blind";
  const card = plainCard(language, isBlind ? blind : said, args);
  return {
    cards: [card],
    json: { ref: key, person: meant.person, name: meant.name, admitted, ...(isBlind ? { blind: true } : { changed: changes }) },
  };
}

/** Whoever has somebody else's matter to themselves can do with it as they like: an approver alone sends away whose it is, or was. */
async function mayNotDismiss(key: string, { id }: PersonMeant, context: Context): Promise<Refusal | null> {
  const lacking = await lackingFor("dismiss", "approver", context);
  const matter = lacking === null || id === (await context.clearance()).id ? null : await context.register.matter(key);
  return matter !== null && (await isTheirs(context.store.people, matter, id)) ? lacking : null;
}

/**
 * The matter that is named, where it is in sight and restricted. An administrator may name one that is not in sight by its whole key, and is
 * answered alike whether there is one or not; everybody else is told, as of any other, that it is not known.
 */
async function streamMeant(name: string, context: Context): Promise<{ readonly key: string; readonly isBlind: boolean } | Refusal> {
  const found = await findMatter(name, context);
  const { role } = await context.clearance();
  if ("refused" in found) {
    // Whoever sees everything is told nothing new by it.
    if ((await context.sight()).restricted === "all") return found;
    const key = found.refused === "matter-not-found" && role === "admin" ? wholeKey(name) : null;
    return key === null ? found : { key, isBlind: true };
  }
  return visibilityOf(found) === "restricted"
    ? { key: found.key, isBlind: false }
    : refuse("admit-not-restricted", { ref: found.facts.ref });
}

/** A key as the register has it, from one that was typed whole: CNIL:SAN-2023-018, with /google-llc where there are several addressees. */
function wholeKey(name: string): string | null {
  const [, code = "", ref = "", addressee] = /^([^:\s]+):([^/]+)(?:\/([^/\s]+))?$/.exec(name.trim()) ?? [];
  const authority = authorityOf(code);
  if (authority === null || normaliseRef(ref) === "") return null;
  return `${authority.code}:${normaliseRef(ref)}${addressee === undefined ? "" : `/${addressee.toLowerCase()}`}`;
}
