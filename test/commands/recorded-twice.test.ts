import { describe, expect, test } from "vitest";
import { openDoor } from "../../src/app/door.ts";
import type { Answer } from "../../src/ports/chat.ts";
import { ANA, BEN, buttonOf, CLEO, type ConsentDesk, consentDesk, KEY } from "./consent-desk.ts";
import { textOf } from "./form-desk.ts";
import { ORDERS, sessionAt } from "./places.ts";

const PAID = "paid SAN-2023-018 --on 2024-04-30 --amount 1000 --for fine";
// Recorded on 1 May 2024 at 09:00 UTC, which is 11:00 in Paris.
const BY_ANA = "The very same is recorded already: Tue 30 Apr 2024: Paid EUR 1,000 for the fine (recorded by @ana, Wed 1 May 2024, 11:00)";

async function paidByAna(): Promise<ConsentDesk> {
  const desk = await consentDesk();
  await desk.type(PAID, ANA);
  return desk;
}

describe("a payment that says the very same as one that holds", () => {
  test("is asked about, with who has recorded that and when, and recorded where it is confirmed", async () => {
    const desk = await paidByAna();
    const asked = await desk.type(PAID, BEN);
    expect(textOf(asked)).toContain("To be confirmed · SAN-2023-018");
    expect(textOf(asked)).toContain(BY_ANA);
    // The sum of two payments of 1,000.
    expect(textOf(asked)).toContain("EUR 1,000 → EUR 2,000");
    expect(await desk.types()).toEqual(["paid"]);
    const button = buttonOf(asked, "Record it");
    expect(button).toMatch(new RegExp(`^paid ${KEY} --on 2024-04-30 --amount 1000 --for fine --confirmed 2\\.[0-9a-f]{8}$`));
    const recorded = textOf(await desk.type(button, BEN));
    for (const part of ["Recorded · SAN-2023-018", "event e2", "Fine: EUR 5,000 · paid EUR 2,000"]) expect(recorded).toContain(part);
    expect(textOf(await desk.type(button, BEN))).toContain("Has changed meanwhile");
    expect(await desk.types()).toEqual(["paid", "paid"]);
  });

  test("is asked about in French", async () => {
    const desk = await paidByAna();
    const text = textOf(await desk.type(PAID, { ...BEN, language: "fr" })).replaceAll(/[\u00a0\u202f]/g, " ");
    expect(text).toContain("Exactement la même chose est déjà enregistrée : ");
    expect(text).toContain("enregistré par @ana");
  });

  test("is asked about in a form that was opened before the other was recorded", async () => {
    const desk = await consentDesk();
    await desk.form("paid", { ref: ["SAN-2023-018"] }, BEN);
    await desk.type(PAID, ANA);
    const told = await desk.submit("paid", { ref: ["SAN-2023-018"], on: ["2024-04-30"], amount: ["1000.00"], for: ["fine"] }, BEN);
    expect(textOf(told as Answer)).toContain(BY_ANA);
    expect(await desk.types()).toEqual(["paid"]);
  });

  test("of two at the same moment one is recorded and the other asked about", async () => {
    const desk = await consentDesk();
    const texts = (await Promise.all([desk.type(PAID, ANA), desk.type(PAID, BEN)])).map(textOf);
    expect(texts.filter((text) => text.includes("Recorded · "))).toHaveLength(1);
    expect(texts.filter((text) => text.includes("The very same is recorded already"))).toHaveLength(1);
    expect(await desk.types()).toEqual(["paid"]);
  });

  test("of two who confirm at the same moment one is recorded and the other asked anew", async () => {
    const desk = await paidByAna();
    const buttons = [await desk.type(PAID, BEN), await desk.type(PAID, CLEO)].map((asked) => buttonOf(asked, "Record it"));
    const texts = (await Promise.all([desk.type(buttons[0]!, BEN), desk.type(buttons[1]!, CLEO)])).map(textOf);
    expect(texts.filter((text) => text.includes("Recorded · "))).toHaveLength(1);
    expect(texts.filter((text) => text.includes("The very same is recorded 2 times already, the last"))).toHaveLength(1);
    expect(await desk.types()).toEqual(["paid", "paid"]);
  });

  test.each([
    ["written otherwise", PAID.replace("1000", "1000.00"), true],
    ["with another source and note", `${PAID} --source "the bank" --note "seen by ben"`, true],
    ["under an id of its own", `${PAID} --id mine`, true],
    ["of another sum", PAID.replace("1000", "1001"), false],
    ["of another day", PAID.replace("04-30", "04-29"), false],
    ["for something else", PAID.replace("fine", "dpo"), false],
    ["with a reference", `${PAID} --ref B-17`, false],
    ["as a write-off", `${PAID} --how write-off`, false],
  ])("%s: %s is asked about: %s", async (_, line, isAsked) => {
    const desk = await paidByAna();
    expect(textOf(await desk.type(line, BEN)).includes("To be confirmed")).toBe(isAsked);
    expect(await desk.types()).toHaveLength(isAsked ? 1 : 2);
  });

  test("that was voided is not in the way", async () => {
    const desk = await paidByAna();
    const undo = await desk.type("corrected SAN-2023-018 --on 2024-05-01 --event e1 --void --because typed", ANA);
    await desk.type(buttonOf(undo, "Record it"), ANA);
    expect(textOf(await desk.type(PAID, BEN))).toContain("event e3");
  });
});

