import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

/** What is used of the browser's driver, which is no dependency: its types are not there. */
interface Locator {
  first(): Locator;
  last(): Locator;
  nth(index: number): Locator;
  locator(selector: string, options?: { readonly hasText?: string | RegExp }): Locator;
  click(options?: { readonly timeout?: number }): Promise<void>;
  count(): Promise<number>;
  allInnerTexts(): Promise<readonly string[]>;
  scrollIntoViewIfNeeded(): Promise<void>;
  evaluate(run: (element: { scrollIntoView(where: { readonly block: "center" }): void }) => void): Promise<void>;
}

interface Page extends Locator {
  setDefaultTimeout(milliseconds: number): void;
  goto(address: string): Promise<unknown>;
  setViewportSize(size: { readonly width: number; readonly height: number }): Promise<void>;
  screenshot(options: { readonly path: string; readonly type: "png" }): Promise<unknown>;
  readonly keyboard: { type(text: string): Promise<void>; press(key: string): Promise<void> };
}

interface Driver {
  readonly chromium: {
    launch(options: object): Promise<{ newPage(options: object): Promise<Page>; close(): Promise<void>; version(): string }>;
  };
}

const FLAGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];
const PATIENCE = 20_000;
/** A narrower page hides the list of conversations. */
const WIDTH = 1_280;
const HEIGHT = 1_200;
const CARD = ".ac-adaptiveCard";
const PERSONAL = "Personal Chat";

/** The person at the playground's page. */
export interface Person {
  readonly version: string;
  /** Opens a conversation by the name that the page gives it; the app is installed there when it is opened first. */
  open(conversation: string): Promise<void>;
  /** Says something in the conversation that is open: in a channel as a new post that mentions the bot. */
  say(line: string): Promise<void>;
  /** The text of the newest card that the words are in; refuses where none comes in time. */
  card(words: RegExp): Promise<string>;
  /** Presses a button of the newest card that the words are in. */
  press(words: RegExp, button: string): Promise<void>;
  /** How many cards there are with the words. */
  count(words: RegExp): Promise<number>;
  /** Shows the newest card with the words, and takes a picture of the page, as high as is said. */
  picture(file: string, words?: RegExp, height?: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens the playground's page in a browser without a window. */
export async function launched(driver: string, { executable, address }: { executable: string; address: string }): Promise<Person> {
  const { chromium } = (await import(pathToFileURL(driver).href)) as Driver;
  const browser = await chromium.launch({ executablePath: executable, args: FLAGS });
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(address);
  let isChannel = false;
  let isHidden = false;

  async function newest(words: RegExp): Promise<Locator> {
    const found = page.locator(CARD, { hasText: words });
    for (let waited = 0; waited < PATIENCE; waited += 200) {
      // A channel shows the newest post first, a chat last.
      if ((await found.count()) > 0) return isChannel ? found.first() : found.last();
      await sleep(200);
    }
    const shown = (await page.locator(CARD).allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " ").slice(0, 120));
    throw new Error(`no card with ${words}; there are: ${shown.join(" | ")}`);
  }

  return {
    version: `Chromium ${browser.version()}`,
    async open(conversation) {
      await page.locator(`[role=treeitem][aria-label="${conversation}"]`).click();
      isChannel = conversation !== PERSONAL && conversation !== "Group Chat";
      if (!isHidden) await page.locator('[title="Hide log panel"]').click();
      isHidden = true;
      await sleep(1_000);
    },
    async say(line) {
      await page.locator("[contenteditable=true][role=textbox]").first().click();
      if (isChannel) {
        await page.keyboard.type("@");
        // The bot is the first of those who can be mentioned.
        await page.locator("#typeahead-menu [role=menuitem]").first().click();
        await page.keyboard.type(" ");
      }
      await page.keyboard.type(line);
      if (isChannel)
        await page
          .locator("button", { hasText: /^Post$/ })
          .first()
          .click();
      else await page.keyboard.press("Enter");
      await sleep(500);
    },
    card: async (words) => (await (await newest(words)).allInnerTexts()).join(" ").replaceAll(/\s+/g, " "),
    async press(words, button) {
      const card = await newest(words);
      await card.scrollIntoViewIfNeeded();
      await card.locator(`button[title="${button}"]`).first().click({ timeout: PATIENCE });
    },
    count: (words) => page.locator(CARD, { hasText: words }).count(),
    async picture(file, words, height = HEIGHT) {
      await page.setViewportSize({ width: WIDTH, height });
      if (words !== undefined) await (await newest(words)).evaluate((element) => element.scrollIntoView({ block: "center" }));
      await sleep(700);
      await page.screenshot({ path: file, type: "png" });
    },
    close: () => browser.close(),
  };
}
