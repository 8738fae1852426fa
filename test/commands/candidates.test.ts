import { describe, expect, test } from "vitest";
import { SLACK_LIMITS } from "../../adapters/chat/slack/blocks-limits.ts";
import { LIMITS as TEAMS_LIMITS } from "../../adapters/chat/teams/adaptive-card.ts";
import { shareAction } from "../../src/cards/share-action.ts";
import type { Answered } from "../../src/commands/dispatcher.ts";
import type { Action } from "../../src/ports/card.ts";
import { ORDER } from "../support/given.ts";
import type { Session } from "../support/session.ts";
import { ANA, BEN, sessionAt } from "./places.ts";

const NOW = "2024-02-22T11:00:00.000Z";

function buttons({ cards }: Answered): readonly Action[] {
  return cards.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])));
}

async function offered(session: Session, line: string, by = ANA): Promise<readonly string[]> {
  return buttons(await session.type(line, by)).map(({ command }) => command);
}

describe("a line that lacks its matter", () => {
  test("is answered with matters to choose from, each button the whole line", async () => {
    const session = await sessionAt(NOW);
    expect(await offered(session, "show")).toEqual(["show CNIL:SAN-2024-001", "show CNIL:SAN-2024-002"]);
    expect(await offered(session, 'note --text "two words"')).toContain('note CNIL:SAN-2024-001 --text "two words"');
    const answered = await session.type("show", ANA);
    expect(answered).toMatchObject({ status: 2, json: { error: { code: "argument-missing" } } });
    expect(buttons(answered)[0]!.label).toBe("SAN-2024-001 · Exemple SA");
  });

  test("is answered with labels that are buttons on each platform, however long the names are", async () => {
    const session = await sessionAt(NOW);
    await session.ask(
      `register CNIL SAN-2024-003 "${"Société des eaux et forêts ".repeat(6)}" --kind sanction --notified 2024-01-02 --period P2M`,
    );
    const labels = buttons(await session.type("show", ANA)).map(({ label }) => label);
    const longest = Math.max(...labels.map(({ length }) => length));
    expect(labels).toHaveLength(3);
    expect(longest).toBeGreaterThan(60);
    for (const { labelCharacters } of [SLACK_LIMITS, TEAMS_LIMITS]) expect(longest).toBeLessThanOrEqual(labelCharacters);
  });

  test("keeps what was quoted as it was typed", async () => {
    const session = await sessionAt(NOW);
    const [line = ""] = await offered(session, `note --on 2024-02-01 --text “it's "so" — really”`);
    expect((await session.type(line, ANA)).json).toMatchObject({ recorded: { text: `it's "so" — really` } });
  });

  test("is offered none where it lacks something else, and its matter could be left out", async () => {
    const session = await sessionAt(NOW);
    expect(await offered(session, "form")).toEqual(["help form"]);
  });

  test("offers the asker's own first, then what the place watches, open ones before ended, and five at most", async () => {
    const session = await sessionAt(NOW);
    await session.bring(...[3, 4, 5, 6, 7].map((number) => ({ ...ORDER, ref: `SAN-2024-00${number}`, tags: [`t${number}`] })));
    await session.type("assign SAN-2024-007 to me", ANA);
    await session.type("watch tag:t5", ANA);
    await session.type("closed SAN-2024-001 --on 2024-02-20");
    const lines = await offered(session, "why");
    expect(lines).toHaveLength(5);
    expect(lines.slice(0, 2)).toEqual(["why CNIL:SAN-2024-007", "why CNIL:SAN-2024-005"]);
    expect(lines).not.toContain("why CNIL:SAN-2024-001");
  });
});

