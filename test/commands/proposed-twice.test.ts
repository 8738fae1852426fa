import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { isSlip } from "../../src/alerts/proposed-event.ts";
import { openDesk } from "../../src/app/answer.ts";
import { openDoor } from "../../src/app/door.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import type { Proposal } from "../../src/ports/proposals.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import { ANA, BEN, buttonOf, CLEO, COMPLIED, type ConsentDesk, consentDesk, KEY } from "./consent-desk.ts";
import { BOTH, KOUROU, textOf } from "./form-desk.ts";

const EXTENDED = "extended SAN-2023-018 --on 2024-04-10 --by P1M";
const ALREADY = "proposed already as a1";

async function waiting({ desk }: Pick<ConsentDesk, "desk">): Promise<readonly string[]> {
  return (await desk.store.proposals.open()).map(({ id }) => id);
}

/** Extended as ana confirms it: the button's line. */
async function askedDesk(line = EXTENDED): Promise<{ readonly desk: ConsentDesk; readonly button: string }> {
  const desk = await consentDesk({ twoPersons: true });
  await desk.desk.store.access.setPolicy({ notes: true }, "p1", desk.desk.clock.now());
  return { desk, button: buttonOf(await desk.type(line, ANA), "Propose it") };
}

describe("a button that proposes", () => {
  test("pressed again answers that it is proposed already, and adds nothing that anybody hears of", async () => {
    const { desk, button } = await askedDesk();
    expect(textOf(await desk.type(button, ANA))).toContain("a1 waits until");
    const traces = (await desk.traces()).length;
    expect(textOf(await desk.type(button, ANA))).toContain(ALREADY);
    expect(textOf(await desk.type(button, { ...ANA, language: "fr" }))).toContain("C’est déjà proposé, sous a1");
    expect(await desk.desk.store.proposals.about(KEY)).toHaveLength(1);
    expect(await desk.traces()).toHaveLength(traces);
  });

  test("pressed twice at once proposes once", async () => {
    const { desk, button } = await askedDesk();
    const texts = (await Promise.all([desk.type(button, ANA), desk.type(button, ANA)])).map(textOf);
    expect(texts.filter((text) => text.includes("a1 waits until"))).toHaveLength(1);
    expect(texts.filter((text) => text.includes(ALREADY))).toHaveLength(1);
    expect(await waiting(desk)).toEqual(["a1"]);
    expect((await desk.traces()).filter(({ action }) => action === "proposed")).toHaveLength(1);
  });

  test("pressed at once in two processes on one register proposes once", async () => {
    const folder = mkdtempSync(join(tmpdir(), "propose-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [one, other] = [await sessionOn(`sqlite:${folder}/register.db`), await sessionOn(`sqlite:${folder}/register.db`)];
    await one.type(KOUROU);
    await one.desk.store.access.setPolicy({ twoPersons: true }, "p1", one.desk.clock.now());
    const { command } = (await one.answer(COMPLIED)).cards
      .flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])))
      .find(({ label }) => label === "Propose it")!;
    const texts = await Promise.all([one.type(command), other.type(command)]);
    expect(texts.filter((text) => text.includes(ALREADY))).toHaveLength(1);
    expect(await waiting(one)).toEqual(["a1"]);
  });

  test("proposes what another person has proposed too, and what the same person proposes of something else", async () => {
    const { desk, button } = await askedDesk();
    await desk.type(button, ANA);
    await desk.type(buttonOf(await desk.type(EXTENDED, BEN), "Propose it"), BEN);
    await desk.type(buttonOf(await desk.type(EXTENDED.replace("P1M", "P2M"), ANA), "Propose it"), ANA);
    expect(await waiting(desk)).toEqual(["a1", "a2", "a3"]);
  });

  test("proposes anew what was withdrawn or declined meanwhile", async () => {
    const { desk, button } = await askedDesk();
    await desk.type(button, ANA);
    await desk.type("decline a1", ANA);
    await desk.type(button, ANA);
    await desk.type("decline a2 --because no", CLEO);
    expect(textOf(await desk.type(button, ANA))).toContain("a3 waits until");
  });

  test("of a line that was kept since it is too long answers so too", async () => {
    const { desk, button } = await askedDesk(`${EXTENDED} --because "${"long words ".repeat(200).trim()}"`);
    expect(button).toMatch(/^confirm a1\./);
    await desk.type(button, ANA);
    expect(textOf(await desk.type(button, ANA))).toContain("proposed already as a2");
    expect(await waiting(desk)).toEqual(["a2"]);
  });
});

describe("the same line typed anew", () => {
  test.each(BOTH)("says what waits already, and its button proposes it once more, once (%s)", async (language) => {
    const { desk, button } = await askedDesk();
    await desk.type(button, ANA);
    const asked = await desk.type(EXTENDED, { ...ANA, language });
    expect(textOf(asked).replaceAll("\u00a0", " ")).toContain(
      language === "en" ? "proposed the very same already: a1 waits" : "proposé exactement la même chose : a1 attend",
    );
    const again = buttonOf(asked, language === "en" ? "Propose it" : "Proposer");
    expect(textOf(await desk.type(again, ANA))).toContain("a2 waits until");
    expect(textOf(await desk.type(again, ANA))).toContain("proposed already as a2");
    expect(textOf(await desk.type(button, ANA))).toContain(ALREADY);
    expect(await waiting(desk)).toEqual(["a1", "a2"]);
  });

  test("says nothing of what somebody else has proposed", async () => {
    const { desk, button } = await askedDesk();
    await desk.type(button, ANA);
    expect(textOf(await desk.type(EXTENDED, BEN))).not.toContain("a1");
  });
});

test("of what two presses at once have left behind, one alone is told", async () => {
  const { desk, button } = await askedDesk();
  await desk.type(button, ANA);
  const { proposals } = desk.desk.store;
  const { id: _id, outcome: _outcome, ...first } = (await proposals.of("a1"))!;
  await proposals.propose(first);
  const open = await proposals.open();
  const told = (all: readonly Proposal[]) => all.filter((one) => !isSlip(one, all)).map(({ id }) => id);
  expect(open.map(({ id }) => id)).toEqual(["a1", "a2"]);
  expect(told(open)).toEqual(["a1"]);
  expect(told(open.slice(1))).toEqual(["a2"]);
});

/** A process of its own, on a register in a file: ana in her own conversation. */
async function sessionOn(url: string) {
  const store = await STORE.open({ url });
  onTestFinished(() => store.close());
  const log = { info: () => {}, warn: () => {}, error: (about: object) => expect.unreachable(JSON.stringify(about)) };
  const desk = openDesk(store, { clock: setClock("2024-05-01T09:00:00.000Z" as Instant), log, language: "en", zone: "Europe/Paris" });
  const person = "slack:T1/U1" as PersonRef;
  const direct = (of: PersonRef) => `${of}/dm`;
  desk.running.adapters = [{ name: "slack", direct, audience: async () => ({ kind: "internal" }), kindOf: async () => "member" } as never];
  const door = openDoor(desk, null);
  let count = 0;
  const answer = (text: string) =>
    door.onCommand({ id: `${url}-${++count}-${Math.random()}`, text, person, personName: "ana", place: `${person}/dm` as Place });
  return { desk, answer, type: async (text: string) => textOf(await answer(text)) };
}
