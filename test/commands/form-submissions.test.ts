import { describe, expect, test } from "vitest";
import { givenOf } from "../../src/commands/form-values.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { FormValues } from "../../src/ports/form.ts";
import { deskOfKourou, formDesk, textOf } from "./form-desk.ts";

const REF = { ref: ["CNIL:SAN-2023-018"] };
const REGISTRATION: FormValues = { authority: ["CNIL"], ref: ["SAN-2024-500"], respondent: ["Exemple SA"], kind: ["sanction"] };

describe("a form that was filled in", () => {
  test("records what the typed command would, and says so to its asker alone", async () => {
    const { submit, desk } = await deskOfKourou();
    const told = await submit("paid", { ...REF, on: ["2024-04-01"], amount: ["5000"], for: ["fine"] });
    expect(told).toMatchObject({ audience: "asker", cards: [{ title: "Recorded · SAN-2023-018" }] });
    const [matter] = await desk.register.all();
    expect(matter?.events.map(({ event, via }) => [event, via])).toEqual([
      [{ type: "paid", on: "2024-04-01", amount: "5000", for: "fine" }, "command"],
    ]);
  });

  test("takes values that a line could hold only in quotes, or not at all", async () => {
    const { submit, desk } = await formDesk();
    const note = "--on 2020-01-01 \"quoted\" 'and' $(more)\n--second line";
    const registered = await submit("register", {
      ...REGISTRATION,
      respondent: ["--kind order"],
      title: ['It\'s "so"'],
      notified: ["2024-01-02"],
    });
    expect(textOf(registered as never)).toContain("--kind order");
    await submit("note", { ref: ["CNIL:SAN-2024-500"], on: ["2024-02-01"], text: [note] });
    const [matter] = await desk.register.all();
    expect(matter?.facts).toMatchObject({ respondent: "--kind order", title: 'It\'s "so"' });
    expect(matter?.events[0]?.event).toEqual({ type: "note", on: "2024-02-01", text: note });
  });

  test("leaves out spaces around a value, empty fields, and what the command does not know", async () => {
    const { submit, desk } = await deskOfKourou();
    await submit("paid", { ...REF, on: [" 2024-04-01 "], amount: ["5000 "], for: ["fine"], source: [], note: ["  "], colour: ["red"] });
    const [matter] = await desk.register.all();
    expect(matter?.events[0]?.event).toEqual({ type: "paid", on: "2024-04-01", amount: "5000", for: "fine" });
  });

  test("keeps words such as until and to, which a form does not ask for", async () => {
    const { submit, desk } = await deskOfKourou();
    expect(await submit("assign", { ...REF, person: ["slack:T1/U2"], as: ["owner"] })).toMatchObject({ audience: "asker" });
    expect(await submit("snooze", { ...REF, day: ["2024-05-03"], "past-expiry": ["yes"] })).toMatchObject({ audience: "asker" });
    const [matter] = await desk.register.all();
    expect(matter?.events[0]?.event).toMatchObject({ type: "assigned", to: expect.stringContaining("U2"), as: "owner" });
    expect((await desk.store.attention.of([matter!.key])).get(matter!.key)?.snoozes).toMatchObject([{ until: "2024-05-03" }]);
  });

  test("is told of what was entered as it was entered, and of a choice that was not made in no more words than the field shows", async () => {
    const { submit } = await formDesk();
    expect(await submit("register", { ...REGISTRATION, notified: ["2024-01-02"], period: ["28 days"] })).toMatchObject({
      fields: { period: expect.stringMatching(/^"28 days" cannot be read; write P2M/) },
    });
    expect(await submit("register", { ...REGISTRATION, notified: ["2024-01-02"], period: ["P28D"], rate: ["5"] })).toEqual({
      fields: { per: "Fill this in" },
      other: null,
    });
    expect(await submit("show", { ...REF, on: ["2024-02-30"] })).toMatchObject({
      fields: { on: "There is no day 2024-02-30 (days from 1900 to 2200)" },
    });
  });

  test("takes several words, lines and days from one field, and filters from several", async () => {
    const { submit, desk } = await formDesk();
    await submit("register", { ...REGISTRATION, tag: ["dpo, cookies\nads"], link: ["https://example.org/1 https://example.org/2"] });
    const [matter] = await desk.register.all();
    expect(matter?.facts).toMatchObject({ tags: ["dpo", "cookies", "ads"], links: ["https://example.org/1", "https://example.org/2"] });
    await submit("watch", {
      "filter:authority": ["CNIL"],
      "filter:state": ["draft"],
      "filter:due": ["30"],
      filter: ['tag:dpo "Exemple SA"'],
    });
    const { watches } = (await desk.store.subscriptions.of("slack:T1/C1" as never))!;
    expect(watches.map(({ filters }) => filters)).toContainEqual(["authority:CNIL", "state:draft", "tag:dpo", "due:30d", "Exemple SA"]);
  });

  test("keeps a filter that holds quotes, from the line into the form and out of it", async () => {
    const { form, submit, desk } = await formDesk();
    const filters = [`respondent:5"x y`, `'tis`];
    const known = givenOf({ filter: filters }, COMMANDS.find(({ verb }) => verb === "watch")!);
    const [typed] = (await form("watch", known)).fields.filter(({ name }) => name === "filter");
    await submit("watch", { filter: typed!.initial! });
    const { watches } = (await desk.store.subscriptions.of("slack:T1/C1" as never))!;
    expect(watches.map((one) => one.filters)).toContainEqual(filters);
  });

  test("keeps a web address whole, whatever parts the words beside it", async () => {
    const { submit, desk } = await formDesk();
    await submit("register", { ...REGISTRATION, link: ["https://example.org/a,b;c?x=1, https://example.org/2;"] });
    expect((await desk.register.all())[0]?.facts.links).toEqual(["https://example.org/a,b;c?x=1", "https://example.org/2"]);
  });

  test("assign to a person of the platform or to somebody by name, and not to both", async () => {
    const { submit, problems, desk } = await deskOfKourou();
    await submit("assign", { ...REF, "person:name": ["Me Dupont, Exemple & Associés"] });
    await submit("assigned", { ...REF, on: ["2024-05-01"], "to:name": ["ben"], as: ["owner"] });
    const [matter] = await desk.register.all();
    expect(matter?.events.map(({ event }) => event)).toMatchObject([{ to: "Me Dupont, Exemple & Associés" }, { to: "ben", as: "owner" }]);
    expect(Object.keys((await problems("assign", { ...REF, person: ["slack:T1/U2"], "person:name": ["ben"] })).fields)).toEqual([
      "person:name",
    ]);
    expect((await problems("assign", REF)).fields).toEqual({ person: "Fill this in" });
  });

  test("of a place to go to is one or the other", async () => {
    const { problems, submit, type, desk } = await deskOfKourou();
    await type("watch");
    expect(await problems("escalate", { to: ["slack:T1/U2"], "to:place": ["slack:T1/C9"], after: ["4h"] })).toMatchObject({
      fields: { "to:place": "--to is given twice" },
    });
    await submit("escalate", { "to:place": ["slack:T1/C9"], after: ["4h"] });
    expect((await desk.store.subscriptions.of("slack:T1/C1" as never))?.escalation).toEqual({ to: "slack:T1/C9", afterMinutes: 240 });
  });
});

