/**
 * npm run check:blocks: asks Slack itself (blocks.validate, which needs no token) whether it takes every card that the program shows, in each
 * form in which it may be sent. Run by hand, never by a test: it needs a network, and sends example cards to slack.com. Exit status 1 where
 * Slack finds something wrong, or cannot be asked.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { blocksOf, CLASSIC, NEWEST } from "../adapters/chat/slack/blocks.ts";
import { classicMessageOf, messageOf, partsOf } from "../adapters/chat/slack/message.ts";
import { digestOfMatters } from "../test/adapters/slack-digest-card.ts";
import { FULL } from "../test/contracts/chat-cards.ts";
import { answeredCards } from "../test/support/answered-cards.ts";

const URL = "https://slack.com/api/blocks.validate";

/** What Slack is asked about: what it stands for, and the one argument. */
export interface Question {
  readonly about: string;
  readonly argument: "message" | "view";
  readonly value: object;
}

export interface Checked {
  readonly asked: number;
  /** What Slack finds wrong, a line each. */
  readonly wrong: readonly string[];
  /** Why not everything was asked; null where it was. */
  readonly stopped: string | null;
}

/** Every card of the examples, in both languages and in each form; the same message is asked about once. */
export async function questions(): Promise<readonly Question[]> {
  const cards = [{ about: "a card with everything", card: FULL }];
  for (const language of ["en", "fr"] as const) {
    cards.push({ about: `a digest of 300 matters (${language})`, card: digestOfMatters(language, 300) });
    for (const { line, card } of await answeredCards(language)) cards.push({ about: `${line || "nothing typed"} (${language})`, card });
  }
  const asked = cards.flatMap(({ about, card }): readonly Question[] => [
    ...partsOf(card).flatMap((part) => {
      const forms = [messageOf(part, NEWEST), messageOf(part, CLASSIC), classicMessageOf(part)];
      return forms.map((value) => ({ about, argument: "message" as const, value }));
    }),
    // A view of more blocks is shown page by page.
    { about: `${about}, at home`, argument: "view", value: { type: "home", blocks: blocksOf(card, "view").slice(0, 100) } },
  ]);
  return [...new Map(asked.map((question) => [JSON.stringify(question.value), question])).values()];
}

/** Asks one after the other, and stops where nobody answers. */
export async function check(asked: readonly Question[], ask: typeof fetch, wait: (seconds: number) => Promise<unknown>): Promise<Checked> {
  const wrong: string[] = [];
  for (const [index, { about, argument, value }] of asked.entries()) {
    const body = new URLSearchParams({ [argument]: JSON.stringify(value) });
    let response: Response;
    try {
      response = await ask(URL, { method: "POST", body });
      for (let tries = 0; response.status === 429 && tries < 5; tries++) {
        await wait(Number(response.headers.get("retry-after")) || 1);
        response = await ask(URL, { method: "POST", body });
      }
    } catch (error) {
      const { cause, message } = error as Error & { readonly cause?: { readonly code?: string } };
      return { asked: index, wrong, stopped: `slack.com cannot be reached (${cause?.code ?? message})` };
    }
    if (!response.ok) return { asked: index, wrong, stopped: `slack.com answered ${response.status}` };
    const { ok, error, errors = [] } = (await response.json()) as { ok?: boolean; error?: string; errors?: readonly unknown[] };
    if (ok !== true && !/^invalid_(blocks|message|view)$/.test(error ?? ""))
      return { asked: index, wrong, stopped: `slack.com answered ${error}` };
    if (ok !== true) wrong.push(`${about}: ${error} ${JSON.stringify(errors)}`);
  }
  return { asked: asked.length, wrong, stopped: null };
}

if (process.argv[1] === import.meta.filename) {
  const all = await questions();
  process.stdout.write(`Asks ${URL} about ${all.length} example messages and views. Nothing of a register of yours is sent.\n`);
  const { asked, wrong, stopped } = await check(all, fetch, (seconds) => sleep(seconds * 1000));
  for (const line of wrong) process.stdout.write(`${line}\n`);
  if (stopped !== null)
    process.stdout.write(
      `Stopped after ${asked} of ${all.length}: ${stopped}. This check needs a network; without it nothing is proved.\n`,
    );
  else process.stdout.write(wrong.length === 0 ? `Slack takes all ${asked}.\n` : `Slack finds ${wrong.length} of ${asked} wrong.\n`);
  process.exitCode = stopped === null && wrong.length === 0 ? 0 : 1;
}