test("the same command a second time, to a door that remembers nothing, is answered with what it has recorded and asks nothing", async () => {
  const desk = await consentDesk();
  const again = (id: string, text: string) => openDoor(desk.desk, null).onCommand({ ...desk.asking({ ...ANA, id }), text });
  await desk.type(PAID, { ...ANA, id: "first" });
  expect(textOf(await again("first", PAID))).toContain("event e1");
  const button = buttonOf(await desk.type(PAID, ANA), "Record it");
  await desk.type(button, { ...ANA, id: "second" });
  expect(textOf(await again("second", button))).toContain("event e2");
  expect(await desk.types()).toEqual(["paid", "paid"]);
});

test("violations of one day are counted together where that is confirmed", async () => {
  const desk = await consentDesk();
  await desk.type(
    'register CNIL SAN-2024-002 "Exemple SA" --kind sanction --decided 2024-01-02 --notified 2024-01-05 --item a --period P2M --rate 100 --per violation',
    ANA,
  );
  const line = "violation SAN-2024-002 --on 2024-04-30 --count 3";
  await desk.type(line, ANA);
  const asked = await desk.type(line, BEN);
  expect(textOf(asked)).toContain("The very same is recorded already");
  // Three, and three more.
  expect(textOf(asked)).toContain("3 → 6");
});

test("what is asked about as it is names the same that holds already", async () => {
  const desk = await consentDesk();
  const line = "extended SAN-2023-018 --on 2024-04-10 --by P1M";
  await desk.type(buttonOf(await desk.type(line, ANA), "Record it"), ANA);
  expect(textOf(await desk.type(line, BEN))).toMatch(/The very same is recorded already: .*recorded by @ana/);
});

test.each(["assigned SAN-2023-018 --on 2024-04-30 --to @ben", "note SAN-2023-018 --on 2024-04-30 --text called"])(
  "%s says nothing more the second time, and is not asked about",
  async (line) => {
    const desk = await consentDesk();
    await desk.type(line, ANA);
    expect(textOf(await desk.type(line, BEN))).toContain("event e2");
  },
);

describe("the command line", () => {
  const line = "paid SAN-2024-001 --on 2024-03-15 --amount 100 --for a";

  test("asks nothing, and says that the very same is recorded already", async () => {
    const session = await sessionAt("2024-03-20T11:00:00.000Z");
    await session.ask(line);
    expect(await session.ask(`${line} --dry-run`)).toMatchObject({ asks: true });
    const answered = await session.type(line);
    expect(answered).toMatchObject({ status: 0, json: { recorded: { id: "e2" }, same: ["e1"] } });
    expect(answered.cards.map((card) => JSON.stringify(card)).join()).toContain("The very same is recorded besides");
    expect(await session.ask(`${line} --ref B-17`)).not.toHaveProperty("same");
  });

  test("brings the same file again without any change", async () => {
    const session = await sessionAt("2024-03-20T11:00:00.000Z");
    const event = { on: "2024-03-15", type: "paid", amount: "100", for: "a" };
    const filed = { ...ORDERS[0], events: [event, event] };
    await session.ask(line);
    // One of the two is the one that was typed.
    expect((await session.bring(filed)).answer).toMatchObject({ updated: ["SAN-2024-001"] });
    expect((await session.bring(filed)).answer).toMatchObject({ updated: [], unchanged: ["SAN-2024-001"] });
    expect((await session.ask<{ events: readonly object[] }>("history SAN-2024-001")).events.length).toBe(2);
  });

  test("where it answers somebody who can confirm, asks: in words, and with the line that records it", async () => {
    const session = await sessionAt("2024-03-20T11:00:00.000Z");
    const { context } = session;
    await session.ask(line);
    const { terminal, ...rest } = context();
    const { dispatchLine } = await import("../../src/commands/dispatcher.ts");
    const { COMMANDS } = await import("../../src/commands/index.ts");
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const prompt = { ...rest, terminal: { ...terminal!, converses: true as const } };
    const asked = await dispatchLine(line, COMMANDS, prompt, log);
    expect(asked).toMatchObject({ status: 1, json: { error: { code: "recorded-already" } } });
    expect(asked.errors[0]).toContain("confirm it: paid CNIL:SAN-2024-001 --on 2024-03-15 --amount 100 --for a --confirmed 2.");
    const confirmed = asked.errors[0]!.split("confirm it: ")[1]!;
    expect(await session.ask(confirmed)).toMatchObject({ recorded: { id: "e2" } });
  });
});
