import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/ports/chat.ts";
import type { FormValues } from "../../src/ports/form.ts";
import { CHANNEL, deskOfKourou, fieldOf, formDesk, textOf } from "./form-desk.ts";
import { sessionAt, textOf as textOfSession } from "./places.ts";

function buttonsOf({ cards }: Answer): readonly string[] {
  return cards.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "actions" ? block.actions.map(({ command }) => command) : [])),
  );
}

describe("form", () => {
  test("answers with the form of the verb, the matter and the item filled in, and in words how it is typed", async () => {
    const { type } = await deskOfKourou();
    const answer = await type("form complied san 2023 018 --item dpo");
    expect(answer).toMatchObject({ audience: "asker", form: { verb: "complied" } });
    expect(fieldOf(answer.form!, "ref").initial).toEqual(["CNIL:SAN-2023-018"]);
    // With the mark of the matter of which it was shown.
    expect(fieldOf(answer.form!, "item").initial).toEqual([expect.stringMatching(/^dpo\.[0-9a-f]{8}$/)]);
    expect(textOf(answer)).toContain("complied REF --on DAY");
    expect(textOf(answer)).toContain("SAN-2023-018 · CNIL v. Commune de Kourou");
  });

  test.each([
    ["form", "Missing: VERB"],
    ["form frobnicate", "There is no command frobnicate"],
    ["form snoze", "did you mean snooze?"],
    ["form watches", "watches has no form: type it"],
    ["form snooze SAN-1", "No matter SAN-1 is known"],
    ["form settings SAN-2023-018", "One word too many: SAN-2023-018"],
    ["form backup", "backup has no form"],
  ])("%s is refused: %s", async (line, why) => {
    const { type } = await deskOfKourou();
    const answer = await type(line);
    expect(textOf(answer)).toContain(why);
    expect(answer.form).toBeUndefined();
  });

  test("on a terminal says how the command is written", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    const answer = await session.type("form snooze SAN-2024-001");
    expect([answer.status, textOfSession(answer)]).toEqual([0, expect.stringContaining("snooze REF [until DAY]")]);
    expect(answer.json).toMatchObject({ verb: "snooze", form: { verb: "snooze" } });
  });
});

describe("record", () => {
  test("asks first which event, and answers with that event's form", async () => {
    const { form, submit, type } = await deskOfKourou();
    const first = (await type("form record SAN-2023-018")).form!;
    expect(first.fields.map(({ name, required }) => [name, required])).toEqual([
      ["ref", true],
      ["what", true],
    ]);
    const next = (await submit("record", { ref: fieldOf(first, "ref").initial!, what: ["liquidated"] })) as Answer;
    expect(next.form).toMatchObject({ verb: "liquidated", title: "Liquidated" });
    expect(next.form!.fields).toEqual((await form("liquidated", { ref: ["SAN-2023-018"] })).fields);
  });
});

describe("a line that lacks something", () => {
  test.each([
    ["paid SAN-2023-018 --amount 100 --note 'two words'", "paid", { ref: ["CNIL:SAN-2023-018"], amount: ["100"], note: ["two words"] }],
    ["register CNIL --kind order --tag a --tag b", "register", { authority: ["CNIL"], kind: ["order"], tag: ["a b"] }],
    ["register", "register", {}],
    ["snooze SAN-2023-018", "snooze", { ref: ["CNIL:SAN-2023-018"] }],
    ["snooze", "snooze", {}],
    ["assign SAN-2023-018", "assign", { ref: ["CNIL:SAN-2023-018"] }],
    ["escalate", "escalate", {}],
    ["escalate --after 4h", "escalate", { after: ["4h"] }],
    ["cost SAN-2023-018", "cost", { ref: ["CNIL:SAN-2023-018"] }],
    ["overridden SAN-2023-018 --what units", "overridden", { what: ["units"] }],
  ])("%s is refused in words, and its form holds what was typed", async (line, verb, held) => {
    const { type } = await deskOfKourou();
    const answer = await type(line);
    expect(textOf(answer)).toMatch(/^Not done\nMissing: /);
    expect(answer.form?.verb).toBe(verb);
    for (const [name, initial] of Object.entries(held)) expect(fieldOf(answer.form!, name).initial, name).toEqual(initial);
  });

  test("has no form where what is there is wrong, or names a matter that is not there", async () => {
    const { type } = await deskOfKourou();
    for (const line of ["paid SAN-1", "paid SAN-2023-018 --on 2024-02-30", "frobnicate"])
      expect((await type(line)).form, line).toBeUndefined();
  });

  test("asks which matter is meant where that is all that a question lacks", async () => {
    const { type } = await deskOfKourou();
    const answer = await type("show");
    expect([answer.form, buttonsOf(answer)]).toEqual([undefined, expect.arrayContaining(["show CNIL:SAN-2023-018"])]);
    expect((await type("deadline")).form?.verb).toBe("deadline");
    expect((await (await formDesk()).type("show")).form?.verb).toBe("show");
  });

  test("on a terminal is refused in words alone", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    const answer = await session.type("paid SAN-2024-001");
    expect([answer.status, answer.form]).toEqual([2, undefined]);
  });
});