describe("a matter that is named by its respondent", () => {
  test("is shown where one alone has that part in its name, accents and case apart", async () => {
    const session = await sessionAt(NOW);
    await session.bring({ ...ORDER, ref: "SAN-2024-003", respondent: "Société Générale d'Été" });
    for (const line of ["show ete", "why société", "chart GENERALE", "history générale", "cost été --comply 2024-04-01"])
      expect(await session.type(line, ANA), line).toMatchObject({ status: 0 });
    expect(await session.ask("show ete")).toMatchObject({ ref: "SAN-2024-003" });
  });

  test("is asked about where several have, with a button for each, and exits 1", async () => {
    const session = await sessionAt(NOW);
    await session.bring({ ...ORDER, ref: "SAN-2024-003" });
    const answered = await session.type("show exemple --on 2024-02-01", ANA);
    expect(answered).toMatchObject({ status: 1, json: { error: { code: "matter-ambiguous" } } });
    expect(answered.errors[0]).toContain("CNIL:SAN-2024-001, CNIL:SAN-2024-003");
    expect(buttons(answered).map(({ command }) => command)).toEqual([
      "show CNIL:SAN-2024-001 --on 2024-02-01",
      "show CNIL:SAN-2024-003 --on 2024-02-01",
    ]);
  });

  test("is never recorded upon: the line that names it is offered instead", async () => {
    const session = await sessionAt(NOW);
    const head = await session.head();
    const answered = await session.type("closed autre --on 2024-02-20", ANA);
    expect(answered).toMatchObject({ status: 1, json: { error: { code: "matter-not-found" } } });
    expect(buttons(answered).map(({ command }) => command)).toEqual(["closed CNIL:SAN-2024-002 --on 2024-02-20"]);
    expect(await session.head()).toBe(head);
  });

  test("is not offered with what the button of another carries: what names a whole key is answered with a look at the near one", async () => {
    const session = await sessionAt(NOW);
    const button = "ack CNIL:SAN-2024-011 a --stage total:2024-02-18 --deadline 2024-02-05";
    expect(await offered(session, button)).toEqual(["show CNIL:SAN-2024-001"]);
    expect(await offered(session, "closed cnil:SAN-2024-011 --on 2024-02-20 --confirmed 4")).toEqual(["show CNIL:SAN-2024-001"]);
    expect(await offered(session, "ack SAN-2024-011 a")).toEqual(["ack SAN-2024-001 a"]);
  });

  test.each(["show ex", "show sa", "show 2024"])("%s is too short or a number, and finds nobody", async (line) => {
    const session = await sessionAt(NOW);
    expect(await session.type(line, ANA)).toMatchObject({ status: 1, json: { error: { code: "matter-not-found" } } });
  });
});

describe("what cannot be understood is helped with", () => {
  test.each([
    ["shw SAN-2024-001", ["show SAN-2024-001", "help"]],
    ["SAN-2024-001", ["show CNIL:SAN-2024-001", "help"]],
    ["san 2024 001", ["show CNIL:SAN-2024-001", "help"]],
    ["qqqqqqqq", ["help"]],
    ["show SAN-2024-001 --onn 2024-01-01", ["help show"]],
    ["assign SAN-2024-001 @ana", ["assign SAN-2024-001 to @ana", "help assign"]],
    ["assign SAN-2024-001", ["help assign"]],
  ])("%s", async (line, commands) => {
    expect(await offered(await sessionAt(NOW), line)).toEqual(commands);
  });

  test("in the reader's language", async () => {
    const session = await sessionAt(NOW);
    const answered = await session.type("qqqqqqqq", { ...BEN, language: "fr" });
    expect(buttons(answered).map(({ label }) => label)).toEqual(["Toutes les commandes"]);
  });
});

test("what the asker alone was answered can be shown to everybody by the same line", () => {
  expect(shareAction(" show SAN-2024-001 ", "en")).toEqual({ label: "Show to everybody here", command: "show SAN-2024-001 --here" });
  expect(shareAction("show X", "fr").label).toBe("Montrer à tous ici");
});

test("a slip in a chat is never answered with a command that works in a terminal only", async () => {
  const session = await sessionAt(NOW);
  const inChat = { ...ANA, ...{ terminal: null } };
  const chat = await session.type("improt x", inChat);
  expect(chat.json).toMatchObject({ error: { code: "verb-unknown", text: expect.not.stringContaining("import") } });
  expect(buttons(chat).map(({ command }) => command)).toEqual(["help"]);
  expect((await session.type("import x", inChat)).json).toMatchObject({ error: { code: "command-needs-terminal" } });
  expect((await session.type("improt x")).errors.join()).toContain("did you mean import?");
});
