import { sql } from "kysely";
import type { Access, Admission, Confirmation, DeskPolicy, Role, RoleGrant } from "../../../src/ports/access.ts";
import { USUAL_POLICY } from "../../../src/ports/access.ts";
import type { Place } from "../../../src/ports/chat.ts";
import type { Instant } from "../../../src/time/instant.ts";
import type { Database, Engine, Writing } from "./engine.ts";
import { lastNumber } from "./numbered.ts";
import type { AdmissionTable, RoleGrantTable } from "./schema-access.ts";

/** Each table's rows are numbered without a gap, so that together the last numbers count what was ever said. */
const VERSION = sql`select ${sql.join(
  ["role_grant", "admission", "place_confirmation", "desk_policy"].map(
    (table) => sql`coalesce((select max(number) from ${sql.table(table)} where desk = ${""}), 0)`,
  ),
  sql` + `,
)} as version`;

/** Who may do and see what at one desk. */
export function accessOf(db: Database, engine: Engine, desk: string): Access {
  const policy = async (on: Database): Promise<DeskPolicy> => {
    const rows = await on.selectFrom("desk_policy").select("change").where("desk", "=", desk).orderBy("number").execute();
    return Object.assign({}, USUAL_POLICY, ...rows.map(({ change }) => JSON.parse(change) as Partial<DeskPolicy>)) as DeskPolicy;
  };

  const versionText = VERSION.compile(db).sql;

  return {
    async roles() {
      const rows = await db.selectFrom("role_grant").select(["person", "role"]).where("desk", "=", desk).orderBy("number").execute();
      const last = new Map(rows.map(({ person, role }) => [person, role as Role | null]));
      return new Map([...last].filter((one): one is [string, Role] => one[1] !== null));
    },
    grant: ({ person, role, by, at }) =>
      db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        const number = (await lastNumber(tx, desk, "role_grant")) + 1;
        await tx.insertInto("role_grant").values({ desk, number, person, role, by_person: by, given_at: at }).execute();
      }),
    async grants(person) {
      const of = db.selectFrom("role_grant").selectAll().where("desk", "=", desk).where("person", "=", person);
      return (await of.orderBy("number").execute()).map(roleGrant);
    },
    async admitted() {
      const rows = await db
        .selectFrom("admission")
        .select(["stream", "person", "admitted"])
        .where("desk", "=", desk)
        .orderBy("number")
        .execute();
      const all = new Map<string, Set<string>>();
      for (const { stream, person, admitted } of rows) {
        const people = all.get(stream) ?? new Set();
        if (admitted === 1) people.add(person);
        else people.delete(person);
        all.set(stream, people);
      }
      return new Map([...all].filter(([, people]) => people.size > 0));
    },
    admit: (admissions) =>
      db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        await writeAdmissions(tx, desk, admissions);
      }),
    async admissions(stream) {
      const of = db.selectFrom("admission").selectAll().where("desk", "=", desk).where("stream", "=", stream);
      return (await of.orderBy("number").execute()).map(admission);
    },
    async confirmations() {
      const rows = await db.selectFrom("place_confirmation").selectAll().where("desk", "=", desk).orderBy("number").execute();
      return new Map(
        rows.map((row): [Place, Confirmation] => {
          const place = row.place as Place;
          return [place, { place, internal: row.internal === 1, by: row.by_person, at: row.given_at as Instant }];
        }),
      );
    },
    confirm: ({ place, internal, by, at }) =>
      db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        const number = (await lastNumber(tx, desk, "place_confirmation")) + 1;
        const row = { desk, number, place, internal: internal ? 1 : 0, by_person: by, given_at: at };
        await tx.insertInto("place_confirmation").values(row).execute();
      }),
    policy: () => policy(db),
    setPolicy: (change, by, at) =>
      db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        const number = (await lastNumber(tx, desk, "desk_policy")) + 1;
        await tx
          .insertInto("desk_policy")
          .values({ desk, number, change: JSON.stringify(change), by_person: by, given_at: at })
          .execute();
        return policy(tx);
      }),
    async version() {
      const [found] = await engine.ask<{ readonly version: number }>(db, versionText, [desk, desk, desk, desk]);
      return Number(found!.version);
    },
  };
}

/** In a transaction in which nobody else writes at the desk. */
export async function writeAdmissions(tx: Writing, desk: string, admissions: readonly Admission[]): Promise<void> {
  let number = await lastNumber(tx, desk, "admission");
  for (const { stream, person, admitted, by, at } of admissions) {
    number++;
    const row = { desk, number, stream, person, admitted: admitted ? 1 : 0, by_person: by, given_at: at };
    await tx.insertInto("admission").values(row).execute();
  }
}

function roleGrant(row: RoleGrantTable): RoleGrant {
  return { person: row.person, role: row.role as Role | null, by: row.by_person, at: row.given_at as Instant };
}

function admission(row: AdmissionTable): Admission {
  return { stream: row.stream, person: row.person, admitted: row.admitted === 1, by: row.by_person, at: row.given_at as Instant };
}
