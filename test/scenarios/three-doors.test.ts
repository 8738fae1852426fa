import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { consoleAdapter, TERMINAL } from "../../adapters/chat/console/console.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import { tick } from "../../src/alerts/tick.ts";
import { answerer, openDesk } from "../../src/app/answer.ts";
import { tickHost } from "../../src/app/tick-host.ts";
import { parseMatterFile } from "../../src/exchange/matter-file.ts";
import { authorityOf } from "../../src/law/catalogue.ts";
import { matterKey } from "../../src/matter/key.ts";
import { factsOf } from "../../src/matter/merge.ts";
import type { Answer, ChatAdapter, IncomingCommand, Place } from "../../src/ports/chat.ts";
import { setClock } from "../../src/time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { testHost } from "../contracts/chat-host.ts";
import { slackHarness } from "../fakes/slack-platform/harness.ts";
import { teamsHarness } from "../fakes/teams-platform/harness.ts";

/** What a compliance team types on 1 October 2024, mistakes included. */
const SESSION = [
  "list",
  "show san 2023 018",
  "why SAN-2023-018 --on 2024-04-04",
  "shwo SAN-2023-018",
  "show SAN-2023-081",
  "show SAN-2023-018 --on 2024-02-30",
  "paid SAN-2023-018 --on 2024-09-20 --amount 6900 --for dpo",
  "paid SAN-2023-018 --on 2024-09-20 --amount 6900 --for nobody",
  "rejected SAN-2023-018 --on 2024-10-01",
  "history SAN-2023-018",
  "cost SAN-2023-018 --comply 2024-11-07",
  "digest --on 2024-02-19",
  "watch state:accruing --at 08:30",
  "help paid",
  "import examples/kourou.yaml",
  "show SAN-2023-018",
];

