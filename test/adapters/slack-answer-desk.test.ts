import { describe, expect, onTestFinished, test } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { type Desk, openDesk } from "../../src/app/answer.ts";
import { openDoor } from "../../src/app/door.ts";
import { hasForm } from "../../src/commands/forms.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { PersonRef } from "../../src/ports/chat.ts";
import type { Language } from "../../src/time/wording.ts";
import type { Json } from "../fakes/slack-platform/blocks/shape.ts";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { BEA, MODES, type Mode, type Screen, slackScreen } from "./slack-answer-screen.ts";

interface AtDesk extends Screen {
  readonly desk: Desk;
  /** What the desk complained of. */
  readonly faults: object[];
}

/** The adapter before a real desk with an empty register. */
async function atDesk(mode: Mode, language: Language = "en", admins: readonly PersonRef[] = []): Promise<AtDesk> {
  const store = await STORE.open({ url: "sqlite::memory:" });
  const faults: object[] = [];
  let desk: Desk | undefined;
  const screen = await slackScreen(mode, ({ clock }) => {
    const log = { info: () => {}, warn: () => {}, error: (about: object) => void faults.push(about) };
    desk = openDesk(store, { clock, log, language, zone: "Europe/Paris", admins });
    return openDoor(desk, null);
  });
  desk!.running.adapters = [screen.adapter];
  await store.access.setPolicy({ notes: true }, "p1", desk!.clock.now());
  onTestFinished(() => store.close());
  return { ...screen, desk: desk!, faults };
}

const KOUROU =
  'register CNIL SAN-2023-018 "Commune de Kourou" --kind sanction --decided 2023-12-12 --notified 2023-12-18 --item dpo --period P2M --rate 150 --per day --fine 5000';

describe.each(MODES)("before a real desk over %s", (mode) => {
  test("every command is answered as its examples are typed: with cards, or with a form", async () => {
    const { ana, faults } = await atDesk(mode);
    const lines = COMMANDS.filter(({ terminalOnly }) => terminalOnly !== true).flatMap(({ examples }) => examples);
    expect(lines.length).toBeGreaterThan(60);
    for (const line of lines) {
      const { status, messages, view } = await ana.types(line);
      expect([line, status, messages.length > 0 || view !== null]).toEqual([line, 200, true]);
    }
    expect(faults).toEqual([]);
  });
});

