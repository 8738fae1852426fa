import type { DeskMembers } from "../../../src/ports/desk-members.ts";
import type { Instant } from "../../../src/time/instant.ts";
import type { Database, Engine } from "./engine.ts";

/** What was given to which desk, over all desks of the database. */
export function deskMembersOf(db: Database, engine: Engine): DeskMembers {
  /** Says that it is the desk's from now on, where `may` says so of the one that has it; answers that one. */
  async function say(member: string, desk: string | null, at: Instant, may: (held: string | null) => boolean): Promise<string | null> {
    return db.transaction().execute(async (tx) => {
      await engine.serialise(tx, null);
      const held = await heldBy(tx, member);
      if (!may(held)) return held;
      const last = await tx
        .selectFrom("desk_member")
        .select(({ fn }) => fn.max("number").as("number"))
        .executeTakeFirst();
      const number = Number(last?.number ?? 0) + 1;
      await tx.insertInto("desk_member").values({ number, member, desk, given_at: at }).execute();
      return held;
    });
  }

  return {
    async all() {
      const rows = await db.selectFrom("desk_member").select(["member", "desk"]).orderBy("number").execute();
      const last = new Map(rows.map(({ member, desk }) => [member, desk]));
      return new Map([...last].filter((one): one is [string, string] => one[1] !== null));
    },
    assign: (member, desk, at) => say(member, desk, at, (held) => held === null),
    release: (member, at) => say(member, null, at, (held) => held !== null),
    async given(member) {
      const rows = await db.selectFrom("desk_member").selectAll().where("member", "=", member).orderBy("number").execute();
      return rows.map(({ desk, given_at }) => ({ member, desk, at: given_at as Instant }));
    },
    async version() {
      const [found] = await engine.ask<{ readonly version: number }>(db, VERSION, []);
      return Number(found!.version);
    },
  };
}

/** Its rows are numbered without a gap. */
const VERSION = "select coalesce(max(number), 0) as version from desk_member";

async function heldBy(db: Database, member: string): Promise<string | null> {
  const of = db.selectFrom("desk_member").select("desk").where("member", "=", member);
  return (await of.orderBy("number", "desc").limit(1).executeTakeFirst())?.desk ?? null;
}
