import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import type { Store } from "../../src/ports/store.ts";
import type { AccessSubject } from "../contracts/access.ts";
import type { AdapterStateSubject } from "../contracts/adapter-state.ts";
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
import { type SqliteSubject, sqliteSubject } from "./sql-subject.ts";

/** Part of a store on a file of its own, with the ways to open it again. */
async function part<Part>(of: (store: Store) => Part) {
  const subject = await sqliteSubject();
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

export async function sqliteDeliveries(): Promise<DeliveryLogSubject> {
  const { held, ...hands } = await part((store) => store.deliveries);
  return { ...hands, log: held };
}

export async function sqliteSubscriptions(): Promise<SubscriptionsSubject> {
  const { held, ...hands } = await part((store) => store.subscriptions);
  return { ...hands, subscriptions: held };
}

export async function sqliteIndex(): Promise<MatterIndexSubject> {
  const { held, ...hands } = await part(({ index, ledger }) => ({ index, ledger }));
  return { ...hands, ...held };
}

export async function sqliteFinder(): Promise<MatterFinderSubject> {
  const { held, ...hands } = await part(({ finder, index, ledger }) => ({ finder, index, ledger }));
  return { ...hands, ...held };
}

export async function sqliteLiveCards(): Promise<LiveCardsSubject> {
  const { held, ...hands } = await part((store) => store.liveCards);
  return { ...hands, cards: held };
}

export async function sqliteAttention(): Promise<AttentionSubject> {
  const { held, subject, ...hands } = await part((store) => store.attention);
  const tables = { acknowledgements: "acknowledgement", snoozes: "snooze" };
  return { ...hands, attention: held, attempt: async (table, what) => attempt(subject, tables[table], what) };
}

export async function sqliteAccess(): Promise<AccessSubject> {
  const { held, subject, ...hands } = await part((store) => store.access);
  const tables = { grants: "role_grant", admissions: "admission", confirmations: "place_confirmation", policies: "desk_policy" };
  return { ...hands, access: held, attempt: async (table, what) => attempt(subject, tables[table], what) };
}

export async function sqliteTrail(): Promise<TrailSubject> {
  const { held, subject, ...hands } = await part((store) => store.trail);
  return { ...hands, trail: held, attempt: async (_, what) => attempt(subject, "trail", what) };
}

export async function sqliteProposals(): Promise<ProposalsSubject> {
  const { held, subject, ...hands } = await part((store) => store.proposals);
  const tables = { proposals: "proposal", outcomes: "proposal_outcome" };
  return { ...hands, proposals: held, attempt: async (table, what) => attempt(subject, tables[table], what) };
}

export async function sqliteStates(): Promise<AdapterStateSubject> {
  const { held, ...hands } = await part(statesOf);
  return { ...hands, of: held };
}

/** By desk and adapter. */
export function statesOf(store: Store): AdapterStateSubject["of"] {
  return async (desk, adapter) => (await store.desk(desk)).state(adapter);
}

export async function sqliteReviews(): Promise<ReviewsSubject> {
  const { held, subject, ...hands } = await part((store) => store.reviews);
  return { ...hands, reviews: held, attempt: async (_, what) => attempt(subject, "review", what) };
}

export async function sqliteDeskMembers(): Promise<DeskMembersSubject> {
  const { held, subject, ...hands } = await part((store) => store.members);
  return { ...hands, members: held, attempt: async (_, what) => attempt(subject, "desk_member", what, "given_at") };
}

export async function sqlitePrivacy(): Promise<PrivacySubject> {
  const { held, subject, ...hands } = await part(({ privacy, ledger, people }): Parts => ({ privacy, ledger, people }));
  const others: SqliteSubject[] = [];
  const tables = { erasures: "erasure", holds: "hold" };
  return {
    ...{ ...hands, ...held },
    attempt: async (table, what) => attempt(subject, tables[table], what),
    copy: async () => subject.storeOfCopy(),
    async stranger() {
      others.push(await sqliteSubject());
      return others.at(-1)!.store;
    },
    holds: async (text) => ["", "-wal", ".erasures"].some((end) => readIfThere(subject.file + end).includes(text)),
    async close() {
      for (const other of others) await other.close();
      await subject.close();
    },
  };
}

function readIfThere(file: string): Buffer {
  return existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
}

/** On a connection that leaves recursive_triggers off, as any SQLite tool does. */
function attempt({ file }: SqliteSubject, table: string, what: "update" | "delete" | "replace", column = "by_person"): void {
  const raw = new DatabaseSync(file);
  try {
    if (what === "update") raw.exec(`UPDATE ${table} SET ${column} = 'p9'`);
    if (what === "delete") raw.exec(`DELETE FROM ${table}`);
    if (what !== "replace") return;
    const row = raw.prepare(`SELECT * FROM ${table}`).get() as Record<string, SQLInputValue>;
    const names = Object.keys(row);
    const put = raw.prepare(`INSERT OR REPLACE INTO ${table} (${names}) VALUES (${names.map(() => "?")})`);
    put.run(...Object.values({ ...row, [column]: "p9" }));
  } finally {
    raw.close();
  }
}

export async function sqliteLead(): Promise<LeadSubject> {
  const subject = await sqliteSubject();
  const leaders: ChildProcess[] = [];
  return {
    store: subject.store,
    another: subject.anotherStore,
    async leader() {
      const child = spawn(process.execPath, [join(import.meta.dirname, "lead-in-child.ts"), `sqlite:${subject.file}`], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      leaders.push(child);
      const [said] = (await once(child.stdout, "data")) as [Buffer];
      if (String(said) !== "leading\n") throw new Error(`the other process is ${said}`);
      return async () => {
        const gone = once(child, "exit");
        child.kill("SIGKILL");
        await gone;
      };
    },
    async close() {
      for (const leader of leaders) leader.kill("SIGKILL");
      await subject.close();
    },
  };
}
