import { plainCard } from "../../cards/answers.ts";
import { assignedCard, desksCard, type FormerDesk, releasedCard, type ShownDesk } from "../../cards/desks-card.ts";
import { refuse } from "../../law/finding.ts";
import type { Place } from "../../ports/chat.ts";
import type { Store } from "../../ports/store.ts";
import { type Command, type Context, misunderstood, type Outcome } from "../command.ts";

const MEMBERS = ["slack:T012AB3C4", "slack:T012AB3C4/C012AB3C4"];

/**
 * Which workspace and which place belongs to which desk. It is said at the terminal alone, by whoever has the database: in a chat an administrator
 * of one desk would decide over others.
 */
export const desk: Command = {
  verb: "desk",
  summary: "help.desk",
  group: "terminal",
  access: "writes",
  who: "admin",
  terminalOnly: true,
  needsRegister: true,
  written: "[add NAME | assign MEMBER NAME | release MEMBER]",
  positionals: [
    { name: "does", kind: "choice", allowed: ["add", "assign", "release"] },
    { name: "what", kind: "word", allowed: ["acme", ...MEMBERS] },
    { name: "name", kind: "word" },
  ],
  options: [],
  form: null,
  examples: [
    "desk",
    "desk add acme",
    "desk assign slack:T012AB3C4 acme",
    "desk assign slack:T012AB3C4/C012AB3C4 acme",
    "desk assign teams:8f6b2c1e-5d2a-4e0b-9a53-0f3f1f9f2d11 acme",
    "desk release slack:T012AB3C4/C012AB3C4",
  ],
  async run({ does, what, name }, context) {
    if (does === undefined) return listed(context);
    const usage = USAGE[does as keyof typeof USAGE];
    const isAssigning = does === "assign";
    if (what === undefined) return misunderstood("argument-missing", { name: does === "add" ? "NAME" : "MEMBER", usage });
    if (isAssigning && name === undefined) return misunderstood("argument-missing", { name: "NAME", usage });
    if (!isAssigning && name !== undefined) return misunderstood("argument-extra", { got: name as string, usage });
    if (does === "add") return added(what as string, context);
    if (isPersons(what as string)) return refuse("desk-person", { member: what as string });
    const member = memberIn(what as string);
    if (member === null) return misunderstood("desk-member", { got: what as string });
    return isAssigning ? assigned(member, name as string, context) : released(member, context);
  },
};

const USAGE = { add: "desk add NAME", assign: "desk assign MEMBER NAME", release: "desk release MEMBER" } as const;

/**
 * As the adapters name workspaces and mint places. Of Slack T… is a workspace, C… and G… are channels; an organisation's id, E…, is none of either.
 * Of Teams a tenant is a UUID, which Microsoft writes in lower case (its domain names none), and a conversation stands without the thread. What has
 * another form would belong to a desk, and nothing would ever come from it, while what was meant stayed where it is.
 */
function memberIn(typed: string): string | null {
  const teams = TEAMS.exec(typed);
  if (teams !== null) return `teams:${teams[1]!.toLowerCase()}${teams[2] ?? ""}`;
  return /^slack:T[A-Z0-9]+(\/[CG][A-Z0-9]+)?$/.test(typed) ? typed : null;
}

const TEAMS = /^teams:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(\/19:[^\s/;@]+@(?:thread|unq)\.[a-z0-9.]+)?$/i;

/** A person's own conversation goes with the person. */
function isPersons(member: string): boolean {
  return /^slack:T[^/]*\/[UWD]/.test(member) || /^teams:[^/]+\/(person|a):/.test(member);
}

/** Of a workspace that installs the app for itself: it is made when that is installed. */
const OWN_NAME = /^(slack|teams)-/;

async function added(name: string, { store, language }: Context): Promise<Outcome> {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) return misunderstood("desk-name", { got: name });
  if ((await store.desks()).includes(name)) return refuse("desk-there", { desk: name });
  if (OWN_NAME.test(name)) return refuse("desk-own-name", { got: name });
  await store.desk(name);
  return { cards: [plainCard(language, "desks.added", { desk: name })], json: { desk: name, added: true } };
}

async function assigned(member: string, name: string, { store, clock, language }: Context): Promise<Outcome> {
  const desks = await store.desks();
  if (!desks.includes(name)) return refuse("desk-unknown", { got: name, allowed: desks });
  const held = await store.members.assign(member, name, clock.now());
  if (held === name)
    return { cards: [plainCard(language, "desks.same", { member, desk: name })], json: { member, desk: name, changed: false } };
  if (held !== null) return refuse("desk-taken", { member, desk: held });
  const all = await settingUp(member, store);
  const former = all.filter(({ desk: of }) => of !== name);
  const isUnused = all.length === 0;
  return {
    cards: [assignedCard(language, { member, desk: name, former, isUnused })],
    json: { member, desk: name, changed: true, former, ...(isUnused ? { unused: true } : {}) },
  };
}

async function released(member: string, { store, clock, language }: Context): Promise<Outcome> {
  const held = await store.members.release(member, clock.now());
  if (held === null) return refuse("desk-not-given", { member });
  const former = (await settingUp(member, store)).filter(({ desk: of }) => of === held);
  return { cards: [releasedCard(language, { member, desk: held, former })], json: { member, desk: held, released: true, former } };
}

/** The desks which have set something up there. */
async function settingUp(member: string, store: Store): Promise<readonly FormerDesk[]> {
  const given = await store.members.all();
  const isThere = (place: Place) => place === member || (place.startsWith(`${member}/`) && !given.has(place));
  const found: FormerDesk[] = [];
  for (const name of await store.desks()) {
    const all = (await (await store.desk(name)).subscriptions.all()).filter(({ place }) => isThere(place));
    if (all.length > 0) found.push({ desk: name, places: all.length, watches: all.reduce((sum, { watches }) => sum + watches.length, 0) });
  }
  return found;
}

async function listed({ store, language, zone }: Context): Promise<Outcome> {
  const members = [...(await store.members.all())];
  const shown: ShownDesk[] = [];
  for (const name of await store.desks()) {
    const { ledger, index, subscriptions } = await store.desk(name);
    const [{ events, hash }, states, all] = [await ledger.head(), await index.states(), await subscriptions.all()];
    const of = members.flatMap(([member, held]) => (held === name ? [member] : [])).sort();
    shown.push({
      ...{ desk: name, events, head: hash },
      members: await Promise.all(of.map(async (member) => ({ member, since: (await store.members.given(member)).at(-1)!.at }))),
      matters: [...states.values()].reduce((sum, count) => sum + count, 0),
      places: all.length,
      watches: all.reduce((sum, { watches }) => sum + watches.length, 0),
    });
  }
  return { cards: [desksCard(language, shown, zone)], json: { desks: shown } };
}
