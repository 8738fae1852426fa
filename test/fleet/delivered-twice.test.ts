import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { slackAdapter } from "../../adapters/chat/slack/slack.ts";
import { openDesk } from "../../src/app/answer.ts";
import { type Door, openDoor } from "../../src/app/door.ts";
import type { PersonRef } from "../../src/ports/chat.ts";
import type { Asking } from "../../src/ports/form.ts";
import { NotNow } from "../../src/ports/not-now.ts";
import type { Store } from "../../src/ports/store.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import { type PostgresSubject, postgresSubjects } from "../adapters/postgres-subject.ts";
import { slackScreen } from "../adapters/slack-answer-screen.ts";
import { ANA } from "../commands/consent-desk.ts";
import { KOUROU, textOf } from "../commands/form-desk.ts";
import { testHost } from "../contracts/chat-host.ts";
import { httpDoor } from "../fakes/slack-platform/doors.ts";
import { BOT_TOKEN, SIGNING_SECRET, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { slackPerson } from "../fakes/slack-platform/person.ts";

const subjects = await postgresSubjects();
afterAll(() => subjects.server.stop());

const TWICE = "delivered this more than once";

interface Process {
  readonly store: Store;
  readonly door: Door;
  type(text: string, id: string): Promise<string>;
}

/** One process of a register as it serves Slack, where everybody administers. */
function processOn(store: Store): Process {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const admins = [ANA.person!, `slack:${TEAM}/${USER}` as PersonRef];
  const desk = openDesk(store, {
    clock: setClock("2024-05-01T09:00:00.000Z" as Instant),
    log,
    language: "en",
    zone: "Europe/Paris",
    admins,
  });
  const told = { audience: async () => ({ kind: "internal" }), kindOf: async () => "member" };
  desk.running.adapters = [{ name: "slack", direct: (person: PersonRef) => `${person}/dm`, ...told } as never];
  const door = openDoor(desk, null);
  return { store, door, type: async (text, id) => textOf(await door.onCommand({ ...(ANA as Asking), id, text })) };
}

async function both(): Promise<{ readonly subject: PostgresSubject; readonly one: Process; readonly other: Process }> {
  const subject = await subjects.subject();
  onTestFinished(() => subject.close());
  const [one, other] = [processOn(subject.store), processOn(await subject.anotherStore())];
  await one.type(KOUROU, "registered");
  await one.store.access.setPolicy({ notes: true }, "p1", one.store.clock.now());
  return { subject, one, other };
}

/** How many rows stand in each table that a command writes. */
async function rowsIn({ raw }: PostgresSubject): Promise<Readonly<Record<string, number>>> {
  const tables = ["ledger", "proposal", "snooze", "acknowledgement", "role_grant", "admission", "place_confirmation", "desk_policy"];
  const counts = [...tables, "review", "watch", "hold", "erasure"].map((table) => `select '${table}' as name, count(*)::int from ${table}`);
  const feeds = "select 'feed', count(*)::int from keyv where starts_with(key, 'feed:') and not starts_with(key, 'feed:of:')";
  const { rows } = await raw.query([...counts, feeds].join(" union all "));
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

const SNOOZE = "snooze SAN-2023-018 until 2024-05-04 --past-expiry";

/** A line of each kind of writing, and what one delivery of it adds. */
const LINES: readonly (readonly [line: string, table: string])[] = [
  ["feed create", "feed"],
  [SNOOZE, "snooze"],
  ["role slack:T1/U2 is reader", "role_grant"],
  ["policy --two-persons on", "desk_policy"],
  ['reviewed rule fr-civil --by "Me X" --on 2024-03-01', "review"],
  ["watch authority:CNIL", "watch"],
  ["hold SAN-2023-018", "hold"],
  ["paid SAN-2023-018 --on 2024-04-30 --amount 10 --for fine", "ledger"],
  ['note SAN-2023-018 --on 2024-01-08 --text "Counsel has been asked"', "ledger"],
  ["assign SAN-2023-018 to slack:T1/U2", "ledger"],
];

describe("a command that writes, of which each of two processes gets one delivery", () => {
  test.each(LINES)("writes once, whether at once or one after the other: %s", async (line, table) => {
    for (const how of ["at once", "one after the other"]) {
      const { subject, one, other } = await both();
      const before = await rowsIn(subject);
      const typed = [one, other].map(
        ({ type }) =>
          () =>
            type(line, "same"),
      );
      const texts: string[] = how === "at once" ? await Promise.all(typed.map((type) => type())) : [];
      if (texts.length === 0) for (const type of typed) texts.push(await type());
      const after = await rowsIn(subject);
      expect([how, after]).toEqual([how, { ...before, [table]: before[table]! + 1 }]);
      // Whoever reads the second is told, or sees what the first has recorded: never nothing.
      expect(texts.filter((text) => text.includes(TWICE)).length).toBeLessThanOrEqual(table === "ledger" ? 0 : 1);
      for (const text of texts) expect(text).not.toBe("");
    }
  });

  test("proposes once", async () => {
    const { subject, one, other } = await both();
    await one.store.access.setPolicy({ twoPersons: true }, "p1", one.store.clock.now());
    const asked = await one.door.onCommand({ ...(ANA as Asking), id: "asks", text: "complied SAN-2023-018 --on 2024-04-10" });
    const button = asked.cards
      .flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])))
      .find(({ label }) => label === "Propose it")!;
    await Promise.all([one, other].map(({ type }) => type(button.command, "same")));
    expect((await rowsIn(subject)).proposal).toBe(1);
    expect(await one.store.proposals.open()).toHaveLength(1);
  });

  test("is another one in another place, of another person and at another time", async () => {
    const { one, other } = await both();
    await one.type("feed create", "first");
    expect(await other.type("feed create", "second")).not.toContain(TWICE);
    const ben = { ...(ANA as Asking), person: "slack:T1/U2" as PersonRef, personName: "ben", id: "first", text: "feed create" };
    expect(textOf(await other.door.onCommand(ben))).not.toContain(TWICE);
  });

  test("is run by the second where the first could not write", async () => {
    const { subject, one, other } = await both();
    const failing = processOn({
      ...one.store,
      attention: { ...one.store.attention, snooze: async () => Promise.reject(new NotNow("busy", "busy")) },
    });
    expect(await failing.type(SNOOZE, "same")).not.toContain(TWICE);
    expect(await other.type(SNOOZE, "same")).not.toContain(TWICE);
    expect((await rowsIn(subject)).snooze).toBe(1);
  });

  test("is not run by the second where nobody knows whether the first has written", async () => {
    const { subject, one, other } = await both();
    const snooze = async (given: Parameters<Store["attention"]["snooze"]>[0]) => {
      await one.store.attention.snooze(given);
      throw new NotNow("slow", "slow", { undone: false });
    };
    await processOn({ ...one.store, attention: { ...one.store.attention, snooze } }).type(SNOOZE, "same");
    expect(await other.type(SNOOZE, "same")).toContain(TWICE);
    expect((await rowsIn(subject)).snooze).toBe(1);
  });

  test("is told to its reader where the first process ended before it had written, and can be asked again", async () => {
    const { subject, one, other } = await both();
    let ended = () => {};
    const reached = new Promise<void>((resolve) => {
      ended = resolve;
    });
    // What a process that ended was about to write is never written, and whoever waits for it waits for ever.
    const snooze = () => new Promise<never>(() => ended());
    void processOn({ ...one.store, attention: { ...one.store.attention, snooze } }).type(SNOOZE, "same");
    await reached;
    const told = await other.type(SNOOZE, "same");
    expect(told).toContain(TWICE);
    expect(told).toContain("ask again");
    expect((await rowsIn(subject)).snooze).toBe(0);
    expect(await other.type(SNOOZE, "anew")).not.toContain(TWICE);
    expect((await rowsIn(subject)).snooze).toBe(1);
  });

  test("is done all the same where it cannot be kept that it was begun", async () => {
    const { subject, one } = await both();
    const fails = () => Promise.reject(new Error("away"));
    const state = (adapter: string) =>
      adapter === "asked" ? { get: fails, set: fails, add: fails, delete: fails } : one.store.state(adapter);
    expect(await processOn({ ...one.store, state }).type(SNOOZE, "same")).not.toContain(TWICE);
    expect((await rowsIn(subject)).snooze).toBe(1);
  });
});

