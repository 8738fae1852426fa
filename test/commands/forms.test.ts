import { describe, expect, test } from "vitest";
import { isKey } from "../../src/cards/say.ts";
import { partsOfCommand } from "../../src/commands/form-values.ts";
import { hasForm } from "../../src/commands/forms.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { EVENT_TYPES } from "../../src/matter/events.ts";
import type { Form } from "../../src/ports/form.ts";
import { ADMINISTERED, BOTH, deskOfKourou, fieldOf, formDesk, idsOf, optionsOf } from "./form-desk.ts";

const WITH_FORMS = COMMANDS.filter(hasForm);

/** Everything that people read of a form, with the longest that it may be. */
function textsOf({ title, submit, cancel, fields }: Form): readonly (readonly [string, number])[] {
  return [
    [title, 75],
    [submit, 24],
    [cancel, 24],
    ...fields.flatMap(({ label, hint = "", kind }): readonly (readonly [string, number])[] => [
      [label, 75],
      [hint, 150],
      ...(kind.type === "choice"
        ? kind.options.flatMap(({ label: one, detail = "" }): [string, number][] => [
            [one, 75],
            [detail, 75],
          ])
        : []),
      ...(kind.type === "lookup"
        ? kind.shown.flatMap(({ label: one, detail = "" }): [string, number][] => [
            [one, 75],
            [detail, 75],
          ])
        : []),
    ]),
  ];
}

describe("every form", () => {
  test("is had by whatever asks for something and works in a chat", () => {
    const without = COMMANDS.filter((command) => !hasForm(command) && command.terminalOnly !== true).map(({ verb }) => verb);
    expect(without).toEqual([
      ...[
        "authority",
        "feed",
        "verify",
        "retain",
        "help",
        "form",
        "erase",
        "hold",
        "release",
        "proposals",
        "approve",
        "confirm",
        "audit",
        "reviewed",
        "about",
      ],
      ...["watches", "ack", "operations", "undelivered"],
    ]);
    expect(WITH_FORMS.filter(({ terminalOnly }) => terminalOnly === true)).toEqual([]);
  });

  test.each(BOTH)("is worded in %s: title, buttons, one label a field, and nothing too long for a platform", async (language) => {
    const { form } = await deskOfKourou(undefined, ADMINISTERED);
    for (const { verb, positionals } of WITH_FORMS) {
      const named = positionals.some(({ kind }) => kind === "matter");
      for (const values of named ? [{}, { ref: ["SAN-2023-018"] }] : [{}]) {
        const made = await form(verb, values, { language });
        for (const [text, longest] of textsOf(made)) expect(text.length, `${verb}: ${text}`).toBeLessThanOrEqual(longest);
        expect(isKey(`form.title.${verb}`), `title of ${verb}`).toBe(true);
        const labels = made.fields.map(({ label }) => label);
        expect(new Set(labels).size, `${verb} has two fields of one label: ${labels}`).toBe(labels.length);
        for (const { name } of made.fields)
          expect([`form.label.${verb}.${name}`, `form.label.${name}`].some(isKey), `label of ${verb} ${name}`).toBe(true);
      }
    }
  });

  test("has words for each thing that can be chosen, in every form", async () => {
    const { form } = await formDesk(undefined, ADMINISTERED);
    const raw: string[] = [];
    for (const { verb } of WITH_FORMS)
      for (const { name, kind } of (await form(verb)).fields)
        if (kind.type === "choice") for (const { value, label } of kind.options) if (value === label) raw.push(`${verb} ${name} ${value}`);
    // The rules are cited by their names.
    expect(raw.filter((one) => !/^(register|deadline) rule /.test(one))).toEqual([]);
  });

  test("has a field for every argument that can be typed, each under its own name", async () => {
    const { form } = await formDesk(undefined, ADMINISTERED);
    for (const command of WITH_FORMS) {
      const names = (await form(command.verb)).fields.map(({ name }) => name);
      expect(new Set(names).size, command.verb).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9:-]+$/);
      const parts = partsOfCommand(command);
      const asked = [...command.positionals, ...command.options].filter(({ kind, unasked }) => kind !== "literal" && unasked !== true);
      for (const parameter of asked)
        expect(
          parts.filter(({ of, name }) => of === parameter && names.includes(name)).length,
          `${command.verb} ${parameter.name}`,
        ).toBeGreaterThan(0);
    }
  });

  test("asks for what the line cannot do without, and for nothing else", async () => {
    const { form } = await formDesk(undefined, ADMINISTERED);
    for (const command of WITH_FORMS) {
      const required = (await form(command.verb)).fields.filter((field) => field.required).map(({ name }) => name);
      // A person is chosen or named: whichever of both fields is left empty, the submission tells where neither is filled in.
      const needed = [...command.positionals, ...command.options].filter(
        (one) => one.required === true && one.kind !== "literal" && one.offers !== "person",
      );
      expect(required.toSorted()).toEqual(needed.map(({ name }) => name).toSorted());
    }
  });
});

