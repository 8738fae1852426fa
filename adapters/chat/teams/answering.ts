import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Card } from "../../../src/ports/card.ts";
import type { Answer, ChatHost } from "../../../src/ports/chat.ts";
import type { Arrived } from "../shared/arrived.ts";
import type { Failure } from "../shared/failure.ts";
import type { Laid } from "../shared/laying.ts";
import type { Heard } from "./activity.ts";
import { addressOf, directPlace, personOf, placeOf } from "./address.ts";
import { refusedBy, wordsIn } from "./asker-words.ts";
import type { PrivateAnswers } from "./places.ts";
import type { PlaceCard, Placing } from "./posting.ts";
import type { KnownCode } from "./refusals.ts";
import { isServiceUrl } from "./service-url.ts";
import { conversationAt, type Finding } from "./target.ts";

export interface Answering {
  readonly host: Pick<ChatHost, "log">;
  readonly place: PlaceCard;
  readonly finding: Finding;
  readonly privates: PrivateAnswers;
  /** How long to wait before another try, instead of what Teams asks for. */
  readonly pauseMilliseconds?: number | undefined;
  /** Nothing waits for another try any more: the program stops. */
  readonly stopping: AbortSignal;
  /** The connector on loopback keeps private what is for one person. */
  readonly trusted: boolean;
}

export interface Answers {
  /**
   * Whether what only the asker may read can be answered where they asked. Teams shows a message to one person to that person alone, or refuses
   * it (Teams documentation, "Targeted messages"); a connector that is not Microsoft's may not know of them, and show it to all.
   */
  isPrivate(heard: Heard): Promise<boolean>;
  /** Shows the cards. `sealed` are cards that nobody but the asker may see, since the command was told that nobody does. Never throws. */
  show(heard: Heard, answer: Pick<Answer, "cards" | "audience">, sealed: boolean): Promise<void>;
  /** Tells of a fault of ours, under a reference that stands in the log, and says nothing else of it. */
  fault(heard: Heard, error: unknown): Promise<void>;
  /** Posts a card to the conversation itself, and tries again where Teams asks to wait. */
  say(heard: Heard, card: Card, note: string): Promise<Laid<string>>;
}

interface Way {
  readonly whispers: boolean;
  readonly sealed: boolean;
}

/** What came of a card; whether the asker knows already, or cannot be told, where it was not shown. */
type Shown = Laid<string> & { readonly isTold?: true };

/** A card on its way, under what it is noted, and who is told how far it came. */
type Saying = Pick<Placing, "card" | "note" | "tries">;

/** So often an answer is tried; whoever asked has asked again by then. */
const TRIES = 4;
const LONGEST_PAUSE_SECONDS = 30;

