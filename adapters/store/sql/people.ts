import type { PersonRef } from "../../../src/ports/chat.ts";
import type { People } from "../../../src/ports/ledger.ts";
import type { Database, Engine } from "./engine.ts";

/** Who is who at one desk. */
export function peopleOf(db: Database, engine: Engine, desk: string): People {
  const named = db.selectFrom("person").select("name").where("desk", "=", "");
  const nameText = named.where((of) => of.or([of("id", "=", ""), of("ref", "=", "")])).compile().sql;
  return {
    async idOf(person, name) {
      const known = await find(db, desk, person);
      if (known?.name === name) return known.id;
      return db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        // Looked at again: another writer may have met this person first.
        const met = await find(tx, desk, person);
        if (met !== undefined) {
          await tx.updateTable("person").set({ name }).where("desk", "=", desk).where("id", "=", met.id).execute();
          return met.id;
        }
        const { last_person } = await tx
          .updateTable("desk")
          .set((of) => ({ last_person: of("last_person", "+", 1) }))
          .where("id", "=", desk)
          .returning("last_person")
          .executeTakeFirstOrThrow();
        const id = `p${last_person}`;
        await tx.insertInto("person").values({ desk, id, ref: person, name }).execute();
        return id;
      });
    },
    known: async (person) => (await find(db, desk, person))?.id ?? null,
    async nameOf(id) {
      const [found] = await engine.ask<{ readonly name: string }>(db, nameText, [desk, id, id]);
      return found?.name ?? null;
    },
    async refOf(id) {
      const found = await db.selectFrom("person").select("ref").where("desk", "=", desk).where("id", "=", id).executeTakeFirst();
      return (found?.ref ?? null) as PersonRef | null;
    },
    async named(name) {
      const wanted = spoken(name);
      if (wanted === "") return [];
      // Compared here: SQLite's own lower() knows the letters of English only.
      const all = await db.selectFrom("person").select(["id", "name"]).where("desk", "=", desk).execute();
      const ids = all.filter((person) => spoken(person.name) === wanted).map(({ id }) => id);
      return ids.sort((one, other) => Number(one.slice(1)) - Number(other.slice(1)));
    },
  };
}

function spoken(name: string): string {
  return name.trim().replace(/^@/, "").normalize("NFC").toLowerCase();
}

function find(db: Database, desk: string, person: string): Promise<{ id: string; name: string } | undefined> {
  return db.selectFrom("person").select(["id", "name"]).where("desk", "=", desk).where("ref", "=", person).executeTakeFirst();
}