describe("a form of a matter", () => {
  test("offers its items, its fines and its currency, and the day at its authority", async () => {
    const { form } = await deskOfKourou();
    const paid = await form("paid", { ref: ["san 2023 018"] });
    expect(fieldOf(paid, "ref")).toMatchObject({ kind: { type: "lookup", of: "matter" }, initial: ["CNIL:SAN-2023-018"] });
    expect(fieldOf(paid, "on")).toMatchObject({ kind: { type: "day" }, initial: ["2024-05-01"] });
    expect(fieldOf(paid, "amount")).toMatchObject({ kind: { type: "number", decimals: true }, hint: expect.stringContaining("EUR") });
    expect(idsOf(paid, "for")).toEqual(["dpo", "fine"]);
    expect(idsOf(paid, "item")).toEqual(["dpo"]);
    expect(JSON.stringify(paid.intro)).toContain("Commune de Kourou");
    expect(paid.fields.at(-1)?.name).toBe("id");
  });

  test("takes the day of the authority, not that of the place", async () => {
    const { form, type } = await deskOfKourou("2024-04-30T22:30:00.000Z");
    await type("watch --zone America/New_York");
    expect(fieldOf(await form("paid"), "on").initial).toEqual(["2024-04-30"]);
    expect(fieldOf(await form("paid", { ref: ["SAN-2023-018"] }), "on").initial).toEqual(["2024-05-01"]);
  });

  test("offers its events, the latest first, where one is to be mended, and what it is registered with", async () => {
    const { form, type } = await deskOfKourou();
    await type("note SAN-2023-018 --on 2024-04-01 --text first");
    await type("paid SAN-2023-018 --on 2024-04-02 --amount 100 --for fine");
    const corrected = await form("corrected", { ref: ["SAN-2023-018"] });
    const { kind } = fieldOf(corrected, "event");
    expect(idsOf(corrected, "event")).toEqual(["e2", "e1", "registered"]);
    expect(kind.type === "choice" && kind.options[0]?.label).toContain("100");
  });

  test("never shows more than a hundred events, and keeps the latest", async () => {
    const { form, type } = await deskOfKourou();
    for (let number = 1; number <= 120; number++) await type(`note SAN-2023-018 --on 2024-04-01 --text n${number}`);
    const options = idsOf(await form("corrected", { ref: ["SAN-2023-018"] }), "event");
    expect([options.length, options[0], options.at(-1)]).toEqual([100, "e120", "registered"]);
  });

  test("without a matter, what cannot be listed is typed", async () => {
    const { form } = await formDesk(undefined, ADMINISTERED);
    const paid = await form("paid");
    expect(fieldOf(paid, "for").kind).toMatchObject({ type: "text" });
    expect(fieldOf(paid, "on").initial).toEqual(["2024-05-01"]);
  });

  test("that cannot be found is told in words, with nothing to fill in", async () => {
    const { door, asking } = await deskOfKourou();
    const told = await door.form({ ...asking(), verb: "paid", values: { ref: ["SAN-2023-099"] } });
    expect("cards" in told && JSON.stringify(told.cards)).toContain("No matter SAN-2023-099 is known");
  });
});

describe("what is known already", () => {
  test("stands in the form: a value, a choice that is none of the usual ones, a name where people are chosen", async () => {
    const { form } = await deskOfKourou();
    const note = await form("note", { text: ["what the channel said\nin two lines"], source: ["https://example.org/1"] });
    expect(fieldOf(note, "text")).toMatchObject({ initial: ["what the channel said\nin two lines"], kind: { type: "text", lines: true } });
    expect(optionsOf(await form("register", { per: ["P2W"] }), "per")).toContain("P2W");
    expect(fieldOf(await form("assign", { person: ["Counsel X"] }), "person")).toMatchObject({
      kind: { type: "text" },
      initial: ["Counsel X"],
    });
    expect(fieldOf(await form("assign", { person: ["slack:T1/U2"] }), "person")).toMatchObject({
      kind: { type: "person" },
      initial: ["slack:T1/U2"],
    });
    const named = await form("assign");
    expect(["person", "person:name"].map((name) => [fieldOf(named, name).kind.type, fieldOf(named, name).required])).toEqual([
      ["person", false],
      ["text", false],
    ]);
  });

  test("of a place's settings is what its form begins with", async () => {
    const { form, type } = await deskOfKourou();
    await type("watch tag:dpo --lang fr --weekdays mon-wed --holidays FR --quiet 19:00-08:00 --stages 30,7");
    const initial = Object.fromEntries((await form("settings")).fields.map(({ name, initial: held }) => [name, held]));
    expect(initial).toEqual({
      lang: ["fr"],
      zone: ["Europe/Paris"],
      digest: ["daily"],
      at: ["09:00"],
      weekdays: ["mon", "tue", "wed"],
      holidays: ["FR"],
      stages: ["30,7"],
      quiet: ["19:00-08:00"],
    });
  });

  test("the kinds of event are there to choose from, each with what it means", async () => {
    const { form } = await deskOfKourou();
    const record = await form("record", { ref: ["SAN-2023-018"] }, { language: "fr" });
    expect(optionsOf(record, "what")).toEqual(EVENT_TYPES);
    const { kind } = fieldOf(record, "what");
    expect(kind.type === "choice" && kind.options.find(({ value }) => value === "paid")).toEqual({
      value: "paid",
      label: "Paiement",
      detail: "Enregistre un paiement",
    });
  });
});