export function answering({ host, place, finding, privates, pauseMilliseconds, stopping, trusted }: Answering): Answers {
  /** Not shown, and worth trying again: at once twice as late each time, or when Teams says. */
  async function persist(placing: Placing): Promise<Laid<string>> {
    for (let tried = 1; ; tried++) {
      const placed = await place(placing);
      if (placed.ok || placed.retry !== "later" || tried === TRIES) return placed;
      const seconds = placed.afterSeconds ?? 2 ** (tried - 1);
      if (seconds > LONGEST_PAUSE_SECONDS || stopping.aborted) return placed;
      await sleep(pauseMilliseconds ?? seconds * 1000, undefined, { signal: stopping }).catch(() => undefined);
    }
  }

  function isDocumented({ serviceUrl }: Heard["conversation"]): boolean {
    return trusted || isServiceUrl(serviceUrl, false);
  }

  async function isPrivate(heard: Heard): Promise<boolean> {
    if (!heard.overheard || heard.targeted) return true;
    return (await privates.served(heard.conversation)) ?? isDocumented(heard.conversation);
  }

  /** To the conversation, to everybody or one person there. */
  function placingOf(heard: Heard, { card, note, tries }: Saying, only?: string): Placing {
    const to = { serviceUrl: heard.conversation.serviceUrl, conversation: heard.thread, ...(only === undefined ? {} : { only }) };
    const answers = heard.targeted ? { answers: heard.activity } : {};
    return { to, card, note: `answer/${heard.id}/${note}`, as: "post", ...answers, ...(tries === undefined ? {} : { tries }) };
  }

  /** In the person's own conversation with the bot. */
  async function direct(heard: Heard, { card, note, tries }: Saying, send = persist): Promise<Laid<string>> {
    const address = addressOf(directPlace(heard.conversation.tenant, personOf(heard.person)) ?? "");
    const found = address === null ? null : await conversationAt(finding, address);
    if (found === null || "ok" in found) return found ?? { ok: false, retry: "never", reason: "a person without an id" };
    const to = { serviceUrl: found.serviceUrl, conversation: found.conversation };
    return send({ to, card, note: `answer/${heard.id}/${note}/direct`, as: "post", ...(tries === undefined ? {} : { tries }) });
  }

  /** For the asker alone; where Teams refuses that, in their own conversation, and for all only what all may read. */
  async function whisper(heard: Heard, saying: Saying, sealed: boolean): Promise<Shown> {
    const whispered = await persist(placingOf(heard, saying, heard.person.id));
    if (whispered.ok || whispered.retry !== "never") return whispered;
    const { note } = saying;
    const other = sealed ? await direct(heard, saying) : await persist(placingOf(heard, { ...saying, note: `${note}/all` }));
    // It was that way of sending that was refused, not the bot.
    if (other.ok) await privates.note(heard.conversation, false);
    if (other.ok || !sealed) return other;
    const words = wordsIn(heard.language);
    const reference = referenceOf(heard);
    // That Teams lets it be shown nowhere is true where it refused it, and not where it asks to wait or did not answer.
    const told = { never: words.unsaid, later: words.unshown("", reference), unknown: words.uncertain("", reference) };
    await persist(placingOf(heard, { card: plain(told[other.retry]), note: `${note}/unsaid` }));
    return { ...other, isTold: true };
  }

  function placed(heard: Heard, saying: Saying, { whispers, sealed }: Way): Promise<Shown> {
    // Who asks where the bot is not is answered where it is: alone.
    if (heard.away) return direct(heard, saying);
    return whispers ? whisper(heard, saying, sealed) : persist(placingOf(heard, saying));
  }

  /**
   * Tells the asker that an answer was not shown, or perhaps not, or which part of it: where it was asked, to them alone if that can be, and in
   * their own conversation where the other takes nothing. Each way is tried once, and none where Teams would refuse it too.
   */
  async function tell(heard: Heard, failure: Failure, arrived: Arrived, isAlone: boolean): Promise<void> {
    const words = wordsIn(heard.language);
    const [why, reference] = [words.reason(failure), referenceOf(heard)];
    const saying = (text: string): Saying => ({ card: plain(text), note: "trouble" });
    const inOwn = () => direct(heard, saying(words.unshown(why, reference, { arrived, elsewhere: true })), place);
    const { status, code } = refusedBy(failure);
    const told = (because: string) =>
      saying(
        failure.retry === "unknown" ? words.uncertain(because, reference, { arrived }) : words.unshown(because, reference, { arrived }),
      );
    if (failure.retry === "later" ? isPaced(failure) : BARRED.has(status) && code !== MESSAGE_GONE) {
      if (heard.overheard && heard.away !== true) await inOwn();
      return;
    }
    // What is refused for another reason than the message itself, such as the bot's token, is refused everywhere.
    if (failure.retry === "later" || (failure.retry === "never" && (status === "" || status === "401"))) return;
    if (heard.away === true) return void (await direct(heard, told(why), place));
    if (!heard.overheard) return void (await place(placingOf(heard, told(why))));
    if (!isAlone) return void (await place(placingOf(heard, told(""))));
    const whispered = await place(placingOf(heard, told(why), heard.person.id));
    if (!whispered.ok && whispered.retry === "never") await direct(heard, told(why), place);
  }

  async function show(heard: Heard, { cards, audience }: Pick<Answer, "cards" | "audience">, sealed: boolean): Promise<void> {
    const served = (await privates.served(heard.conversation)) ?? (isDocumented(heard.conversation) ? null : false);
    const isAlone = heard.overheard && (sealed || heard.targeted || served !== false);
    const whispers = isAlone && audience === "asker";
    const arrived: Arrived[number][] = [];
    let untold: Failure | null = null;
    for (const [index, card] of cards.entries()) {
      let [last, of] = [0, 1];
      const tries: Placing["tries"] = (message, messages) => {
        [last, of] = [message, messages];
      };
      const shown = await placed(heard, { card, note: String(index), tries }, { whispers, sealed });
      const ends = shown.ok || shown.retry !== "unknown" ? "unshown" : "perhaps";
      for (let message = 0; message < of; message++)
        arrived.push(shown.ok || message < last ? "shown" : message === last ? ends : "unshown");
      if (shown.ok) continue;
      const about = { adapter: "teams", place: placeOf(heard.conversation), reference: referenceOf(heard) };
      host.log.warn(about, `an answer was not shown: ${shown.reason}`);
      if (shown.isTold !== true) untold ??= shown;
    }
    if (untold !== null) await tell(heard, untold, arrived, isAlone);
  }

  return {
    isPrivate,
    show,
    async fault(heard, error) {
      const reference = referenceOf(heard);
      host.log.error({ adapter: "teams", err: error, reference }, "an answer could not be given");
      await show(heard, { cards: [plain(wordsIn(heard.language).unshown("", reference))], audience: "asker" }, false);
    },
    say: (heard, card, note) =>
      persist({ to: { serviceUrl: heard.conversation.serviceUrl, conversation: heard.conversation.conversation }, card, note, as: "post" }),
  };
}

/** Under which the log tells of what was heard. */
function referenceOf({ id }: Heard): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 8);
}

/** With which Teams refuses whatever is said in that conversation. */
const BARRED: ReadonlySet<string> = new Set(["403", "404"]);

/** And with which word it refuses the one message alone. */
const MESSAGE_GONE: KnownCode = "ActivityNotFoundInConversation";

/** It is that conversation which takes no more, or not now: another one may. */
function isPaced(failure: Failure): boolean {
  return refusedBy(failure).status !== "" || (failure.retry === "later" && failure.reason.startsWith("as much was sent"));
}

function plain(title: string): Card {
  return { title, tone: "calm", blocks: [] };
}
