import { describe, expect, test } from "vitest";
import { openRegister, type Register } from "../../src/alerts/register.ts";
import { openDoor } from "../../src/app/door.ts";
import type { Answer, Place } from "../../src/ports/chat.ts";
import { ANA, deskOfKourou, type FormDesk, formDesk, textOf } from "../commands/form-desk.ts";

const PAID = { ref: ["CNIL:SAN-2023-018"], on: ["2024-04-01"], amount: ["100"], for: ["fine"] };

/** The same desk, of which one part fails. */
function broken({ desk }: FormDesk, over: Partial<FormDesk["desk"]>) {
  return openDoor({ ...desk, ...over }, null);
}

async function fails(): Promise<never> {
  throw new Error("the disk is gone");
}

/** A register whose every question fails, whichever of them a command asks. */
function unreadable(register: Register): Register {
  const walks = { each: failsToWalk, versions: failsToWalk };
  return { ...Object.fromEntries(Object.keys(register).map((name) => [name, fails])), ...walks } as unknown as Register;
}

/** What is walked fails as its first page is asked for. */
async function* failsToWalk(): AsyncGenerator<never> {
  yield await fails();
}

test("what is quoted is no wish to show the answer to everybody, and is recorded as it was typed", async () => {
  const { type, desk } = await deskOfKourou();
  const line = 'note SAN-2023-018 --on 2024-01-08 --text "say --here to share"';
  expect((await type(line)).audience).toBe("asker");
  expect((await desk.register.all())[0]?.events[0]?.event).toMatchObject({ text: "say --here to share" });
  expect((await type("show SAN-2023-018 —here")).audience).toBe("place");
});

describe("a submission", () => {
  test("that is delivered twice runs once, also at the same time, and is answered twice alike", async () => {
    const { door, desk, asking } = await deskOfKourou();
    const submission = { ...asking(), verb: "paid", values: PAID };
    const [one, other] = await Promise.all([door.submit(submission), door.submit(submission)]);
    expect(await door.submit(submission)).toBe(one);
    expect(other).toBe(one);
    expect((await desk.register.all())[0]?.events).toHaveLength(1);
  });

  test("that was refused can be mended and sent again under an id of its own", async () => {
    const { submit, problems, desk } = await deskOfKourou();
    await problems("paid", { ...PAID, amount: ["x"] });
    expect(await submit("paid", PAID)).toMatchObject({ audience: "asker" });
    expect((await desk.register.all())[0]?.events).toHaveLength(1);
  });

  test("of a command that is none, or has no form, is refused: whoever filled it in keeps what was entered", async () => {
    const { door, asking } = await deskOfKourou();
    for (const verb of ["no-such", "form"]) {
      expect(await door.submit({ ...asking(), verb, values: {} }), verb).toMatchObject({ refused: true });
      expect(await door.form({ ...asking(), verb, values: {} }), verb).toMatchObject({ refused: true });
    }
  });

  test("of another process after a crash records nothing a second time", async () => {
    const { door, desk, asking } = await deskOfKourou();
    const submission = { ...asking(), verb: "paid", values: PAID };
    await door.submit(submission);
    await openDoor({ ...desk, register: openRegister(desk.store.ledger) }, null).submit(submission);
    expect((await desk.register.all())[0]?.events).toHaveLength(1);
  });

  test("makes what delivers look at once", async () => {
    const { submit, desk } = await deskOfKourou();
    let nudges = 0;
    desk.running.nudge = () => {
      nudges += 1;
    };
    await submit("paid", PAID);
    expect(nudges).toBeGreaterThan(0);
  });

  test("in a platform's first place sets that place up, and says so", async () => {
    const { submit, desk } = await formDesk();
    const values = { authority: ["CNIL"], ref: ["A-1"], respondent: ["X"], kind: ["order"] };
    const answer = (await submit("register", values)) as Answer;
    expect(textOf(answer)).toContain("This is the first place that speaks with Curewatch");
    expect(await desk.store.subscriptions.all()).toHaveLength(1);
  });
});