describe("before a real desk", () => {
  test("a word that is unknown, and no word at all, are answered with what can be typed", async () => {
    const { ana } = await atDesk("http");
    for (const line of ["", "help", "lst", "étwas <!channel>"]) expect((await ana.types(line)).messages.join().length).toBeGreaterThan(20);
  });

  test("every form opens as Slack takes it, in both languages, with and without the matter", async () => {
    const admins = [USER, BEA].map((user) => `slack:${TEAM}/${user}` as PersonRef);
    const { ana, person, platform, faults } = await atDesk("http", "en", admins);
    await ana.types(KOUROU);
    const bea = person({ user: BEA, userName: "bea" });
    const verbs = COMMANDS.filter(hasForm).map(({ verb }) => verb);
    expect(verbs).toEqual(expect.arrayContaining(["register", "notified", "complied", "watch", "digest", "settings", "snooze", "assign"]));
    const takesRef = (verb: string) => COMMANDS.find((command) => command.verb === verb)!.positionals.some(({ kind }) => kind === "matter");
    const lines = verbs.flatMap((verb) => [`form ${verb}`, ...(takesRef(verb) ? [`form ${verb} SAN-2023-018`] : [])]);
    for (const line of lines)
      for (const reader of [ana, bea]) {
        const { view, body } = await reader.types(line);
        expect([line, body, view !== null]).toEqual([line, undefined, true]);
        await reader.closes();
      }
    const opened = platform.calls.filter(({ method }) => method === "views.open").length;
    expect(opened).toBe(lines.length * 2);
    const french = platform.calls.filter(({ method, args }) => method === "views.open" && JSON.stringify(args).includes("Annuler"));
    expect(french).toHaveLength(lines.length);
    expect(faults).toEqual([]);
  });

  test("a matter is registered in a modal, its notification recorded in another, and both are in the register", async () => {
    const { ana, desk } = await atDesk("http");
    expect((await ana.types("register")).view).not.toBeNull();
    await ana.fills({ authority: "CNIL", kind: "order", ref: "SAN-2023-018", respondent: "Kourou & <Fils>", decided: "2023-12-12" });
    const registered = await ana.submits();
    expect([registered.errors, registered.view]).toEqual([{}, null]);
    expect(registered.messages.join()).toContain("SAN-2023-018");
    const before = (await desk.store.ledger.head()).hash;
    expect((await ana.types("notified SAN-2023-018")).view).not.toBeNull();
    await ana.fills({ on: "2023-12-18" });
    expect((await ana.submits()).view).toBeNull();
    const { messages } = await ana.types("show SAN-2023-018");
    expect(messages.join()).toContain("Kourou & <Fils>");
    expect((await desk.store.ledger.head()).hash).not.toBe(before);
  });

  test("what is wrong is said at its field, nothing is recorded, and what is mended is", async () => {
    const { ana, desk } = await atDesk("http");
    await ana.types(KOUROU);
    const before = await desk.store.ledger.head();
    await ana.types("form paid SAN-2023-018");
    await ana.fills({ amount: "a lot", on: "2030-01-01" });
    const { errors } = await ana.submits();
    expect(Object.keys(errors)).toEqual(expect.arrayContaining(["amount"]));
    expect(await desk.store.ledger.head()).toEqual(before);
  });

  test("lists of matters and authorities offer what was typed", async () => {
    const { ana } = await atDesk("http");
    await ana.types(KOUROU);
    await ana.types("form show");
    expect((await ana.looksUp("ref", "kourou")).map(({ value }) => value)).toEqual(["CNIL:SAN-2023-018"]);
    await ana.closes();
    await ana.types("form register");
    expect(JSON.stringify(await ana.looksUp("authority", "cnil"))).toContain("CNIL");
  });

  test("an answer that only its asker sees is shown to everybody by its button", async () => {
    const { ana, platform } = await atDesk("http");
    await ana.types(KOUROU);
    await ana.types("show SAN-2023-018");
    const everybody = () => platform.messages(CHANNEL).filter(({ user }) => user === undefined).length;
    expect(everybody()).toBe(0);
    await ana.presses("Show to everybody here");
    expect(everybody()).toBe(1);
  });

  test("somebody with 300 matters finds each at home, on pages that Slack takes", async () => {
    const { ana, platform, desk } = await atDesk("http");
    const line = (index: number) =>
      `register CNIL SAN-2024-${index} "Company ${index}" --kind order --decided 2024-01-10 --notified 2024-01-15 --period P2M --rate 150 --per day`;
    const door = openDoor(desk, null);
    const asking = { place: `slack:T0TEAM/${USER}` as never, person: `slack:T0TEAM/${USER}` as never, personName: "ana" };
    for (let index = 0; index < 300; index++) {
      await door.onCommand({ ...asking, id: `r${index}`, text: line(index) });
      await door.onCommand({ ...asking, id: `a${index}`, text: `assign SAN-2024-${index} to me` });
    }
    let { home } = await ana.opensHome();
    const pages = [home!];
    while (home?.includes("Next page")) {
      expect((platform.home(USER)!.view.blocks as readonly Json[]).length).toBeLessThanOrEqual(100);
      ({ home } = await ana.presses("Next page", "home"));
      pages.push(home!);
    }
    const all = pages.join("\n");
    for (let index = 0; index < 300; index++) expect(all).toMatch(new RegExp(`SAN-2024-${index}\\b`));
  });
});
