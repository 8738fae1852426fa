import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { given, on } from "../support/given.ts";
import { type Session, sessionOfTest } from "../support/session.ts";

/** One way in which real decisions run, with a small matter of it, the same as a line types it, and what is to be answered of it. */
interface Case {
  /** The part of the field that it is of. */
  readonly of: string;
  readonly mechanic: string;
  readonly facts?: { readonly items?: readonly object[]; readonly addressee?: string };
  readonly item: object;
  /** The options with which `register` says the same. */
  readonly line?: string;
  /** Why no line can: the matter then comes from its file, and its events are typed. */
  readonly fileOnly?: string;
  readonly events?: readonly { readonly type: string; readonly on: string; readonly [field: string]: unknown }[];
  readonly on: string;
  readonly expect: Readonly<Record<string, unknown>>;
  /** Parts of sentences that `why` must hold. */
  readonly why: readonly string[];
}

const CASES = JSON.parse(readFileSync(new URL("./mechanics.cases.json", import.meta.url), "utf8")) as readonly Case[];

/** What the field knows, part by part: one that has no case is missing at every door. */
const FIELD: Readonly<Record<string, number>> = { rate: 18, cap: 7, start: 11, period: 10, interruption: 10, end: 8, money: 12, clock: 8 };

const BASE = { ref: "M-1", authority: "CNIL", respondent: "Exemple SA", kind: "order", decided: "2024-01-02", notified: "2024-01-05" };

function fileOf({ facts = {}, item }: Case): object {
  return { ...BASE, items: [{ id: "a", ...item }], ...facts };
}

function named({ facts }: Case): string {
  return facts?.addressee === undefined ? "M-1" : `M-1/${facts.addressee}`;
}

/** An option that stands in the case's own line takes the place of the usual one. */
function registerLine({ line = "" }: Case): string {
  const authority = /--authority (\S+)/.exec(line)?.[1] ?? BASE.authority;
  const dates = ["decided", "notified"] as const;
  const usual = dates.filter((name) => !line.includes(`--${name} `)).map((name) => `--${name} ${BASE[name]}`);
  const own = line.replace(/--authority \S+/, "");
  return `register ${authority} M-1 "Exemple SA" --kind order ${usual.join(" ")} --item a ${own}`;
}

function eventLine(name: string, { type, ...fields }: NonNullable<Case["events"]>[number]): string {
  const options = Object.entries(fields).map(([field, value]) => (value === true ? `--${field}` : `--${field} "${String(value)}"`));
  return `${type} ${name} ${options.join(" ")}`;
}

interface Money {
  readonly amount: string;
}

interface Shown {
  readonly items: readonly (Readonly<Record<string, unknown>> & { readonly id: string; readonly warnings: readonly { code: string }[] })[];
  readonly clocks: readonly { readonly kind: string; readonly day: string; readonly item: string }[];
}

interface Why {
  readonly steps: readonly { readonly what: string; readonly item?: string; readonly source?: string }[];
}

/** The item as `show --json` has it: sums as text, warnings by their codes, its other clocks by kind and day. */
function plain({ items, clocks }: Shown): Readonly<Record<string, unknown>> {
  const item = items.find(({ id }) => id === "a")!;
  const sums = Object.entries(item).map(([field, value]) => [field, isMoney(value) ? value.amount : value]);
  const own = clocks.filter((clock) => clock.item === "a").map(({ kind, day }) => [kind, day]);
  return { ...Object.fromEntries(sums), warnings: item.warnings.map(({ code }) => code), clocks: own };
}

function isMoney(value: unknown): value is Money {
  return typeof value === "object" && value !== null && "amount" in value;
}

async function asked(session: Session, one: Case): Promise<Readonly<Record<string, unknown>>> {
  return plain(await session.ask<Shown>(`show ${named(one)} --on ${one.on}`));
}

async function byFile(one: Case): Promise<Session> {
  const session = await sessionOfTest();
  const brought = await session.bring({ ...fileOf(one), ...(one.events === undefined ? {} : { events: one.events }) });
  expect(brought.codes).toEqual([]);
  return session;
}

async function byLines(one: Case): Promise<Session> {
  const session = await sessionOfTest();
  if (one.line === undefined) await session.bring(fileOf(one));
  else await session.ask(registerLine(one));
  for (const event of one.events ?? []) await session.ask(eventLine(named(one), event));
  return session;
}

const FRENCH = { place: "console:terminal" as Place, person: "console:me" as PersonRef, personName: "me", language: "fr" as const };

test.each(CASES.map((one) => [`${one.of}: ${one.mechanic}`, one] as const))(
  "%s, by file, by line, by the engine and in why",
  async (_name, one) => {
    const filed = await byFile(one);
    const inFile = await asked(filed, one);
    expect(inFile, "as its file has it").toMatchObject(one.expect);
    expect(await asked(await byLines(one), one), "as it is typed").toEqual(inFile);
    const item = on(given(fileOf(one), ...(one.events ?? [])), one.on).items.find(({ id }) => id === "a")!;
    const { units, state, expiry, capReached } = item;
    expect(inFile, "as the engine alone has it").toMatchObject({ units, state, expiry, capReached });
    await explained(filed, one);
  },
);

async function explained(session: Session, one: Case): Promise<void> {
  const line = `why ${named(one)} a --on ${one.on}`;
  const [english, french] = [await session.ask<Why>(line), await session.ask<Why>(line, FRENCH)];
  const said = english.steps.map(({ what, source = "" }) => `${what} ${source}`).join("\n");
  for (const part of one.why) expect(said, "as why explains it").toContain(part);
  expect(french.steps, "as why explains it in French").toHaveLength(english.steps.length);
  const words = new Set(english.steps.map(({ what }) => what));
  expect(french.steps.filter(({ what }) => words.has(what))).toEqual([]);
}

test("every part of the field has its mechanics, and each of them a line that types it or a reason why none can", () => {
  const counted = Object.entries(Object.groupBy(CASES, ({ of }) => of)).map(([of, some = []]) => [of, some.length]);
  expect(Object.fromEntries(counted)).toEqual(FIELD);
  expect(CASES.filter(({ line, fileOnly }) => (line === undefined) === (fileOnly === undefined))).toEqual([]);
  expect(CASES.flatMap(({ mechanic, fileOnly }) => (fileOnly === undefined ? [] : [mechanic]))).toEqual([
    "one cap over several items",
    "the end of another item's time",
  ]);
});
