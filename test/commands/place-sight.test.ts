import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/ports/chat.ts";
import { textOf } from "./form-desk.ts";
import { guardedDesk, INTERNAL, NOT_NOW, SHARED, UNTOLD } from "./guarded-desk.ts";

function buttons({ cards }: Answer): readonly string[] {
  return cards.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "actions" ? block.actions.map(({ command }) => command) : [])),
  );
}

const CONFIRM = "settings --internal yes";

describe("a place of which the platform does not tell who reads there", () => {
  test.each(["watch", "settings", "watches"])(
    "is told by %s that it hears of public matters alone until somebody confirms it",
    async (line) => {
      const desk = await guardedDesk();
      if (line === "watches") await desk.as("editor", "watch", UNTOLD);
      const answer = await desk.as("editor", line, UNTOLD);
      expect(textOf(answer)).toContain("told of public matters alone until somebody confirms");
      expect(buttons(answer)).toContain(CONFIRM);
      expect(textOf(await desk.as("editor", line, INTERNAL))).not.toContain("public matters alone");
      expect(buttons(await desk.as("editor", line, INTERNAL))).not.toContain(CONFIRM);
    },
  );

  test("hears of the desk's matters once an editor has confirmed it, which stands there with who and when, until it is taken back", async () => {
    const desk = await guardedDesk();
    const { sights, store } = desk.desk;
    expect(await desk.told("editor", "watch", UNTOLD)).toContain("1 matter");
    expect((await sights.ofPlace(UNTOLD)).desk).toBe(false);
    expect(await desk.told("reader", CONFIRM, UNTOLD)).toContain("needs the role editor");
    expect(await desk.told("editor", CONFIRM, UNTOLD)).toContain("@editor confirmed on Wed 1 May 2024");
    expect((await sights.ofPlace(UNTOLD)).desk).toBe(true);
    expect(await desk.told("editor", "list --here", UNTOLD)).toContain("DESK-2024-002");
    expect(await desk.told("editor", "list --here", UNTOLD)).not.toContain("SECRET-2024-003");
    const [trace] = (await store.trail.latest(10)).filter(({ action }) => action === "confirmed");
    expect(trace).toMatchObject({ by: await desk.id("editor"), from: UNTOLD, detail: { place: UNTOLD, internal: true } });
    expect(await desk.told("editor", "settings --internal no", UNTOLD)).toContain("public matters alone");
    expect((await sights.ofPlace(UNTOLD)).desk).toBe(false);
  });

  test("is not given settings by the confirmation alone", async () => {
    const desk = await guardedDesk();
    await desk.as("editor", CONFIRM, UNTOLD);
    expect(await desk.desk.store.subscriptions.of(UNTOLD)).toBeNull();
  });
});

describe("a place of which the platform cannot tell just now who reads there", () => {
  const AGAIN = "cannot tell just now who reads here";

  test.each(["watch", "operations here", "show CNIL:PUB-2024-001 --here", "show CNIL:DESK-2024-002 --here"])(
    "is told nothing by %s, which says to the asker alone to try again",
    async (line) => {
      const desk = await guardedDesk();
      const answer = await desk.as(line.startsWith("operations") ? "admin" : "editor", line, NOT_NOW);
      expect(answer).toMatchObject({ audience: "asker", refused: true });
      expect(textOf(answer)).toContain(`${AGAIN}, so nothing is shown to everybody here and nothing is set up: try again in a minute`);
      expect(buttons(answer)).not.toContain(CONFIRM);
      expect(await desk.desk.store.subscriptions.of(NOT_NOW)).toBeNull();
    },
  );

  test.each(["settings", "watches"])("is not to be confirmed by %s, which says that it will pass", async (line) => {
    const desk = await guardedDesk();
    await desk.desk.store.subscriptions.settle({ ...(await desk.desk.store.subscriptions.of(INTERNAL))!, place: NOT_NOW }, []);
    const answer = await desk.as("editor", line, NOT_NOW);
    expect(textOf(answer)).toContain(`${AGAIN}: until it does`);
    expect(buttons(answer)).not.toContain(CONFIRM);
  });

  test("answers whoever asks alone as ever, and is what somebody has confirmed it to be", async () => {
    const desk = await guardedDesk();
    expect(await desk.told("editor", "show CNIL:DESK-2024-002", NOT_NOW)).toContain("DESK-2024-002");
    await desk.as("editor", CONFIRM, NOT_NOW);
    expect(await desk.told("editor", "watch", NOT_NOW)).not.toContain(AGAIN);
    expect(await desk.told("editor", "show CNIL:DESK-2024-002 --here", NOT_NOW)).toContain("DESK-2024-002");
  });
});

describe("a place that is shared with others", () => {
  test("is told that it hears of public matters alone, why, and that to confirm it does not help", async () => {
    const desk = await guardedDesk();
    const answer = await desk.as("editor", "watch", SHARED);
    expect(textOf(answer)).toContain("shared with people of another company: it is told of public matters alone");
    expect(buttons(answer)).not.toContain(CONFIRM);
    expect(await desk.told("editor", CONFIRM, SHARED)).toMatch(/^Not done\nThis place is shared with people of another company/);
    expect((await desk.desk.sights.ofPlace(SHARED)).desk).toBe(false);
  });
});

test("a person's own conversation needs no confirmation", async () => {
  const desk = await guardedDesk();
  expect(await desk.told("reader", CONFIRM, "alone")).toContain("needs no confirmation");
});

test("an answer to which all of a place listen says that it leaves out what not all may see, of whatever name is asked", async () => {
  const desk = await guardedDesk();
  for (const ref of ["CNIL:DESK-2024-002", "CNIL:NEVER-2024-002"])
    expect(await desk.told("editor", `show ${ref} --here`, SHARED)).toContain("ask in a direct message");
  expect(await desk.told("editor", "show CNIL:NEVER-2024-002", SHARED)).not.toContain("direct message");
});

test("the first place that speaks is one of the desk's own people; another is told who reads there, and is none", async () => {
  const desk = await guardedDesk();
  const firsts = await desk.desk.store.state("first-place").get("slack");
  expect(firsts).toBe(INTERNAL);
  await desk.desk.store.subscriptions.remove(INTERNAL, null);
  const other = { place: "teams:T/1" as never, person: "console:local" as never, personName: "me" };
  expect(textOf(await desk.type("help", other))).toMatch(/No place watches anything yet.*told of public matters alone until/s);
});
