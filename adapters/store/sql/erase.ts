import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Erased } from "../../../src/ports/privacy.ts";
import type { Writing } from "./engine.ts";
import { type AllOwnKeys, isAnothers } from "./own-notes.ts";
import { holds } from "./text-within.ts";

/** Something that can be erased, where it stands in this register. */
export interface Found {
  readonly what: Erased;
  /** The hash of the row that holds the text; of a person that of the desk's first row, which tells one register from another. */
  readonly row: string | null;
  /** The text's row in the ledger; 0 for a person and for a proposal's. */
  readonly position: number;
}

/** What of it this register knows, each once. */
export async function find(tx: Writing, desk: string, what: readonly Erased[]): Promise<readonly Found[]> {
  const found = new Map<string, Found>();
  for (const one of what) {
    const row = await (one.kind === "person"
      ? firstRow(tx, desk)
      : proposalIn(one) === null
        ? rowOf(tx, desk, one)
        : proposalOf(tx, desk, one));
    if (row !== null) found.set(JSON.stringify(one), { what: one, row: row.hash, position: row.position });
  }
  return [...found.values()];
}

interface Row {
  readonly hash: string | null;
  readonly position: number;
}

type ErasedText = Extract<Erased, { kind: "text" }>;

const PROPOSAL = "proposal:a";

/** The number of the proposal in which a text stands; null where it stands in an event. */
function proposalIn({ eventId }: ErasedText): number | null {
  return eventId.startsWith(PROPOSAL) ? Number(eventId.slice(PROPOSAL.length)) : null;
}

/** Only where the text is there: one that is gone leaves nothing behind that could be erased again. */
async function proposalOf(tx: Writing, desk: string, one: ErasedText): Promise<Row | null> {
  const found = await tx
    .selectFrom("proposal")
    .innerJoin("proposal_text as said", (join) =>
      join.onRef("said.desk", "=", "proposal.desk").onRef("said.number", "=", "proposal.number"),
    )
    .innerJoin("ledger as first", (join) => join.onRef("first.desk", "=", "proposal.desk").onRef("first.stream", "=", "proposal.stream"))
    .select(["proposal.proposed_at", "first.hash"])
    .where("first.version", "=", 1)
    .where("proposal.desk", "=", desk)
    .where("proposal.number", "=", proposalIn(one)!)
    .where("proposal.stream", "=", one.stream)
    .where("said.path", "=", one.path)
    .executeTakeFirst();
  if (found === undefined) return null;
  return { hash: createHash("sha256").update(`${found.hash} ${found.proposed_at}`).digest("hex"), position: 0 };
}

async function rowOf(tx: Writing, desk: string, { stream, eventId, path }: ErasedText): Promise<Row | null> {
  const row = await tx
    .selectFrom("ledger")
    .select(["position", "hash", "texts"])
    .where("desk", "=", desk)
    .where("stream", "=", stream)
    .where("event_id", "=", eventId)
    .executeTakeFirst();
  return row !== undefined && Object.hasOwn(JSON.parse(row.texts) as object, path) ? row : null;
}

async function firstRow(tx: Writing, desk: string): Promise<Row> {
  const first = tx.selectFrom("ledger").select("hash").where("desk", "=", desk).where("position", "=", 1);
  return { hash: (await first.executeTakeFirst())?.hash ?? null, position: 0 };
}

/** Whether it stood there. What was proposed of the matter goes too, since a proposal's texts are bound for the same events, and forms half filled in. */
export async function eraseText(tx: Writing, desk: string, { what, position }: Found, ownKeys: AllOwnKeys): Promise<boolean> {
  if (what.kind !== "text") return false;
  if (proposalIn(what) !== null) return eraseProposed(tx, desk, what, ownKeys);
  const proposed = tx.selectFrom("proposal").select("number").where("desk", "=", desk).where("stream", "=", what.stream);
  await tx.deleteFrom("proposal_text").where("desk", "=", desk).where("number", "in", proposed).execute();
  const stood = tx.deleteFrom("private_text").where("desk", "=", desk).where("position", "=", position).where("path", "=", what.path);
  const text = await stood.returning("text").executeTakeFirst();
  if (text === undefined) return false;
  await forgetDrafts(tx, desk, text.text, ownKeys);
  return true;
}

async function eraseProposed(tx: Writing, desk: string, what: ErasedText, ownKeys: AllOwnKeys): Promise<boolean> {
  const stood = tx
    .deleteFrom("proposal_text")
    .where("desk", "=", desk)
    .where("number", "=", proposalIn(what)!)
    .where("path", "=", what.path);
  const text = await stood.returning("text").executeTakeFirst();
  if (text !== undefined) await forgetDrafts(tx, desk, text.text, ownKeys);
  return text !== undefined;
}

/** Shorter ones stand in too much else. */
const SHORTEST = 3;

/**
 * What adapters keep for a time only, as what somebody has typed, but for what was typed at another desk; what they keep for good is where they can
 * post.
 */
async function forgetDrafts(tx: Writing, desk: string, text: string, ownKeys: AllOwnKeys): Promise<void> {
  if (text.length < SHORTEST) return;
  const written = JSON.stringify(text).slice(1, -1);
  const kept = tx
    .selectFrom("keyv")
    .select("key")
    .where("expires_at", "is not", null)
    .where(holds(sql.ref("value"), written));
  for (const { key } of await kept.execute()) {
    if (!(await isAnothers(tx, desk, key, ownKeys))) await tx.deleteFrom("keyv").where("key", "=", key).execute();
  }
}
