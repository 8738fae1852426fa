import type { Card, CardLimits } from "../../../src/ports/card.ts";
import type { Answer, ChatAdapter, ChatHost, DeliveryKey, PersonRef, Place, PostRef, PostResult } from "../../../src/ports/chat.ts";
import { TAKEN_OVER } from "../shared/failure.ts";
import { plainText } from "../shared/plain.ts";

/** The one place of a terminal. */
export const TERMINAL = "console:terminal" as Place;
/** Whoever sits in front of it. */
export const LOCAL_PERSON = "console:local" as PersonRef;

export interface ConsoleConfig {
  /** Shows one message; the text has no line end of its own. */
  write(text: string): void;
  /** How the person in front of the terminal is called; "local" without it. */
  readonly personName?: string;
}

/** The reference adapter: a terminal in which everybody sees everything and commands are typed. */
export interface ConsoleAdapter extends ChatAdapter {
  /** Runs one typed line and writes the answer. The root feeds it; an id may be given to name the line. */
  type(line: string, id?: string): Promise<Answer>;
}

/** A terminal scrolls: a message may be as long as it likes. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;
const LIMITS: CardLimits = {
  titleCharacters: NO_LIMIT,
  textCharacters: NO_LIMIT,
  blocks: NO_LIMIT,
  factsPerBlock: NO_LIMIT,
  actionsPerBlock: NO_LIMIT,
  labelCharacters: NO_LIMIT,
  commandCharacters: NO_LIMIT,
};

/** How many keys are remembered for `find`: more than are posted between a claim and its settling. */
const REMEMBERED = 10_000;

/** Control characters would let a text move the cursor or recolour the terminal; line ends and tabs stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

export function consoleAdapter(config: ConsoleConfig): ConsoleAdapter {
  let host: ChatHost | undefined;
  let posts = 0;
  let lines = 0;
  const underWay = new Set<Promise<unknown>>();
  const said = new Map<DeliveryKey, PostRef>();

  function remember(once: DeliveryKey, posted: PostRef): void {
    said.set(once, posted);
    const [oldest] = said.keys();
    if (said.size > REMEMBERED && oldest !== undefined) said.delete(oldest);
  }

  function show(card: Card): void {
    config.write(plainText(card).replaceAll(CONTROLS, "�"));
  }

  async function answer(text: string, id: string | undefined): Promise<Answer> {
    if (host === undefined) throw new Error("the console was not started, or was stopped");
    lines += 1;
    const typed = { id: id ?? `console:line/${host.clock.now()}/${lines}`, text: text.trim() };
    const answered = await host.onCommand({ ...typed, place: TERMINAL, person: LOCAL_PERSON, personName: config.personName ?? "local" });
    for (const card of answered.cards) show(card);
    return answered;
  }

  return {
    name: "console",
    limits: LIMITS,
    pace: 0,
    inPlace: false,
    async start(started) {
      host = started;
    },
    // A terminal has no threads: what goes under a message is shown like any other.
    async post(to, card, once, _, mayGoOn): Promise<PostResult> {
      if (to !== TERMINAL) return refused(`The console shows only ${TERMINAL}, and was asked to post to ${to}.`);
      if ((await mayGoOn?.()) === false) return TAKEN_OVER;
      posts += 1;
      const posted = `console:post/${posts}` as PostRef;
      show(card);
      remember(once, posted);
      return { ok: true, posted };
    },
    async update(posted, card, mayGoOn): Promise<PostResult> {
      if (!posted.startsWith("console:post/")) return refused(`${posted} is not a message of the console.`);
      if ((await mayGoOn?.()) === false) return TAKEN_OVER;
      // What a terminal has shown stays above: the card is shown anew.
      show(card);
      return { ok: true, posted };
    },
    // What an earlier process has printed nobody can read back.
    find: async (to, once) => (to === TERMINAL ? (said.get(once) ?? "cannot-tell") : "cannot-tell"),
    direct: (person) => (person.startsWith("console:") ? TERMINAL : null),
    audience: async (place) => (place === TERMINAL ? { kind: "person", person: LOCAL_PERSON } : { kind: "unknown" }),
    kindOf: async (person) => (person.startsWith("console:") ? "member" : "unknown"),
    workspaceOf: (minted) => (minted.startsWith("console:") ? TERMINAL : null),
    placeOf: (posted) => (posted.startsWith("console:post/") ? TERMINAL : null),
    connected: () => true,
    type(line, id) {
      const running = answer(line, id);
      underWay.add(running);
      const done = () => underWay.delete(running);
      running.then(done, done);
      return running;
    },
    async stop() {
      await Promise.allSettled(underWay);
      host = undefined;
    },
  };
}

function refused(reason: string): PostResult {
  return { ok: false, retry: "never", reason };
}