describe("what is wrong", () => {
  test.each<[string, FormValues, readonly string[]]>([
    ["paid", { ...REF, on: ["01/04/2024"], amount: ["12,5"] }, ["on", "amount"]],
    ["paid", { ...REF }, ["on", "amount"]],
    ["paid", { ref: ["SAN-2023-099"], on: ["2024-04-01"], amount: ["5"] }, ["ref"]],
    ["paid", { ...REF, on: ["2025-04-01"], amount: ["5"] }, ["on"]],
    ["paid", { ...REF, on: ["2024-04-01"], amount: ["5.123"] }, ["amount"]],
    ["paid", { ...REF, on: ["2024-04-01"], amount: ["5"], for: ["nobody"] }, ["for"]],
    ["complied", { ...REF, on: ["2024-04-01"], item: ["x"] }, ["item"]],
    ["complied", { ...REF, on: ["2024-04-01"], counted: ["perhaps"] }, ["counted"]],
    ["liquidated", { ...REF, on: ["2024-04-20"], from: ["2024-04-04"], to: ["2024-02-19"], amount: ["6900"] }, ["to"]],
    ["liquidated", { ...REF, on: ["2024-04-20"], from: ["2024-01-19"], to: ["2024-02-19"], amount: ["6900"] }, ["from"]],
    ["annulled", { ...REF, on: ["2024-04-20"], matter: ["false"] }, ["matter"]],
    ["closed", { ...REF, on: ["2024-04-20"], "option:ref": ["two\nlines"], source: ["x".repeat(4001)] }, ["option:ref", "source"]],
    ["corrected", { ...REF, on: ["2024-04-20"], event: ["e9"], void: ["yes"], because: ["x"] }, ["event"]],
    ["corrected", { ...REF, on: ["2024-04-20"], event: ["registered"], set: ["nonsense"] }, ["set"]],
    ["overridden", { ...REF, on: ["2024-04-20"], what: ["expiry"], value: ["5"], because: ["x"] }, ["value"]],
    ["snooze", { ...REF }, ["day"]],
    ["snooze", { ...REF, day: ["2024-04-30"] }, ["day"]],
    ["snooze", { ...REF, day: ["2024-05-03"], off: ["yes"] }, ["off"]],
    ["snooze", { ...REF, day: ["2024-05-30"] }, ["past-expiry"]],
    ["settings", { zone: ["Europe/Pari"], lang: ["de"], stages: ["soon"] }, ["zone", "lang"]],
    ["settings", { stages: ["soon"], quiet: ["night"], zone: ["Mars/Olympus"] }, ["stages", "quiet", "zone"]],
    ["watch", { "filter:authority": ["XX"] }, ["filter:authority"]],
    ["watch", { filter: ["colour:red"] }, ["filter"]],
    ["watch", { filter: ['respondent:"open'] }, ["filter"]],
    ["escalate", { to: ["slack:T1/U2"] }, ["after"]],
    ["escalate", { to: ["slack:T1/U2"], after: ["1m"] }, ["after"]],
    ["cost", { ...REF, comply: ["tomorrow"] }, ["comply"]],
    ["register", { ...REGISTRATION, ref: ["SAN-2023-018"] }, ["ref"]],
    ["register", { ...REGISTRATION, decided: ["2025-01-01"], notified: ["2025-02-01"] }, ["decided", "notified"]],
    ["register", { ...REGISTRATION, authority: ["XX"], per: ["fortnight"], tag: ["a!b"] }, ["authority", "per", "tag"]],
    ["register", { ...REGISTRATION, per: ["day"], period: ["P2M"], rule: ["mine"] }, ["rate", "rule"]],
  ])("%s with %j is told at its field, all at once, and nothing is recorded", async (verb, values, fields) => {
    const { problems, type, head, faults } = await deskOfKourou();
    await type("watch");
    const before = await head();
    const told = await problems(verb, values);
    expect(Object.keys(told.fields).toSorted()).toEqual(fields.toSorted());
    expect(told.other).toBeNull();
    for (const text of Object.values(told.fields)) expect(text.length).toBeGreaterThan(5);
    expect([await head(), faults]).toEqual([before, []]);
  });

  test("is told in the language of whoever filled it in", async () => {
    const { problems } = await deskOfKourou();
    const french = await problems("paid", { ...REF, on: ["2024-04-01"] }, { language: "fr" });
    expect(french.fields).toEqual({ amount: "À remplir" });
  });

  test("of no field stands apart: what is private is not answered where everybody reads", async () => {
    const { problems } = await deskOfKourou();
    const told = await problems("cost", { ...REF, comply: ["2024-06-01"] }, { overheard: true });
    expect(told).toEqual({ fields: {}, other: expect.stringContaining("answered to you alone") });
  });

  test("is told of a verb that has no form, or that there is not", async () => {
    const { submit, door, asking } = await formDesk();
    expect(textOf((await submit("frobnicate", {})) as never)).toContain("There is no command frobnicate");
    expect(textOf((await door.form({ ...asking(), verb: "watches", values: {} })) as never)).toContain("watches has no form");
    expect(textOf((await submit("backup", { file: ["x"] })) as never)).toContain("backup has no form");
  });
});
