import type { Action, Card } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { text } from "./matter-card.ts";
import { say } from "./say.ts";

export interface Welcomed {
  /** Who added the bot, as the platform names them; null where it does not say. */
  readonly by: string | null;
  /** It is the person's own conversation with the bot. */
  readonly alone: boolean;
}

/** What a place is told when the bot is added to it, once: who did so, what it does, how to begin, and how to stop it. */
export function welcomeCard(language: Language, { by, alone }: Welcomed): Card {
  const actions: readonly Action[] = [
    { label: say(language, "home.help"), command: "help" },
    { label: say(language, "welcome.settings"), command: "form settings" },
  ];
  return {
    title: by === null ? say(language, "welcome.title") : say(language, "welcome.title-by", { name: by }),
    tone: "calm",
    blocks: [
      text(say(language, "home.what")),
      text(say(language, alone ? "welcome.ask-alone" : "welcome.ask")),
      {
        kind: "facts",
        facts: [
          { label: say(language, "welcome.here"), value: [say(language, "welcome.here-how")] },
          { label: say(language, "welcome.own"), value: [say(language, "welcome.own-how")] },
          { label: say(language, "welcome.stop"), value: [say(language, "welcome.stop-how")] },
        ],
      },
      { kind: "actions", actions },
    ],
  };
}
