import { describe, expect, test } from "vitest";
import type { Card } from "../../src/ports/card.ts";
import type { Asking, Home } from "../../src/ports/form.ts";
import type { Json } from "../fakes/slack-platform/blocks/shape.ts";
import { TEAM, USER } from "../fakes/slack-platform/names.ts";
import { cardOf, formOf, MODES, type Mode, REF, type Screen, said, slackScreen } from "./slack-answer-screen.ts";

interface Shown extends Screen {
  readonly askings: Asking[];
}

async function homes(mode: Mode, cards: (askings: number) => readonly Card[]): Promise<Shown> {
  const screen = await slackScreen(mode);
  const askings: Asking[] = [];
  screen.host.serve({
    home: async (asking): Promise<Home> => ({ cards: cards(askings.push(asking)), previous: "Previous page", next: "Next page" }),
  });
  return { ...screen, askings };
}

/** One matter: its line and its button, as Home has them. */
function matter(index: number): Card {
  return cardOf(`SAN-2024-${index}`, [
    { kind: "text", text: [`Matter ${index}: due in ${index} days`] },
    { kind: "actions", actions: [{ label: "Show", command: `show SAN-2024-${index}` }] },
  ]);
}

const blocksOfHome = ({ platform }: Screen) => platform.home(USER)?.view.blocks as readonly Json[];

describe.each(MODES)("the App Home over %s", (mode) => {
  test("shows the cards of the person who opens it, in their own place", async () => {
    const { ana, askings } = await homes(mode, () => [cardOf("Next deadlines"), cardOf("My matters")]);
    const { home } = await ana.opensHome();
    expect(home).toContain("Next deadlines");
    expect(home).toContain("My matters");
    expect(askings).toEqual([expect.objectContaining({ place: `slack:${TEAM}/${USER}`, person: `slack:${TEAM}/${USER}`, language: "en" })]);
  });

  test("is not made again for an event that is delivered again, nor for the tab of messages", async () => {
    const { ana, askings } = await homes(mode, () => [cardOf("My matters")]);
    await ana.opensHome();
    await ana.repeats();
    await ana.opensHome("messages");
    expect(askings).toHaveLength(1);
  });

  test("with 300 matters is shown in pages of at most 100 blocks; over them nothing is lost, and no card is torn", async () => {
    const screen = await homes(mode, () => [cardOf("My matters"), ...Array.from({ length: 300 }, (_, index) => matter(index))]);
    let { home } = await screen.ana.opensHome();
    expect(home).not.toContain("Previous page");
    const pages = [home!];
    while (home?.includes("Next page")) {
      expect(blocksOfHome(screen).length).toBeLessThanOrEqual(100);
      ({ home } = await screen.ana.presses("Next page", "home"));
      pages.push(home!);
    }
    expect(pages.length).toBeLessThan(12);
    // The title, the line and the button of each matter stand on one page.
    for (let index = 0; index < 300; index++) {
      const whole = `SAN-2024-${index}\nMatter ${index}: due in ${index} days\n[Show]`;
      expect([index, pages.filter((page) => page.includes(whole)).length]).toEqual([index, 1]);
    }
    const { home: back } = await screen.ana.presses("Previous page", "home");
    expect(back).toBe(pages.at(-2));
  });
});

describe("the App Home", () => {
  test("with a card larger than a page goes on with it on the next", async () => {
    const blocks = Array.from({ length: 150 }, (_, index) => ({ kind: "text" as const, text: [`line ${index}.`] }));
    const screen = await homes("http", () => [cardOf("First"), cardOf("Long", blocks), cardOf("Last")]);
    const { home: first } = await screen.ana.opensHome();
    const { home: second } = await screen.ana.presses("Next page", "home");
    const all = `${first}${second}`;
    for (const { text } of blocks) expect(all).toContain(text[0]);
    expect(all).toContain("Last");
  });

  test("whose page is not there any more shows the last one", async () => {
    const screen = await homes("http", (times) => Array.from({ length: times === 1 ? 300 : 2 }, (_, index) => matter(index)));
    await screen.ana.opensHome();
    expect((await screen.ana.presses("Next page", "home")).home).toContain("Matter 1: due");
  });

  test("is shown anew after its own button was pressed, on the page that was looked at, and the answer comes by direct message", async () => {
    const screen = await homes("http", (times) => [
      ...Array.from({ length: 60 }, (_, index) => matter(index)),
      cardOf(`Shown ${times} times`),
    ]);
    screen.host.answerWith(({ text }) => said(`Answer to ${text}`));
    await screen.ana.opensHome();
    await screen.ana.presses("Next page", "home");
    const { home, shown } = await screen.ana.presses("Show", "home");
    expect(home).toContain("Shown 3 times");
    expect(shown.map(({ channel }) => channel)).toEqual(["D0ANA"]);
    expect(JSON.stringify(shown)).toContain("Answer to show SAN-2024-");
  });

  test("is shown anew after a form that was opened from it was submitted, and only then", async () => {
    const button = { kind: "actions" as const, actions: [{ label: "Register a matter…", command: "form register" }] };
    const screen = await homes("http", (times) => [cardOf(`Shown ${times} times`, [button])]);
    screen.host.answerWith(() => ({ ...said("-"), form: formOf([REF], { verb: "register" }) }));
    screen.host.serve({ submit: async () => said("Registered") });
    await screen.ana.opensHome();
    expect((await screen.ana.presses("Register a matter…", "home")).view).toContain("Matter");
    const { home, shown } = await screen.ana.submits();
    expect(home).toContain("Shown 3 times");
    expect(shown.map(({ channel }) => channel)).toEqual(["D0ANA"]);
    await screen.ana.types("paid");
    await screen.ana.submits();
    expect(screen.askings).toHaveLength(3);
  });

  test("that cannot be shown complains to the log, and the next opening shows it", async () => {
    const screen = await homes("http", () => [cardOf("My matters")]);
    void screen.platform.failNext({ kind: "refusal", error: "not_enabled" }, { method: "views.publish" });
    expect((await screen.ana.opensHome()).home).toBeNull();
    expect(screen.host.complaints).toEqual(["slack: a person's home could not be shown"]);
    expect((await screen.ana.opensHome()).home).toContain("My matters");
  });
});
