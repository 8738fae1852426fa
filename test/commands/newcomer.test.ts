import { expect, test } from "vitest";
import { dispatchLine } from "../../src/commands/dispatcher.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { Log } from "../../src/ports/chat.ts";
import { sessionOfTest } from "../support/session.ts";
import { ANA, textOf } from "./places.ts";

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const MATTER = 'register CNIL SAN-2026-001 "Example SA" --kind sanction --decided 2026-01-02 --notified 2026-01-10 --period P2M';

async function typed(...lines: readonly string[]) {
  const session = await sessionOfTest();
  await session.type(MATTER, ANA);
  const answers = [];
  for (const line of lines) answers.push(await session.type(line, ANA));
  return { ...session, answers };
}

test("as owner behind a name is the role, and no part of the name", async () => {
  const { ask } = await typed("assign SAN-2026-001 to ben roy as owner", "assign SAN-2026-001 to me as assignee");
  expect(await ask("show SAN-2026-001", ANA)).toMatchObject({ ownedBy: "ben roy", assignedTo: "ana" });
});

test("the option says the role where both are written", async () => {
  const { ask } = await typed("assign SAN-2026-001 to ben as assignee --as owner");
  expect(await ask("show SAN-2026-001", ANA)).toMatchObject({ ownedBy: "ben", assignedTo: null });
});

test.each(["nobody", "Nobody", "personne"])("%s is no person to whom a matter could be assigned", async (name) => {
  const { answers, ask } = await typed(`assign SAN-2026-001 to ${name}`);
  expect(textOf(answers[0]!)).toContain("A matter cannot be assigned to nobody: assign it to somebody else");
  expect(await ask("show SAN-2026-001", ANA)).toMatchObject({ assignedTo: null });
});

test.each(["import", "export", "import matters.yaml", "simulate"])(
  "%s, typed in a chat, says at once that it works in a terminal",
  async (line) => {
    const { context } = await typed();
    const answer = await dispatchLine(line, COMMANDS, { ...context(ANA), terminal: null }, silent);
    expect(textOf(answer)).toContain(`${line.split(" ")[0]} works in a terminal only`);
  },
);

test("the digest of a day ahead is refused with what today's says of days ahead", async () => {
  const { answers } = await typed("digest --on 2026-03-01");
  expect(textOf(answers[0]!)).toContain("the digest of today names the deadlines of the next 90 days");
});

test("why of a draft names what is missing, with the path by which it is set", async () => {
  const { answers } = await typed(
    'register ICO ENF-1 "Delta Ltd" --kind order --decided 2026-01-02 --notified 2026-01-03 --item stop --period P35D',
    "why ENF-1",
    "show ENF-1",
  );
  expect(textOf(answers[1]!)).toContain("Missing: the rule for counting the time to comply (items.stop.cure.rule)");
  expect(textOf(answers[2]!)).toContain("the rule for counting the time to comply (stop) is missing");
});

test("help names every filter, and says of a command of the terminal that it is one", async () => {
  const { context } = await typed();
  const ask = async (line: string) => textOf(await dispatchLine(line, COMMANDS, { ...context(ANA), terminal: null }, silent));
  for (const line of ["help list", "help watch"])
    expect(await ask(line)).toContain(
      "Filters: authority:, state:, respondent:, tag:, due:, ref:, kind:, assigned:, owner:, people:; mine is",
    );
  expect(await ask("help show")).not.toContain("Filters");
  expect(await ask("help import")).toContain("import works in a terminal only");
});

test("a digest names a watch of one's own that fits nothing as one typed it, without the reference behind the name", async () => {
  const { type } = await typed("watch mine");
  const text = textOf(await type("digest", ANA));
  expect(text).toContain("1 watch fits no matter: people:ana");
  expect(text).not.toContain("slack:T1/U1");
});
