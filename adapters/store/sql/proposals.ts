import type { Place } from "../../../src/ports/chat.ts";
import type { Json } from "../../../src/ports/ledger.ts";
import type { Proposal, ProposalOutcome, Proposals } from "../../../src/ports/proposals.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { inChunks } from "./chunks.ts";
import type { Database, Engine } from "./engine.ts";
import { lastNumber } from "./numbered.ts";
import type { ProposalOutcomeTable, ProposalTable, ProposalTextTable } from "./schema-privacy.ts";

/** Why it was declined, among its texts. */
const DECLINED = "declined";

/** What waits for another person's approval at one desk. */
export function proposalsOf(db: Database, engine: Engine, desk: string): Proposals {
  const all = db.selectFrom("proposal").selectAll().where("proposal.desk", "=", desk).orderBy("proposal.number");

  async function whole(rows: readonly ProposalTable[]): Promise<readonly Proposal[]> {
    const numbers = rows.map(({ number }) => number);
    const outcomes = await inChunks(numbers, (some) =>
      db.selectFrom("proposal_outcome").selectAll().where("desk", "=", desk).where("number", "in", some).execute(),
    );
    const texts = await inChunks(numbers, (some) =>
      db.selectFrom("proposal_text").selectAll().where("desk", "=", desk).where("number", "in", some).orderBy("path").execute(),
    );
    const settled = new Map(outcomes.map((one) => [one.number, one]));
    const said = Map.groupBy(texts, ({ number }) => number);
    return rows.map((row) => proposal(row, said.get(row.number) ?? [], settled.get(row.number)));
  }

  return {
    propose: ({ texts, ...asked }) =>
      db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        const number = (await lastNumber(tx, desk, "proposal")) + 1;
        const row = proposalRow(desk, number, asked);
        await tx.insertInto("proposal").values(row).execute();
        const held = Object.entries(texts).map(([path, text]) => ({ desk, number, path, text: text.toWellFormed() }));
        if (held.length > 0) await tx.insertInto("proposal_text").values(held).execute();
        return proposal(row, held, undefined);
      }),
    async of(id) {
      const number = numberOf(id);
      if (number === null) return null;
      const [found] = await whole(await all.where("proposal.number", "=", number).execute());
      return found ?? null;
    },
    async open() {
      const waiting = all
        .leftJoin("proposal_outcome as done", (join) =>
          join.onRef("done.desk", "=", "proposal.desk").onRef("done.number", "=", "proposal.number"),
        )
        .where("done.kind", "is", null);
      return whole(await waiting.selectAll("proposal").execute());
    },
    about: async (stream) => whole(await all.where("proposal.stream", "=", stream).execute()),
    async settledSince(at) {
      const done = all
        .innerJoin("proposal_outcome as done", (join) =>
          join.onRef("done.desk", "=", "proposal.desk").onRef("done.number", "=", "proposal.number"),
        )
        .where("done.settled_at", ">", at);
      return whole(await done.selectAll("proposal").execute());
    },
    async settle(id, { kind, by, at, eventId }, because) {
      const number = numberOf(id);
      if (number === null) return false;
      return db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        const asked = await tx.selectFrom("proposal").select("number").where("desk", "=", desk).where("number", "=", number).execute();
        const done = await tx.selectFrom("proposal_outcome").select("kind").where("desk", "=", desk).where("number", "=", number).execute();
        if (asked.length === 0 || done.length > 0) return false;
        const row = { desk, number, kind, by_person: by, settled_at: at, event_id: eventId };
        await tx.insertInto("proposal_outcome").values(row).execute();
        if (because !== undefined)
          await tx.insertInto("proposal_text").values({ desk, number, path: DECLINED, text: because.toWellFormed() }).execute();
        return true;
      });
    },
  };
}

function numberOf(id: string): number | null {
  const digits = /^a([1-9]\d{0,8})$/.exec(id)?.[1];
  return digits === undefined ? null : Number(digits);
}

function proposalRow(desk: string, number: number, asked: Omit<Proposal, "id" | "outcome" | "texts">): ProposalTable {
  const { stream, version, event, by, at, place, expiresAt } = asked;
  return { desk, number, stream, version, event: JSON.stringify(event), by_person: by, proposed_at: at, place, expires_at: expiresAt };
}

function proposal(row: ProposalTable, texts: readonly ProposalTextTable[], outcome: ProposalOutcomeTable | undefined): Proposal {
  return {
    id: `a${row.number}`,
    stream: row.stream,
    version: row.version,
    event: JSON.parse(row.event) as { readonly [key: string]: Json },
    texts: Object.fromEntries(texts.map(({ path, text }) => [path, text])),
    by: row.by_person,
    at: row.proposed_at as Instant,
    place: row.place as Place | null,
    expiresAt: row.expires_at as Instant,
    outcome: outcome === undefined ? null : outcomeOf(outcome),
  };
}

function outcomeOf(row: ProposalOutcomeTable): ProposalOutcome {
  const kind = row.kind as ProposalOutcome["kind"];
  return { kind, by: row.by_person, at: row.settled_at as Instant, eventId: row.event_id };
}
