import type { KeptNote, OwnKeys, OwnNote } from "../../../src/ports/own-keys.ts";
import { deskOfTeam } from "./workspaces.ts";

/** What is kept of Slack's people: installations, and what a workspace is known to refuse, are nobody's. */
export const ownKeys: OwnKeys = {
  adapter: "slack",
  isPerson: (ref) => PERSON.test(ref),
  async notesOf(person, holding) {
    const user = PERSON.exec(person)?.[1];
    if (user === undefined) return [];
    const own = (await holding(user)).flatMap((note) => ofUser(user, note));
    const conversations = new Map(own.flatMap(({ at, conversation }) => (conversation === undefined ? [] : [[conversation, at]])));
    for (const [conversation, at] of conversations)
      own.push(...(await holding(conversation)).filter(({ key }) => isAbout(key, at, conversation)).map(({ key }) => ({ key, at })));
    return own;
  },
  draftAt,
  async usualOf(at, holding) {
    const team = /^slack:([A-Z0-9]+)/.exec(at)?.[1];
    if (team === undefined) return { own: null, isInstalled: false };
    const installation = `slack/installation/${team}`;
    return { own: deskOfTeam(team), isInstalled: (await holding(installation)).some(({ key }) => key === installation) };
  },
};

function draftAt(key: string): string | null {
  const [slack, kind, team, , channel] = key.split("/");
  return slack === "slack" && kind === "draft" && channel !== undefined ? `slack:${team}/${channel}` : null;
}

/** Users of a workspace begin with U, those of an organisation with W (Slack, "Object types"). */
const PERSON = /^slack:[A-Z0-9]+\/([UW][^/]*)$/;

/** Notes by the user's id: drafts, and what was asked of one, by the conversation in which it was written, the others by the workspace. */
function ofUser(user: string, { key, value }: KeptNote): readonly OwnNote[] {
  const [slack, kind, team = "", of = "", channel] = key.split("/");
  if (slack !== "slack") return [];
  const at = `slack:${team}`;
  if (kind === "draft" && of === user) return [{ key, at: channel === undefined ? at : `${at}/${channel}` }];
  if (kind === "direct" && of === user) return [{ key, at, ...(typeof value === "string" ? { conversation: value } : {}) }];
  if (kind === "whose" && value === user) return [{ key, at, conversation: of }];
  if (kind === "asked" && of === user) return [{ key, at: askedAt(value) ?? at }];
  if (kind === "person" && of === user) return [{ key, at }];
  const place = placeIn(key);
  return place !== null && place[1] === user ? [{ key, at: `slack:${place[0]}` }] : [];
}

/** Where the form lay that was asked about: a channel that is lent to another desk is that one's. */
function askedAt(value: unknown): string | null {
  const { of } = (typeof value === "object" && value !== null ? value : {}) as { readonly of?: unknown };
  return typeof of === "string" ? draftAt(of) : null;
}

/** What was posted to their own conversation, and who reads there. */
function isAbout(key: string, at: string, conversation: string): boolean {
  const place = placeIn(key);
  return place !== null && `slack:${place[0]}` === at && place[1] === conversation;
}

const NOTED = /^slack\/(?:parts|update|audience)\/(?:\["|)(?:slack:|)([A-Z0-9]+)\/([A-Z0-9]+)(?![A-Z0-9])/;

/** slack/parts/["slack:T1/U3",…], slack/update/slack:T1/D7/1.0, slack/audience/T1/D7. */
function placeIn(key: string): readonly [team: string, channel: string] | null {
  const found = NOTED.exec(key);
  return found === null ? null : [found[1]!, found[2]!];
}
