import type { Card } from "../../../src/ports/card.ts";
import type { AdapterState, Answer, ChatHost } from "../../../src/ports/chat.ts";
import { split } from "../shared/split.ts";
import { type Heard, readActivity } from "./activity.ts";
import { adaptiveCard, bytesOf, LIMITS } from "./adaptive-card.ts";
import { personOf, placeOf } from "./address.ts";
import type { Reply } from "./bot-framework.ts";
import type { TeamsConfig } from "./config.ts";
import type { Conversations } from "./conversations.ts";
import type { PlaceCard } from "./posting.ts";
import { isServiceUrl } from "./service-url.ts";

export interface Receiving {
  readonly config: TeamsConfig;
  readonly host: ChatHost;
  readonly conversations: Conversations;
  readonly place: PlaceCard;
  /** Does the work after the platform has its answer. */
  readonly later: (work: () => Promise<void>) => void;
}

/** Handles an activity whose sender is authenticated, and says what the platform is answered. */
export function receiving({ config, host, conversations, place, later }: Receiving): (activity: object) => Promise<Reply> {
  const isNew = firstTime(host.state);

  return async (activity) => {
    const heard = readActivity(activity);
    const refusal = typeof heard === "string" ? heard : refusalOf(heard, config);
    if (refusal !== null) {
      host.log.warn({ adapter: "teams" }, `refused: ${refusal}`);
      return { status: 403 };
    }
    return handle(heard as Heard);
  };

  async function handle(heard: Heard): Promise<Reply> {
    if (heard.what.kind === "removed") {
      await conversations.forget(heard.conversation);
      return { status: 200 };
    }
    await conversations.keep(heard.conversation, heard.overheard ? undefined : personOf(heard.person).slice("teams:".length));
    switch (heard.what.kind) {
      case "nothing":
        return { status: 200 };
      case "unknown invoke":
        return { status: 501 };
      case "press":
        return { status: 200, body: await pressed(heard, await ask(heard, heard.what.command)) };
      case "command": {
        const { text } = heard.what;
        // Teams delivers again what is not answered in 15 s; hence the work after the answer, and once.
        if (await isNew(heard.id)) later(async () => show(heard, (await ask(heard, text)).cards));
        return { status: 200 };
      }
    }
  }

  function ask(heard: Heard, text: string): Promise<Answer> {
    return host.onCommand({
      id: heard.id,
      text,
      place: placeOf(heard.conversation),
      person: personOf(heard.person),
      personName: heard.person.name,
      ...(heard.overheard ? { overheard: true } : {}),
      ...(heard.language === undefined ? {} : { language: heard.language }),
    });
  }

  async function show(heard: Heard, cards: readonly Card[]): Promise<void> {
    const to = { serviceUrl: heard.conversation.serviceUrl, conversation: heard.thread };
    for (const [index, card] of cards.entries()) {
      const placed = await place({ to, card, note: `answer/${heard.id}/${index}`, as: "post" });
      if (!placed.ok) host.log.warn({ adapter: "teams", place: placeOf(heard.conversation) }, `an answer was not shown: ${placed.reason}`);
    }
  }

  /** The card of the answer stands in place of the pressed one, for that person alone; what does not fit into one card, or is for all, is posted. */
  async function pressed(heard: Heard, answer: Answer): Promise<object> {
    const [card] = answer.cards;
    const alone =
      answer.audience === "asker" && answer.cards.length === 1 && card !== undefined && split(card, LIMITS, bytesOf).length === 1;
    if (alone) return { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: adaptiveCard(card) };
    later(() => show(heard, answer.cards));
    return { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: card?.title ?? "" };
  }
}

function refusalOf(heard: Heard, config: TeamsConfig): string | null {
  const insecure = config.insecureForTests === true;
  if (!isServiceUrl(heard.conversation.serviceUrl, insecure)) return "an activity whose service URL is not one of Microsoft's";
  if (heard.conversation.tenant !== config.tenantId && !(insecure && config.tenantId === "")) return "an activity of another tenant";
  return null;
}

/** Longer than any redelivery. */
const SEEN_MILLISECONDS = 24 * 3_600_000;

/** Whether an activity is delivered for the first time; within this process also where both deliveries come at once. */
function firstTime(state: AdapterState): (id: string) => Promise<boolean> {
  const asking = new Set<string>();
  return async (id) => {
    const key = `seen/${id}`;
    if (asking.has(key)) return false;
    asking.add(key);
    try {
      if ((await state.get(key)) !== undefined) return false;
      await state.set(key, true, SEEN_MILLISECONDS);
      return true;
    } finally {
      asking.delete(key);
    }
  };
}
