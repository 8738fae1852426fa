import type { ChatHost } from "../../../src/ports/chat.ts";
import type { Asking } from "../../../src/ports/form.ts";
import { type Heard, readActivity } from "./activity.ts";
import { personOf, placeOf } from "./address.ts";
import type { Answers } from "./answering.ts";
import type { Reply } from "./bot-framework.ts";
import { directOf, type TeamsConfig } from "./config.ts";
import type { Conversations } from "./conversations.ts";
import { offered } from "./form-offer.ts";
import { invoke } from "./invoke.ts";
import type { Roster } from "./mentions.ts";
import { heedPlace, type PrivateAnswers, welcomeKey } from "./places.ts";
import type { PlaceEvent } from "./places-events.ts";
import { seenIn } from "./seen-activities.ts";
import { isServiceUrl } from "./service-url.ts";
import type { Standings } from "./standings.ts";

export interface Receiving {
  readonly config: TeamsConfig;
  readonly host: ChatHost;
  readonly conversations: Conversations;
  readonly answers: Answers;
  readonly roster: Roster;
  readonly privates: PrivateAnswers;
  readonly standings: Standings;
  /** Does the work after the platform has its answer. */
  readonly later: (work: () => Promise<void>) => void;
}

/** Longer than any redelivery, and than a token serves. */
const SEEN_MILLISECONDS = 25 * 3_600_000;

/** So many people of a conversation are offered to choose from. */
const MOST_PEOPLE = 200;

/** Handles an activity whose sender is authenticated, and says what the platform is answered. */
export function receiving({
  config,
  host,
  conversations,
  answers,
  roster,
  privates,
  standings,
  later,
}: Receiving): (activity: object) => Promise<Reply> {
  const seen = seenIn(host.state, SEEN_MILLISECONDS);
  const greeted = seenIn(host.state);

  return async (activity) => {
    const heard = readActivity(activity);
    const refusal = typeof heard === "string" ? heard : refusalOf(heard, config);
    if (refusal !== null) {
      host.log.warn({ adapter: "teams" }, `refused: ${refusal}`);
      return { status: 403 };
    }
    return handle(heard as Heard);
  };

  /**
   * An invoke proves nothing of where the bot is: the compose box and the cards that come from it are used in any chat, and one of two people is
   * called personal as well. The settings alone are opened only where the app was added.
   */
  async function isAway({ what, conversation }: Heard): Promise<boolean> {
    if (what.kind !== "invoke" || what.name.startsWith("config/")) return false;
    return (await conversations.find(conversation)) === null;
  }

  async function handle(given: Heard): Promise<Reply> {
    const { what, person } = given;
    await roster.learn(person);
    if (what.kind === "place" || (what.kind === "nothing" && what.people === true)) standings.changed(given.conversation);
    if (what.kind === "place") return moved(given, what.event);
    const heard: Heard = (await isAway(given)) ? { ...given, away: true } : given;
    if (heard.away !== true) await conversations.keep(heard.conversation, { person: ownerOf(heard), spoken: what.kind !== "nothing" });
    standings.met(heard);
    if (heard.targeted && (await privates.served(heard.conversation)) !== true) await privates.note(heard.conversation, true);
    switch (what.kind) {
      case "nothing":
        return { status: 200 };
      case "invoke":
        return invoke(
          { name: what.name, value: what.value, asking: askingOf(heard, config) },
          {
            host,
            show: (answer) => guarded(heard, () => answers.show(heard, answer, true)),
            later,
            ...(heard.away ? {} : { people: () => roster.people(heard, MOST_PEOPLE) }),
          },
        );
      case "command": {
        const { words } = what;
        // Teams delivers again what is not answered in 15 s; hence the work after the answer, and once.
        if (await seen.isNew(`seen/${heard.id}`)) later(() => guarded(heard, () => commanded(heard, words)));
        return { status: 200 };
      }
    }
  }

  async function commanded(heard: Heard, words: Parameters<Roster["read"]>[1]): Promise<void> {
    const [read, isPrivate] = await Promise.all([roster.read(heard, words), answers.isPrivate(heard)]);
    const answer = await host.onCommand({ ...askingOf(heard, config), ...read, ...(isPrivate ? {} : { overheard: true }) });
    // A message cannot open a dialog: a button under the words does.
    await answers.show(heard, offered(answer), isPrivate);
  }

  /** The bot came to a place, or left it, or the place itself changed. */
  async function moved(heard: Heard, event: PlaceEvent): Promise<Reply> {
    // A recorded activity that is sent again must not take the bot out of a place that it has come back to.
    const isNew = heard.activity === "" || (await seen.isNew(`seen/${heard.id}`));
    if (!isNew) return { status: 200 };
    try {
      if (event.did !== "removed") await conversations.keep(heard.conversation, { person: ownerOf(heard) });
      await heedPlace(conversations, host.state, event, heard.conversation);
    } catch (error) {
      await seen.forget(`seen/${heard.id}`);
      throw error;
    }
    if (event.did !== "added") return { status: 200 };
    const key = welcomeKey(heard.conversation, event.ofTeam);
    if ((await greeted.isNew(key)) && !event.upgraded) later(() => guarded(heard, () => welcome(heard, key)));
    return { status: 200 };
  }

  async function welcome(heard: Heard, key: string): Promise<void> {
    const personName = (await roster.nameOf(heard)) ?? "";
    for (const [index, card] of (await host.welcome({ ...askingOf(heard, config), personName })).entries()) {
      const said = await answers.say(heard, card, `welcome/${heard.id}/${index}`);
      if (said.ok) continue;
      host.log.warn({ adapter: "teams", place: placeOf(heard.conversation) }, `the welcome was not shown: ${said.reason}`);
      if (said.retry === "later") await greeted.forget(key);
      return;
    }
  }

  async function guarded(heard: Heard, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await answers.fault(heard, error);
    }
  }
}

/** Who asks and where. */
function askingOf(heard: Heard, config: TeamsConfig): Asking {
  const person = personOf(heard.person);
  return {
    id: heard.id,
    // One place for a person's own conversation, whether it was opened from here or from there.
    place: (heard.overheard && heard.away !== true ? null : directOf(config, person)) ?? placeOf(heard.conversation),
    person,
    personName: heard.person.name,
    ...(heard.language === undefined ? {} : { language: heard.language }),
  };
}

/** Whose own conversation it is. */
function ownerOf({ overheard, person, conversation }: Heard): string | undefined {
  return overheard || person.id === "" || person.id === conversation.bot ? undefined : personOf(person).slice("teams:".length);
}

function refusalOf(heard: Heard, config: TeamsConfig): string | null {
  const insecure = config.insecureForTests === true;
  if (!isServiceUrl(heard.conversation.serviceUrl, insecure)) return "an activity whose service URL is not one of Microsoft's";
  if (heard.conversation.tenant !== config.tenantId && !(insecure && config.tenantId === "")) return "an activity of another tenant";
  return null;
}