describe("a button opens the form", () => {
  test.each([
    ["watch tag:dpo", "form watch"],
    ["digest", "form digest"],
    ["mine", "form mine"],
    ["settings", "form settings"],
    ["settings --at 08:00", "form settings"],
  ])("under the answer to %s: %s", async (line, command) => {
    const { type } = await deskOfKourou();
    expect(buttonsOf(await type(line))).toContain(command);
  });

  test("not on a terminal, which has no forms", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    for (const line of ["watch tag:dpo", "digest", "settings"]) expect(textOfSession(await session.type(line))).not.toContain("form ");
  });
});

describe("settings", () => {
  test("bare show how the place is spoken to, with the form to change it, and set nothing", async () => {
    const { type, desk } = await deskOfKourou();
    const before = await desk.store.subscriptions.of(CHANNEL);
    const answer = await type("settings");
    expect(textOf(answer)).toMatch(/^How this place is spoken to\n/);
    expect(answer.form?.verb).toBe("settings");
    expect(await desk.store.subscriptions.of(CHANNEL)).toEqual(before);
  });

  test("of a form that was left as it stood undo nothing that somebody else has set meanwhile", async () => {
    const { door, asking, form, type, desk } = await deskOfKourou();
    const stood = Object.fromEntries((await form("settings")).fields.map(({ name, initial = [] }) => [name, initial]));
    await type("settings --quiet 19:00-08:00 --weekdays mon-fri");
    const submit = (values: FormValues) => door.submit({ ...asking(), verb: "settings", values, stood });
    expect(textOf((await submit({ ...stood, lang: ["fr"] })) as Answer)).toMatch(/^C’est réglé/);
    const set = { language: "fr", quiet: { from: "19:00", to: "08:00" }, weekdays: [1, 2, 3, 4, 5] };
    expect(await desk.store.subscriptions.of(CHANNEL)).toMatchObject(set);
    const unchanged = (await submit({ ...stood, weekdays: stood.weekdays!.toReversed() })) as Answer;
    expect([textOf(unchanged).split("\n")[0], unchanged.form]).toEqual(["How this place is spoken to", undefined]);
    expect(await desk.store.subscriptions.of(CHANNEL)).toMatchObject(set);
  });

  test("set what is named, keep the rest, and watch nothing more", async () => {
    const { type, submit, desk } = await deskOfKourou();
    await type("unwatch");
    const typed = await type("settings --lang fr --at 08:30 --weekdays mon-fri");
    expect(textOf(typed)).toMatch(/^C’est réglé/);
    expect(textOf(typed)).toContain("ne suit encore rien");
    await submit("settings", { weekdays: ["mon", "wed"], holidays: ["FR"], quiet: ["none"], stages: ["usual"] });
    expect(await desk.store.subscriptions.of(CHANNEL)).toMatchObject({
      language: "fr",
      at: "08:30",
      weekdays: [1, 3],
      holidays: "FR",
      quiet: null,
      stages: null,
      watches: [],
    });
  });

  test("of a place that watches later hold then", async () => {
    const { type, desk } = await formDesk();
    await type("unwatch");
    await type("settings --zone America/New_York --digest weekly");
    await type("watch");
    expect(await desk.store.subscriptions.of(CHANNEL)).toMatchObject({
      zone: "America/New_York",
      digest: "weekly",
      watches: [{ filters: [] }],
    });
  });

  test("are a document for scripts", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    expect(await session.ask("settings --at 08:30")).toMatchObject({
      changed: ["at"],
      settings: { at: "08:30", language: "en" },
      watches: 0,
    });
  });

  test("leaving out stages that are always said says so", async () => {
    const { type } = await deskOfKourou();
    expect(textOf(await type("settings --stages 30,14"))).toContain("are said all the same");
  });
});
