import { describe, expect, test } from "vitest";
import { ANA, BEN, buttonOf, CLEO, COMPLIED, consentDesk } from "./consent-desk.ts";
import { formDesk, textOf } from "./form-desk.ts";
import { guardedDesk } from "./guarded-desk.ts";

const TERMINAL = { person: "console:local", personName: "local", place: "console:terminal" } as never;

describe("role", () => {
  test("of a terminal cannot be changed, and it says why", async () => {
    const desk = await guardedDesk();
    const told = textOf(await desk.type("role me is reader", TERMINAL));
    expect(told).toContain("A terminal always administers");
    expect([...(await desk.desk.store.access.roles()).keys()]).not.toContain(await desk.desk.store.people.known("console:local" as never));
  });

  test("shows a person who is known by a reference alone by it, once", async () => {
    const desk = await guardedDesk();
    await desk.as("admin", "role slack:T1/UNEW is editor");
    const line = (await desk.told("admin", "role")).split("\n").find((one) => one.includes("UNEW"))!;
    expect(line.match(/slack:T1\/UNEW/g)).toHaveLength(1);
    expect(line).not.toContain("@slack");
  });

  test("that is lacking is named by the word that is typed to give it, in both languages", async () => {
    const desk = await guardedDesk();
    expect(await desk.told("reader", "role")).toContain("role needs the role admin; yours is reader");
    const asking = desk.asking({ person: "slack:T1/UREADER", personName: "reader", language: "fr" } as never);
    expect(textOf(await desk.door.onCommand({ ...asking, text: "role" }))).toContain("demande le rôle administrateur (admin)");
    expect(textOf(await desk.door.onCommand({ ...asking, id: "fr-2", text: "ack DESK-2024-002" }))).toContain("rédacteur (editor)");
  });
});

describe("help", () => {
  test.each([
    ["complied", "--confirmed: how much had been recorded"],
    ["approve", "--confirmed: how much had been recorded"],
    ["policy", "--retain: how long a matter stays"],
  ])("of %s says what its words mean that speak for themselves in no way", async (verb, words) => {
    const desk = await formDesk();
    expect(textOf(await desk.type(`help ${verb}`))).toContain(words);
  });
});

describe("proposals", () => {
  test("shows what waits of which the text was erased, with the button that ends it", async () => {
    const desk = await consentDesk({ twoPersons: true });
    await desk.type(buttonOf(await desk.type(`${COMPLIED} --because "as counsel says"`, ANA), "Propose it"), ANA);
    const { store } = desk.desk;
    const { proposals } = store;
    const [waiting] = await proposals.open();
    Object.assign(store, { proposals: { ...proposals, open: async () => [{ ...waiting!, texts: {} }] } });
    const told = async (who: typeof ANA) => textOf(await desk.type("proposals", who));
    for (const who of [ANA, BEN, CLEO]) expect(await told(who)).toContain("One change waits for an approval");
    expect(await told(CLEO)).toContain("an approver can decline it");
    expect(await told(ANA)).toContain("you can withdraw it");
    expect(buttonOf(await desk.type("proposals", ANA), "Withdraw it")).toMatch(/^decline a1\.[0-9a-f]{8}$/);
  });
});

test("whoever sat at a terminal is called so in the reader's language", async () => {
  const desk = await guardedDesk();
  await desk.terminal('register CNIL T-1 "Firma" --kind notice');
  await desk.terminal("assign T-1 to ben");
  const asking = desk.asking({ person: "slack:T1/UADMIN", personName: "admin", language: "fr" } as never);
  for (const [id, text] of [
    ["h", "history T-1"],
    ["a", "audit T-1"],
  ] as const) {
    const told = textOf(await desk.door.onCommand({ ...asking, id, text }));
    expect(told, text).toContain("ligne de commande");
    expect(told, text).not.toContain("command line");
  }
});
