import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Store } from "../../src/ports/store.ts";
import type { AccessSubject } from "../contracts/access.ts";
import type { AdapterStateSubject } from "../contracts/adapter-state.ts";
import type { AttemptOnRows } from "../contracts/append-only.ts";
import type { AttentionSubject } from "../contracts/attention.ts";
import type { DeliveryLogSubject } from "../contracts/delivery-log.ts";
import type { DeskMembersSubject } from "../contracts/desk-members.ts";
import type { LeadSubject } from "../contracts/lead.ts";
import type { LiveCardsSubject } from "../contracts/live-cards.ts";
import type { MatterFinderSubject } from "../contracts/matter-finder.ts";
import type { MatterIndexSubject } from "../contracts/matter-index.ts";
import type { PrivacySubject } from "../contracts/privacy.ts";
import type { Parts } from "../contracts/privacy-fixtures.ts";
import type { ProposalsSubject } from "../contracts/proposals.ts";
import type { ReviewsSubject } from "../contracts/reviews.ts";
import type { SubscriptionsSubject } from "../contracts/subscriptions.ts";
import type { TrailSubject } from "../contracts/trail.ts";
import type { PostgresSubject, PostgresSubjects } from "./postgres-subject.ts";
import { statesOf } from "./sql-subjects.ts";

/** Parts of stores on databases of their own, as the contracts want them. */
export function partsOn({ subject: open, server }: PostgresSubjects) {
  async function part<Part>(of: (store: Store) => Part, as: "application" | "owner" = "application") {
    const subject = await open(as);
    return {
      subject,
      held: of(subject.store),
      another: async () => of(await subject.anotherStore()),
      async reopen() {
        await subject.store.close();
        return of(await subject.anotherStore());
      },
      close: subject.close,
    };
  }

  return {
    async deliveries(): Promise<DeliveryLogSubject> {
      const { held, ...hands } = await part((store) => store.deliveries);
      return { ...hands, log: held };
    },
    async subscriptions(): Promise<SubscriptionsSubject> {
      const { held, ...hands } = await part((store) => store.subscriptions);
      return { ...hands, subscriptions: held };
    },
    async index(): Promise<MatterIndexSubject> {
      const { held, ...hands } = await part(({ index, ledger }) => ({ index, ledger }));
      return { ...hands, ...held };
    },
    async finder(): Promise<MatterFinderSubject> {
      const { held, ...hands } = await part(({ finder, index, ledger }) => ({ finder, index, ledger }));
      return { ...hands, ...held };
    },
    async liveCards(): Promise<LiveCardsSubject> {
      const { held, ...hands } = await part((store) => store.liveCards);
      return { ...hands, cards: held };
    },
    async attention(): Promise<AttentionSubject> {
      const { held, subject, ...hands } = await part((store) => store.attention);
      const tables = { acknowledgements: "acknowledgement", snoozes: "snooze" };
      return { ...hands, attention: held, attempt: (table, what) => attempt(subject, tables[table], what) };
    },
    async access(): Promise<AccessSubject> {
      const { held, subject, ...hands } = await part((store) => store.access);
      const tables = { grants: "role_grant", admissions: "admission", confirmations: "place_confirmation", policies: "desk_policy" };
      return { ...hands, access: held, attempt: (table, what) => attempt(subject, tables[table], what) };
    },
    async trail(): Promise<TrailSubject> {
      const { held, subject, ...hands } = await part((store) => store.trail);
      return { ...hands, trail: held, attempt: (_, what) => attempt(subject, "trail", what) };
    },
    async proposals(): Promise<ProposalsSubject> {
      const { held, subject, ...hands } = await part((store) => store.proposals);
      const tables = { proposals: "proposal", outcomes: "proposal_outcome" };
      return { ...hands, proposals: held, attempt: (table, what) => attempt(subject, tables[table], what) };
    },
    async states(): Promise<AdapterStateSubject> {
      const { held, ...hands } = await part(statesOf);
      return { ...hands, of: held };
    },
    async reviews(): Promise<ReviewsSubject> {
      const { held, subject, ...hands } = await part((store) => store.reviews);
      return { ...hands, reviews: held, attempt: (_, what) => attempt(subject, "review", what) };
    },
    async members(): Promise<DeskMembersSubject> {
      const { held, subject, ...hands } = await part((store) => store.members);
      return { ...hands, members: held, attempt: (_, what) => attempt(subject, "desk_member", what, "given_at") };
    },
    async lead(): Promise<LeadSubject> {
      const subject = await open();
      const leaders: ChildProcess[] = [];
      return {
        store: subject.store,
        another: subject.anotherStore,
        async leader() {
          const child = spawn(process.execPath, [join(import.meta.dirname, "lead-in-child.ts"), subject.url], {
            stdio: ["ignore", "pipe", "inherit"],
          });
          leaders.push(child);
          const [said] = (await Promise.race([once(child.stdout, "data"), once(child, "exit")])) as [Buffer | number];
          if (String(said) !== "leading\n") throw new Error(`the other process is ${said}`);
          return async () => {
            const gone = once(child, "exit");
            child.kill("SIGKILL");
            await gone;
            // The server sees it a moment later.
            const left = "select 1 from pg_stat_activity where pid = (select session from lead order by until desc limit 1)";
            while ((await subject.raw.query(left)).rowCount !== 0);
          };
        },
        async close() {
          for (const leader of leaders) leader.kill("SIGKILL");
          await subject.close();
        },
      };
    },
    async privacy(): Promise<PrivacySubject> {
      // Before 17 only the owner writes the tables anew in which something was erased: see postgres.roles.test.ts.
      const as = (await server.version()) < 170_000 ? "owner" : "application";
      const { held, subject, ...hands } = await part(({ privacy, ledger, people }): Parts => ({ privacy, ledger, people }), as);
      const others: PostgresSubject[] = [];
      const tables = { erasures: "erasure", holds: "hold" };
      return {
        ...{ ...hands, ...held },
        attempt: (table, what) => attempt(subject, tables[table], what),
        copy: subject.storeOfCopy,
        async stranger() {
          others.push(await open());
          return others.at(-1)!.store;
        },
        async holds(text) {
          // What is in memory only reaches the files, and files of tables that were written anew go.
          await subject.raw.query("checkpoint");
          const { rows } = await subject.raw.query("select oid::text as folder from pg_database where datname = current_database()");
          const folder = join(server.folder, "base", String(rows[0].folder));
          return readdirSync(folder).some((file) => readFileSync(join(folder, file)).includes(text));
        },
        async close() {
          for (const other of others) await other.close();
          await subject.close();
        },
      };
    },
  };
}

/** As the superuser, who may all but what the triggers refuse. What PostgreSQL has for REPLACE is an INSERT that changes the row in its way. */
async function attempt({ raw }: PostgresSubject, table: string, what: AttemptOnRows, column = "by_person"): Promise<void> {
  if (what === "update") await raw.query(`update ${table} set ${column} = 'p9'`);
  if (what === "delete") await raw.query(`delete from ${table}`);
  if (what !== "replace") return;
  const keys = "select string_agg(attname, ',') as key from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)";
  const { rows: found } = await raw.query(`${keys} where indrelid = $1::regclass and indisprimary`, [table]);
  const [row] = (await raw.query(`select * from ${table}`)).rows as [Record<string, unknown>];
  const names = Object.keys(row);
  await raw.query(
    `insert into ${table} (${names}) values (${names.map((_, index) => `$${index + 1}`)})
      on conflict (${found[0].key}) do update set ${column} = 'p9'`,
    Object.values(row),
  );
}
