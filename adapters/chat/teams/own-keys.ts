import type { KeptNote, OwnKeys, OwnNote } from "../../../src/ports/own-keys.ts";
import { personIdOf } from "./address.ts";

/** What is kept of people of Teams: of channels, of teams, and of where the bot was heard last nothing is one person's. */
export const ownKeys: OwnKeys = {
  adapter: "teams",
  isPerson: (ref) => personIdOf(ref) !== null,
  async notesOf(person, holding) {
    const id = personIdOf(person);
    if (id === null) return [];
    const rows = await holding(id);
    const own = rows.flatMap((note) => ofPerson(id, note));
    const conversations = new Map(own.flatMap(({ at, conversation }) => (conversation === undefined ? [] : [[conversation, at]])));
    for (const [conversation, at] of conversations) {
      const about = (await holding(conversation)).filter(({ key }) => isIn(key, `${at}/${conversation}`));
      own.push(...about.map(({ key }) => ({ key, at })));
    }
    // One tenant is served: that of their conversation, else of the one in which the bot was heard last.
    const at = own[0]?.at ?? (await lastHeard(holding));
    if (at === null) return own;
    const isAct = (key: string) => ACTS.some((kind) => key.startsWith(`${kind}/teams:${id}/`)) && own.every((one) => one.key !== key);
    const own29 = rows.filter(({ key, value }) => isAccount(id, { key, value }) || isAct(key));
    return [...own, ...own29.map(({ key }) => ({ key, at: workspaceOf(at) }))];
  },
  draftAt: (key) => DRAFT.exec(key)?.[2] ?? null,
  usualOf: async () => ({ own: null, isInstalled: false }),
};

/** What they have submitted, and what they were asked of it. */
const ACTS = ["submitted", "asked"];

const DRAFT = /^draft\/teams:([^/]+)\/(teams:[^/]+\/[^/]+)\//;

function ofPerson(id: string, { key, value }: KeptNote): readonly OwnNote[] {
  const draft = DRAFT.exec(key);
  if (draft !== null) return draft[1] === id ? [{ key, at: draft[2]! }] : [];
  const { tenant, conversation, person, of } = (typeof value === "object" && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
  // What was asked of a form lies where the form was filled in: a channel may be another desk's than its tenant.
  const asked = key.startsWith(`asked/teams:${id}/`) && typeof of === "string" ? DRAFT.exec(`${of}/`) : null;
  if (asked !== null) return [{ key, at: asked[2]! }];
  const isWhole = typeof tenant === "string" && typeof conversation === "string";
  if (isWhole && (key === `person/${id}` || (key.startsWith("conversation/") && person === id)))
    return [{ key, at: `teams:${tenant}`, conversation }];
  // Before their conversation is known, what is posted there is noted under them.
  const own = new RegExp(`(teams:[^/"#]+)/person:${id.replace(/[\\^$*+?.()|[\]{}]/g, "\\$&")}(?![^"#/;])`).exec(key);
  return own === null ? [] : [{ key, at: own[1]! }];
}

/** account/29:…, which pairs the id of Teams with that of the directory. */
function isAccount(id: string, { key, value }: KeptNote): boolean {
  return key.startsWith("account/") && (value === id || key === `account/${id}`);
}

/** The place as a whole: a:1x is not a:1xy. */
function isIn(key: string, place: string): boolean {
  const at = key.indexOf(place);
  return at >= 0 && /^(?:["#/;]|$)/.test(key.slice(at + place.length));
}

async function lastHeard(holding: (text: string) => Promise<readonly KeptNote[]>): Promise<string | null> {
  const last = (await holding("last-conversation")).find(({ key }) => key === "last-conversation");
  const { tenant } = (last?.value ?? {}) as { readonly tenant?: unknown };
  return typeof tenant === "string" ? `teams:${tenant}` : null;
}

function workspaceOf(at: string): string {
  return at.split("/")[0]!;
}
