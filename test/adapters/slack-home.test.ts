import { describe, expect, test } from "vitest";
import type { Card } from "../../src/ports/card.ts";
import type { Asking, Home } from "../../src/ports/form.ts";
import type { Json } from "../fakes/slack-platform/blocks/shape.ts";
import { TEAM, USER } from "../fakes/slack-platform/names.ts";
import { BEA, cardOf, formOf, MODES, type Mode, REF, type Screen, said, slackScreen } from "./slack-answer-screen.ts";

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

describe("an App Home that cannot be shown anew", () => {
  const PAGES = Array.from({ length: 60 }, (_, index) => matter(index));
  const UNSHOWN = "The Home could not be shown anew: it still shows what it showed before.";

  async function opened(user = USER) {
    const screen = await homes("http", () => PAGES);
    const person = screen.person(user === USER ? {} : { user, userName: "bea" });
    const { home } = await person.opensHome();
    return { ...screen, one: person, home };
  }

  test.each([
    [{ kind: "refusal", error: "not_enabled" }, `${UNSHOWN} Slack refuses the page. (not_enabled)`],
    [{ kind: "answer", status: 429, retryAfter: "900" }, `${UNSHOWN} Slack asks to wait 15 minutes.`],
    [{ kind: "refusal", error: "missing_scope" }, `${UNSHOWN} The bot lacks a permission.`],
    [{ kind: "answer", status: 503 }, "It is not certain that the Home was shown anew. Slack had trouble or did not answer."],
    [{ kind: "reset", shown: false }, "It is not certain that the Home was shown anew. Slack had trouble or did not answer."],
  ] as const)("is told of to whoever turned the page, with a reference (%j)", async (fault, words) => {
    const { one, platform, home, host } = await opened();
    void platform.failNext(fault, { method: "views.publish" });
    const turned = await one.presses("Next page", "home");
    expect(turned.view).toContain(words);
    expect(turned.view).toMatch(/ finds it in its log under \S+\.$/m);
    expect(turned.home).toBe(home);
    expect(host.complaints).toContain("slack: a person's home could not be shown");
  });

  test.each([
    [
      { kind: "refusal", error: "not_enabled" },
      "La page d'accueil n'a pas pu être mise à jour : elle montre ce qu'elle montrait avant. Slack refuse la page. (not_enabled)",
    ],
    [{ kind: "answer", status: 429, retryAfter: "900" }, "elle montre ce qu'elle montrait avant. Slack demande d'attendre 15 minutes."],
    [
      { kind: "answer", status: 503 },
      "Il n'est pas certain que la page d'accueil ait été mise à jour. Slack a eu un problème ou n'a pas répondu.",
    ],
  ] as const)("is told of in French too (%j)", async (fault, words) => {
    const { one, platform } = await opened(BEA);
    void platform.failNext(fault, { method: "views.publish" });
    const { view } = await one.presses("Next page", "home");
    expect(view).toContain(words);
    expect(view).not.toMatch(/\b(shown|Home|wait|log under)\b/);
  });

  test("is told of by direct message where no modal opens, and by the log where nothing can be said", async () => {
    const { one, platform, host } = await opened();
    const refused = { kind: "refusal", error: "not_enabled" } as const;
    for (const method of ["views.publish", "views.open"]) void platform.failNext(refused, { method });
    const { view, shown } = await one.presses("Next page", "home");
    expect([view, shown.map(({ channel }) => channel)]).toEqual([null, ["D0ANA"]]);
    expect(JSON.stringify(shown)).toContain(UNSHOWN);
    for (const method of ["views.publish", "views.open", "chat.postMessage"]) void platform.failNext(refused, { method });
    await one.presses("Next page", "home");
    expect(host.complaints).toContain("slack: an answer could not be shown");
  });

  test("is told of with a reference, and nothing else, where it is a fault of ours", async () => {
    const { one, host } = await opened();
    host.serve({ home: () => Promise.reject(new Error("the disk is full of secrets")) });
    const { view } = await one.presses("Next page", "home");
    expect(view).toContain(`${UNSHOWN} Whoever runs this app finds it in its log under `);
    expect(view).not.toContain("secrets");
  });

  test("after a button of its own is told of as well, beside the answer", async () => {
    const { one, platform, host } = await opened();
    host.answerWith(({ text }) => said(`Answer to ${text}`));
    void platform.failNext({ kind: "refusal", error: "not_enabled" }, { method: "views.publish" });
    const { view, shown } = await one.presses("Show", "home");
    expect(JSON.stringify(shown)).toContain("Answer to show SAN-2024-");
    expect(view).toContain(UNSHOWN);
  });

  test("where it is only opened, is shown by the next opening, and nobody is written to", async () => {
    const screen = await homes("http", () => PAGES);
    void screen.platform.failNext({ kind: "refusal", error: "not_enabled" }, { method: "views.publish" });
    const { shown, view } = await screen.ana.opensHome();
    expect([shown, view]).toEqual([[], null]);
  });
});