test("a command that only reads keeps nothing, nor does one alone on its register", async () => {
  const { subject, one } = await both();
  const kept = async () => (await subject.raw.query("select key from keyv where starts_with(key, 'asked:')")).rows.length;
  const before = await kept();
  await one.type("show SAN-2023-018", "reads");
  await one.type("feed list", "reads too");
  await one.type("paid SAN-2023-018 --on 2024-04-30 --amount 10 --for fine", "recorded by its own id");
  expect(await kept()).toBe(before);
  await processOn({ ...one.store, fleet: null }).type("feed create", "alone");
  expect(await kept()).toBe(before);
  await one.type("feed create", "one of many");
  expect(await kept()).toBe(before + 1);
});

describe("a request of Slack's that reaches two processes of one register", () => {
  async function screens() {
    const { subject, one, other } = await both();
    const first = await slackScreen("http", () => ({ ...one.door, state: one.store.state("slack") }));
    const host = await testHost();
    const adapter = slackAdapter({
      ...{ botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, apiUrl: first.platform.apiUrl, pauseMilliseconds: 0 },
      mode: "http",
    });
    await adapter.start({ ...host, ...other.door, state: other.store.state("slack") });
    onTestFinished(async () => {
      await adapter.stop();
      await host.close();
    });
    const door = httpDoor(
      () => host.url,
      () => ({ now: host.clock.now() }),
    );
    const ana = slackPerson({ platform: first.platform, door, settled: () => adapter.idle(), origin: first.ana.origin });
    /** Ana, of whom both processes hear everything, at the same time. */
    const everywhere = slackPerson({
      platform: first.platform,
      door: async (...sent) => (await Promise.all([first.door(...sent), door(...sent)]))[0],
      settled: async () => void (await Promise.all([first.idle(), adapter.idle()])),
      origin: first.ana.origin,
    });
    return { subject, store: one.store, people: [first.ana, ana] as const, everywhere };
  }

  test.each(["at once", "one after the other"])("makes one feed, and says its address once: %s", async (how) => {
    const { subject, people } = await screens();
    const types = people.map((person) => () => person.types("feed create", { id: "77.trigger" }));
    const seen = how === "at once" ? await Promise.all(types.map((type) => type())) : [await types[0]!(), await types[1]!()];
    for (const { status } of seen) expect(status).toBe(200);
    const text = [...new Set(seen.flatMap(({ messages }) => messages))].join("\n");
    expect(text.split("/feed/")).toHaveLength(2);
    expect(text).toContain(TWICE);
    expect((await rowsIn(subject)).feed).toBe(1);
  });

  test("is one form that opens, and one thing that is recorded by it", async () => {
    const { subject, everywhere: ana } = await screens();
    const before = await rowsIn(subject);
    await ana.types("form paid SAN-2023-018");
    await ana.fills({ on: "2024-04-30", amount: "10", for: "fine · EUR 5,000" });
    expect((await ana.submits()).status).toBe(200);
    expect(await rowsIn(subject)).toEqual({ ...before, ledger: before.ledger! + 1 });
    await ana.types("form snooze SAN-2023-018");
    await ana.fills({ day: "2024-05-04", "past-expiry": "Yes" });
    const said = (await ana.submits()).messages.join("\n");
    // The process that did not begin it closes the form, and has nothing to say.
    expect(said.split("this place is not reminded before")).toHaveLength(2);
    expect(said).not.toContain(TWICE);
    expect(await rowsIn(subject)).toEqual({ ...before, ledger: before.ledger! + 1, snooze: 1 });
  });

  test("is one press of a button", async () => {
    const { subject, store, everywhere: ana } = await screens();
    await store.access.setPolicy({ twoPersons: true }, "p1", store.clock.now());
    await ana.types("complied SAN-2023-018 --on 2024-04-10");
    const before = await rowsIn(subject);
    await ana.presses("Propose it");
    expect(await rowsIn(subject)).toEqual({ ...before, proposal: before.proposal! + 1 });
  });
});