interface Door {
  readonly name: string;
  readonly adapter: ChatAdapter;
  readonly place: Place;
  answerWith(answer: (command: IncomingCommand) => Promise<Answer>): void;
  type(line: string): Promise<readonly string[]>;
  shown(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A register with Kourou as it was known that day, behind one door. */
async function open(door: Door) {
  const clock = setClock("2024-10-01T08:00:00.000Z" as Instant);
  const store = await openStore({ url: "sqlite::memory:", clock });
  closing.push(
    () => door.close(),
    () => store.close(),
  );
  const silent = { info: () => undefined, warn: () => undefined, error: (about: object) => expect(about).toBe("no fault") };
  const desk = openDesk(store, { clock, log: silent, language: "en", zone: "Europe/Paris" });
  desk.running.adapters = [door.adapter];
  const result = parseMatterFile("kourou.yaml", readFileSync(new URL("../../examples/kourou.yaml", import.meta.url), "utf8"));
  if (!("parsed" in result)) throw new Error(JSON.stringify(result.problems));
  for (const filed of result.parsed.matters) {
    const facts = factsOf(filed, authorityOf(filed.authority)!);
    const events = (filed.events ?? []).filter(({ on }) => on < "2024-10-01");
    const stamp = { recordedAt: clock.now(), by: "p1", commandId: "seed", via: "import" } as const;
    await desk.register.record(() => [{ key: matterKey(facts.authority, facts.ref), facts, events }], stamp);
  }
  const answer = answerer(desk, null);
  door.answerWith(async (command) => {
    const answered = await answer(command);
    for (const { blocks } of answered.cards)
      for (const block of blocks) if (block.kind === "actions") for (const { label } of block.actions) BUTTONS.add(label);
    return answered;
  });
  return { desk, clock };
}

async function consoleDoor(): Promise<Door> {
  const host = await testHost();
  const written: string[] = [];
  const adapter = consoleAdapter({ write: (text) => written.push(text) });
  await adapter.start(host);
  return {
    name: "console",
    adapter,
    place: TERMINAL,
    answerWith: (answer) => host.answerWith(answer as never),
    async type(line) {
      const before = written.length;
      await adapter.type(line);
      return written.slice(before);
    },
    shown: async () => written,
    async close() {
      await adapter.stop();
      await host.close();
    },
  };
}

async function platformDoor(name: string, harness: Awaited<ReturnType<typeof slackHarness | typeof teamsHarness>>): Promise<Door> {
  const { adapter, place } = harness;
  return {
    name,
    adapter,
    place,
    answerWith: (answer) => harness.answerWith(answer as never),
    type: (line) => harness.type(line),
    shown: () => harness.shown(),
    close: () => harness.close(),
  };
}

/** The words alone: how a platform breaks lines, sets bullets and draws buttons is its own. */
function words(messages: readonly string[]): string {
  return messages
    .join("\n")
    .split("\n")
    .filter((line) => !/^\[.*\]$/.test(line.trim()) && !BUTTONS.has(line.trim()))
    .join(" ")
    .replace(/[•·|\-–:]/g, " ")
    .replace(/\s+/g, " ")
    .replace(/ recorded by (local|ana|Anna Weber)\b/g, " recorded by somebody")
    .replace(/@(local|ana|Anna Weber)\b/g, "@somebody")
    .replace(/register head \w+/, "register head")
    .trim();
}

/** What the buttons say, those of the answers as they come. */
const BUTTONS = new Set(["Why", "History", "Evidence sent", "Acknowledge", "Snooze…", "Show", "Chart", "Assign…", "Record…"]);

async function session(door: Door): Promise<readonly string[]> {
  await open(door);
  const answers: string[] = [];
  for (const line of SESSION) answers.push(words(await door.type(line)));
  return answers;
}

describe("the same session typed at the console, in Slack and in Teams", () => {
  test("reads the same", async () => {
    const atConsole = await session(await consoleDoor());
    const inSlack = await session(await platformDoor("slack", await slackHarness("http")));
    const inTeams = await session(await platformDoor("teams", await teamsHarness()));
    for (const [index, line] of SESSION.entries()) {
      expect(inSlack[index], `${line} in Slack`).toBe(atConsole[index]);
      expect(inTeams[index], `${line} in Teams`).toBe(atConsole[index]);
    }
    expect(atConsole[1]).toContain("SAN 2023 018");
    expect(atConsole[3]).toContain("did you mean show");
    expect(atConsole[9]).toContain("6,900");
  });
});

describe("reminders and the digest", () => {
  test("are said in all three with the same words, and once", async () => {
    const said: string[] = [];
    for (const door of [
      await consoleDoor(),
      await platformDoor("slack", await slackHarness("http")),
      await platformDoor("teams", await teamsHarness()),
    ]) {
      const { desk, clock } = await open(door);
      const { store, register } = desk;
      const since = clock.now();
      await store.subscriptions.settle(usualSettings(door.place, "en", "Europe/Paris", "p1", since));
      await store.subscriptions.add(door.place, { filters: [], by: "p1", since });
      const host = tickHost(desk, () => false);
      await register.record(() => [{ key: "CNIL:SAN-2023-018", facts: null, events: [{ on: "2024-10-01" as never, type: "rejected" }] }], {
        recordedAt: clock.now(),
        by: "p1",
        commandId: "rejection",
        via: "command",
      });
      // Slack takes a message a second in a channel: the clock moves on for the second one.
      for (let ticks = 0; ticks < 4; ticks++) {
        await tick(host);
        clock.set(instantOf(millisecondsOf(clock.now()) + 2_000));
      }
      const first = words(await door.shown());
      await tick(host);
      expect(words(await door.shown())).toBe(first);
      said.push(first);
    }
    expect(said[1]).toBe(said[0]);
    expect(said[2]).toBe(said[0]);
    expect(said[0]).toContain("RUNNING in EUR");
    expect(said[0]).toContain("SAN 2023 018");
  });
});