test("what is asked in passing sets no place up; the first word that is spoken there does", async () => {
  const { door, desk, asking } = await formDesk();
  expect(textOf(await door.onCommand({ ...asking(), passing: true, text: "list" }))).not.toContain("This is the first place");
  expect(await desk.store.subscriptions.all()).toEqual([]);
  expect(textOf(await door.onCommand({ ...asking(), text: "list" }))).toContain("This is the first place");
  expect(await desk.store.subscriptions.all()).toHaveLength(1);
});

describe("a fault of ours", () => {
  test("is a reference in the reader's language that stands in the log, and nothing is recorded", async () => {
    const made = await deskOfKourou();
    const door = broken(made, { register: unreadable(made.desk.register) });
    const before = await made.head();
    const asking = made.asking({ language: "fr" });
    const form = (await door.form({ ...asking, verb: "paid", values: { ref: ["SAN-2023-018"] } })) as Answer;
    const submitted = await door.submit({ ...asking, verb: "paid", values: PAID });
    const home = await door.home(asking);
    expect(await door.lookUp({ ...asking, of: "matter", query: "", most: 5 })).toEqual([]);
    const told = [textOf(form), "other" in submitted ? (submitted.other ?? "") : "", textOf(home)];
    for (const text of told) expect(text).toContain("rien n’a été enregistré");
    const references = told.map((text) => /[0-9a-f]{8}(?=$|\s|\.)/.exec(text)?.[0]);
    for (const reference of references) expect(JSON.stringify(made.faults)).toContain(`"reference":"${reference}"`);
    expect(await made.head()).toBe(before);
  });

  test("after something was recorded says that it was", async () => {
    const made = await deskOfKourou();
    let recorded = false;
    const { register } = made.desk;
    const door = broken(made, {
      register: {
        ...register,
        async record(decide, stamp) {
          const result = await register.record(decide, stamp);
          recorded = true;
          return result;
        },
        matter: async (key) => (recorded ? fails() : register.matter(key)),
      },
    });
    const told = await door.submit({ ...made.asking(), verb: "paid", values: PAID });
    expect("cards" in told && textOf(told)).toContain("what you asked was recorded");
    expect((await register.all())[0]?.events).toHaveLength(1);
  });

  test("before a command is run is told too: nothing was recorded", async () => {
    const made = await deskOfKourou();
    const state = () => ({ get: fails, set: fails, add: fails, delete: fails });
    const answer = await broken(made, { store: { ...made.desk.store, state } }).onCommand({ ...made.asking(), text: "help" });
    expect(textOf(answer)).toMatch(/nothing was recorded. Reference [0-9a-f]{8}/);
  });

  test("in what only helps keeps no refusal from its reader", async () => {
    const made = await deskOfKourou();
    const door = broken(made, { register: unreadable(made.desk.register) });
    const answer = await door.onCommand({ ...made.asking(), text: "paid SAN-2023-018" });
    expect(textOf(answer)).toContain("Missing: --on");
    expect(answer.form).toBeUndefined();
    expect(made.faults.length).toBeGreaterThan(0);
  });
});

describe("an answer to the asker alone", () => {
  test.each([
    ["show SAN-2023-018", true],
    ["digest", true],
    ["cost SAN-2023-018 --comply 2024-06-01", false],
    ["show SAN-1", false],
    ["help", false],
    ["paid SAN-2023-018 --on 2024-04-01 --amount 5 --for fine", false],
    ["show SAN-2023-018 --here", false],
    ["form paid SAN-2023-018", false],
  ])("%s can be shown to everybody: %s", async (line, can) => {
    const { type } = await deskOfKourou();
    const answer = await type(line);
    expect(JSON.stringify(answer.cards).includes(`${line} --here`)).toBe(can);
  });

  test("is not offered to everybody where nobody else is", async () => {
    const { type, desk } = await deskOfKourou();
    const direct = desk.running.adapters[0]!.direct(ANA) as Place;
    expect(JSON.stringify(await type("show SAN-2023-018", { place: direct }))).not.toContain("--here");
    expect(JSON.stringify(await type("show SAN-2023-018", { overheard: true }))).not.toContain("--here");
  });
});
