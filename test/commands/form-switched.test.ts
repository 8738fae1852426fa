import { describe, expect, test } from "vitest";
import { deskOfKourou, fieldOf, KOUROU, optionsOf, textOf } from "./form-desk.ts";

const OTHER = KOUROU.replace("SAN-2023-018", "SAN-2023-019").replace("Kourou", "Cayenne");
const [FIRST, SECOND] = ["CNIL:SAN-2023-018", "CNIL:SAN-2023-019"];

/** Two orders alike, of each of which something else was paid: e1 of both. */
async function twoMatters() {
  const desk = await deskOfKourou();
  await desk.type(OTHER);
  await desk.type("paid SAN-2023-018 --on 2024-04-01 --amount 200 --for fine");
  await desk.type("paid SAN-2023-019 --on 2024-04-02 --amount 900 --for fine");
  const events = async (key: string) => (await desk.desk.register.matter(key))!.events.map(({ event }) => event.type);
  return { ...desk, events };
}

function chosen(options: readonly string[], id: string): string {
  return options.find((value) => value.startsWith(`${id}.`)) ?? `no ${id}`;
}

describe("a form in which another matter was named than the one that it was opened of", () => {
  test("refuses the event that was chosen of the first, at its field, and asks nothing of the second", async () => {
    const { form, submit, problems, events } = await twoMatters();
    const event = chosen(optionsOf(await form("corrected", { ref: [FIRST] }), "event"), "e1");
    const values = { on: ["2024-04-20"], event: [event], void: ["yes"], because: ["typo"] };
    expect(await problems("corrected", { ...values, ref: [SECOND] })).toEqual({
      fields: { event: expect.stringMatching(/^This was chosen of another matter than SAN-2023-019.*form corrected SAN-2023-019/) },
      other: null,
    });
    expect((await problems("corrected", { ...values, ref: [SECOND] }, { language: "fr" })).fields.event).toContain("autre affaire");
    expect(await events(SECOND)).toEqual(["paid"]);
    expect(textOf((await submit("corrected", { ...values, ref: [FIRST] })) as never)).toContain("EUR 200");
  });

  test.each([
    ["complied", "item", "dpo", { on: ["2024-04-20"] }],
    ["paid", "for", "fine", { on: ["2024-04-20"], amount: ["5"] }],
    ["annulled", "fine", "fine", { on: ["2024-04-20"] }],
  ])("refuses what %s chooses as its %s", async (verb, field, id, values) => {
    const { form, problems, submit } = await twoMatters();
    const value = chosen(optionsOf(await form(verb, { ref: [FIRST] }), field), id);
    expect(Object.keys((await problems(verb, { ...values, ref: [SECOND], [field]: [value] })).fields)).toEqual([field]);
    expect(await submit(verb, { ...values, ref: [FIRST], [field]: [value] })).toHaveProperty("cards");
  });

  test("tells it beside whatever else is wrong", async () => {
    const { form, problems } = await twoMatters();
    const event = chosen(optionsOf(await form("corrected", { ref: [FIRST] }), "event"), "e1");
    const told = await problems("corrected", { ref: [SECOND], on: ["soon"], event: [event], void: ["yes"] });
    expect(Object.keys(told.fields).toSorted()).toEqual(["event", "on"]);
  });

  test("records a choice as it is typed, without what ties it to its matter", async () => {
    const { form, submit, desk } = await twoMatters();
    const value = chosen(optionsOf(await form("paid", { ref: [FIRST] }), "for"), "dpo");
    await submit("paid", { ref: [FIRST], on: ["2024-04-20"], amount: ["5"], for: [value] });
    expect((await desk.register.matter(FIRST))!.events.at(-1)!.event).toMatchObject({ type: "paid", for: "dpo" });
  });
});

describe("a form that is opened with something chosen", () => {
  test("has it chosen among the matter's own, and leaves out what was chosen of another", async () => {
    const { form } = await twoMatters();
    const first = await form("complied", { ref: [FIRST], item: ["dpo"] });
    const [own] = optionsOf(first, "item");
    expect(fieldOf(first, "item").initial).toEqual([own]);
    const second = await form("complied", { ref: [SECOND], item: [own!] });
    expect(fieldOf(second, "item").initial).toBeUndefined();
    expect(optionsOf(second, "item")).toHaveLength(1);
  });
});

test("what confirms a correction says what the event was that it corrects", async () => {
  const { type } = await twoMatters();
  const voided = textOf(await type("corrected SAN-2023-018 --on 2024-04-20 --event e1 --void --because typo"));
  expect(voided).toMatch(/What is corrected, e1: Mon 1 Apr 2024[,:] paid EUR 200 for the fine/i);
  const set = textOf(await type("corrected SAN-2023-019 --on 2024-04-20 --event e1 --set amount=90 --because typo", { language: "fr" }));
  expect(set.replace(/[\u00a0\u202f]/g, " ")).toMatch(/Ce qui est corrigé, e1 : mar\. 2 avr\. 2024.* 900 €/);
});

test("days ahead are quoted as they were filled in where they cannot be read, and may be written 30 or 30d", async () => {
  const { problems, submit } = await twoMatters();
  for (const wrong of ["soon", "due:30d", "-1", "99999", "30 d"])
    expect((await problems("list", { "filter:due": [wrong] })).fields).toEqual({ "filter:due": `"${wrong}" cannot be read; write 30` });
  for (const right of ["30", "30d", "30D"]) expect(await submit("list", { "filter:due": [right] })).toHaveProperty("cards");
});
