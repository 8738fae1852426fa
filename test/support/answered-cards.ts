import { readFileSync } from "node:fs";
import { join } from "node:path";
import { STORE } from "../../adapters/index.ts";
import { openRegister } from "../../src/alerts/register.ts";
import { openSights } from "../../src/alerts/sights.ts";
import type { Context } from "../../src/commands/command.ts";
import { dispatchLine } from "../../src/commands/dispatcher.ts";
import { inSight } from "../../src/commands/in-sight.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { Terminal } from "../../src/commands/terminal.ts";
import type { Card } from "../../src/ports/card.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Language } from "../../src/time/wording.ts";

export interface AnsweredCard {
  /** The line that it answers. */
  readonly line: string;
  readonly card: Card;
}

const EXAMPLE = "examples/kourou.yaml";
const NOW = "2026-01-15T09:00:00.000Z" as Instant;

/** The cards with which a register of one public matter answers every example of every command that a chat takes, refusals too. */
export async function answeredCards(language: Language): Promise<readonly AnsweredCard[]> {
  const store = await STORE.open({ url: "sqlite::memory:" });
  try {
    const file = readFileSync(join(import.meta.dirname, "../..", EXAMPLE), "utf8");
    const who = { place: "slack:T1/C1" as Place, person: "slack:T1/U1" as PersonRef, personName: "ana" };
    // She administers, so that no command is refused for lack of a role.
    const sights = openSights({
      ...{ access: store.access, people: store.people, admins: () => [who.person] },
      audience: async () => ({ kind: "internal" }),
      kindOf: async () => "member",
    });
    let count = 0;
    const contextOf = (terminal: Context["terminal"]): Context => ({
      id: `answered-${++count}`,
      language,
      operations: null,
      owns: () => true,
      direct: () => null,
      nudge: () => undefined,
      clock: setClock(NOW),
      ...inSight(sights, openRegister(store.ledger), { ...who, heard: false }),
      store,
      zone: "Europe/Paris",
      overheard: false,
      terminal,
      ...who,
    });
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const terminal = { json: false, readFile: async () => ({ text: file }), fault: () => undefined, progress: () => undefined };
    await dispatchLine(`import ${EXAMPLE}`, COMMANDS, contextOf(terminal as unknown as Terminal), log);
    const lines = ["", ...COMMANDS.flatMap(({ verb, examples }) => [`help ${verb}`, verb, ...examples])];
    const answered: AnsweredCard[] = [];
    for (const line of lines) {
      const { cards } = await dispatchLine(line, COMMANDS, contextOf(null), log);
      answered.push(...cards.map((card) => ({ line, card })));
    }
    return answered;
  } finally {
    await store.close();
  }
}
