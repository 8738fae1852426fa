import type { EventType } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import { splitTexts } from "../matter/texts.ts";
import type { LedgerRow } from "../ports/ledger.ts";
import type { Erased } from "../ports/privacy.ts";
import type { Proposals } from "../ports/proposals.ts";
import type { Day } from "../time/day.ts";
import { type Context, type Misunderstanding, misunderstood, type Values } from "./command.ts";

/** A name or a free text of a matter, as the register holds it. */
export interface TextAt {
  /** proposal:a1 for what was proposed. */
  readonly eventId: string;
  readonly type: string;
  /** The day of its event; null for the facts of the matter. */
  readonly on: Day | null;
  readonly path: string;
  readonly text: string;
}

/** What people write in their own words: who is meant by an event stays. */
const NOTES: ReadonlySet<string> = new Set(["note", "text", "because", "source", "declined"]);

/** What a line means. */
export interface Meant {
  readonly texts: readonly TextAt[];
  /** What an earlier version has recorded in the chain itself, where it cannot be erased. */
  readonly stays: readonly TextAt[];
}

/** The texts of a matter that a line means: by path, by event, all that people wrote down, or all. A path is meant in corrections of it too. */
export async function textsMeant(values: Values, matter: Matter, { store }: Context): Promise<Meant | Misunderstanding> {
  const { path, event } = values as { readonly path?: string; readonly event?: string };
  if (path === undefined && event === undefined && values.notes !== true && values.all !== true) return misunderstood("erase-what");
  const isMeant = (one: TextAt) => {
    if (event !== undefined && one.eventId !== event) return false;
    if (path !== undefined && one.path !== path && !one.path.endsWith(`.${path}`)) return false;
    return values.notes !== true || NOTES.has(one.path.slice(one.path.lastIndexOf(".") + 1));
  };
  const held: readonly Held[] = [...(await proposed(matter, store.proposals)), ...(await store.ledger.read(matter.key))];
  const listed = (texts: (one: Held) => Readonly<Record<string, string>>) =>
    held.flatMap((one) => {
      const { eventId, type, on } = one;
      return Object.entries(texts(one)).map(([at, text]): TextAt => ({ eventId, type, on, path: at, text }));
    });
  return {
    texts: listed(({ texts }) => texts).filter(isMeant),
    stays: listed(({ data, type }) => splitTexts(data, type as EventType).texts).filter(isMeant),
  };
}

type Held = Pick<LedgerRow, "eventId" | "type" | "on" | "data" | "texts">;

/** What was proposed of it, whatever became of that: first, since what is erased of the matter takes it along. */
async function proposed({ key }: Matter, proposals: Proposals): Promise<readonly Held[]> {
  return (await proposals.about(key)).map(({ id, event, texts }) => {
    const { kept: _kept, ...data } = event;
    return { eventId: `proposal:${id}`, type: String(event.type), on: null, data, texts };
  });
}

/** Where a text stands, in few words: e2 because. */
export function whereOf({ eventId, path }: TextAt): string {
  return `${eventId} ${path}`;
}

export function erasedOf({ key }: Matter, texts: readonly TextAt[]): readonly Erased[] {
  return texts.map(({ eventId, path }) => ({ kind: "text", stream: key, eventId, path }));
}

/** Where the texts of a person stand in the ledger: who a matter was given to, by the reference or by the name that they alone bear. */
export async function assignmentsTo(names: ReadonlySet<string>, { store }: Context): Promise<readonly Erased[]> {
  const found: Erased[] = [];
  for (let after = 0; ; ) {
    const rows = await store.ledger.readAll(after, PAGE);
    for (const { stream, eventId, texts, position } of rows) {
      after = position;
      for (const [path, text] of Object.entries(texts)) {
        const isOfPerson = path === "to" || path.endsWith(".to");
        if (isOfPerson && names.has(spokenName(text))) found.push({ kind: "text", stream, eventId, path });
      }
    }
    if (rows.length < PAGE) return found;
  }
}

const PAGE = 2_000;

/** Case and a leading @ count for nothing in a name. */
export function spokenName(name: string): string {
  return name.trim().replace(/^@/, "").normalize("NFC").toLowerCase();
}

/** The watches that look for one of these texts: what they look for was typed by people, and stays. */
export async function watchesFor(texts: readonly string[], { store }: Context): Promise<readonly string[]> {
  const wanted = texts.map((text) => text.toLowerCase()).filter((text) => text.length >= SHORTEST);
  const names = (filter: string) => {
    const value = filter.slice(filter.indexOf(":") + 1).toLowerCase();
    return value.length >= SHORTEST && wanted.some((text) => text.includes(value));
  };
  const all = (await store.subscriptions.all()).flatMap(({ watches }) => watches);
  return all.filter(({ filters }) => filters.some((filter) => /^respondent:|^[^:]+$/i.test(filter) && names(filter))).map(({ id }) => id);
}

const SHORTEST = 3;
