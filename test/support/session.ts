import { onTestFinished } from "vitest";
import { CHAT, STORE } from "../../adapters/index.ts";
import { openRegister } from "../../src/alerts/register.ts";
import { openSights } from "../../src/alerts/sights.ts";
import type { Context } from "../../src/commands/command.ts";
import { type Answered, dispatchLine } from "../../src/commands/dispatcher.ts";
import { inSight } from "../../src/commands/in-sight.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { Terminal } from "../../src/commands/terminal.ts";
import type { Audience, PersonKind, PersonRef, Place } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { type SetClock, setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Shown } from "./cli.ts";

/** What the tests read of the answer to an import, done or refused. */
export interface Imported {
  readonly registered?: readonly string[];
  readonly updated?: readonly string[];
  readonly unchanged?: readonly string[];
  readonly drafts?: readonly { readonly ref: string; readonly missing: readonly string[] }[];
  readonly error?: { readonly code: string; readonly text: string; readonly problems: readonly { readonly code: string }[] };
}

/** Who types, where, and how they read. */
export type Typist = Pick<Context, "place" | "person" | "personName"> &
  Partial<Pick<Context, "language" | "overheard" | "zone" | "operations" | "mentions">>;

/** A register in memory, and commands typed at it, in this process. */
export interface Session {
  readonly store: Store;
  readonly clock: SetClock;
  /** Files by name; a command reads them as it would from a disk. */
  readonly files: Map<string, string>;
  /** Lines that commands have written themselves. */
  readonly written: string[];
  type(line: string, by?: Typist): Promise<Answered>;
  /** What a command is given when they type now. */
  context(by?: Typist): Context;
  /** The document of a line that ended well. */
  ask<Answer = Shown>(line: string, by?: Typist): Promise<Answer>;
  /** How often the commands have made what delivers look at once. */
  nudges(): number;
  /** Imports matters as a JSON file and answers the document, or the problems. */
  bring(...matters: readonly object[]): Promise<{ readonly status: number; readonly answer: Imported; readonly codes: readonly string[] }>;
  head(): Promise<string>;
}

const NOW = "2026-01-15T09:00:00.000Z" as Instant;
const TERMINAL = "console:terminal" as Place;
const LOCAL: Typist = { place: TERMINAL, person: "console:me" as PersonRef, personName: "me" };

/** Who administers, who reads in each place and who each person is, where a test is about that; else all are of one company. */
export interface Company {
  readonly readOnlyInChat?: boolean;
  readonly admins?: readonly PersonRef[];
  audience?(place: Place): Audience;
  kindOf?(person: PersonRef): PersonKind;
}

export async function sessionOfTest(company: Company = {}): Promise<Session> {
  const { readOnlyInChat = false, admins = [], audience = () => ({ kind: "internal" }), kindOf = () => "member" } = company;
  const store = await STORE.open({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  // Most tests of lines are not about who may note what.
  await store.access.setPolicy({ notes: true }, "p1", NOW);
  const clock = setClock(NOW);
  const files = new Map<string, string>();
  const written: string[] = [];
  const faults: object[] = [];
  const register = openRegister(store.ledger);
  const sights = openSights({
    ...{ access: store.access, people: store.people, admins: () => admins },
    audience: async (place) => (place === TERMINAL ? { kind: "person", person: LOCAL.person } : audience(place)),
    kindOf: async (person) => kindOf(person),
  });
  let count = 0;
  const log = { info: () => {}, warn: () => {}, error: (about: object) => void faults.push(about) };
  let nudges = 0;
  const contextOf = (by: Typist): Context => ({
    id: `test-${++count}`,
    language: "en",
    operations: null,
    // A person of Slack is a place to post to; a terminal has one place; the rest have none.
    owns: () => true,
    direct: (person) => (person.startsWith("slack:") ? (person as string as Place) : person.startsWith("console:") ? TERMINAL : null),
    nudge: () => {
      nudges += 1;
    },
    clock,
    store,
    ...inSight(sights, register, { ...by, heard: by.overheard === true }),
    zone: "Europe/Paris",
    overheard: false,
    terminal: readOnlyInChat ? null : terminalOf(files, written, faults),
    ...by,
  });
  const type = async (line: string, by: Typist = LOCAL) => {
    const answered = await dispatchLine(line, COMMANDS, contextOf(by), log);
    if (faults.length > 0) throw new Error(JSON.stringify(faults));
    return answered;
  };
  return {
    store,
    clock,
    files,
    written,
    type,
    context: (by = LOCAL) => contextOf(by),
    nudges: () => nudges,
    async ask(line, by) {
      const { status, json, errors } = await type(line, by);
      if (status !== 0) throw new Error(`${line}: ${errors.join("; ")}`);
      return JSON.parse(JSON.stringify(json));
    },
    async bring(...matters) {
      files.set("matters.json", JSON.stringify({ matters }));
      const { status, json } = await type("import matters.json");
      const answer = json as Imported;
      return { status, answer, codes: (answer.error?.problems ?? []).map(({ code }) => code) };
    },
    head: async () => (await store.ledger.head()).hash,
  };
}

function terminalOf(files: ReadonlyMap<string, string>, written: string[], faults: object[]): Terminal {
  const not = async () => ({ code: "file-not-found", args: {} });
  return {
    json: true,
    async readFile(file) {
      const text = files.get(file);
      return text === undefined ? { code: "file-not-found", args: { file } } : { text };
    },
    openScratch: () => STORE.open({ url: "sqlite::memory:" }),
    scratchAdapter: (write) => CHAT.console({ write }),
    writeLine: (line) => void written.push(line),
    fault: (about) => void faults.push(about),
    progress: () => {},
    backup: not,
    restore: not,
    move: not,
    erasures: async () => [],
    restored: not,
    serve: async () => true,
  };
}
