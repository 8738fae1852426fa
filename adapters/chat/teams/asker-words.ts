import type { Language } from "../../../src/time/wording.ts";
import { type Arrived, partOf } from "../shared/arrived.ts";
import type { Failure } from "../shared/failure.ts";
import type { KnownCode } from "./refusals.ts";

/** What the adapter itself says to whoever asks. What is kept as the reason of a delivery is English whoever reads it (refusals.ts). */
export interface AskerWords {
  /** An answer that was not shown, or of which some messages were not; `why` ends with a full stop, or is empty. */
  unshown(why: string, reference: string, told?: Told): string;
  /** One of which nobody can tell whether it was, or one of its messages. */
  uncertain(why: string, reference: string, told?: Told): string;
  /** Teams' part in it, and what a person can do. */
  reason(failure: Failure): string;
  /** What is for the asker alone, and can be shown to them nowhere: everybody reads it, and not why, which is in the log. */
  readonly unsaid: string;
  /** An answer that Teams does not wait for, of what records nothing. */
  readonly late: string;
  /** The same of what may record something, and of which no more is known. */
  readonly perhapsRecorded: string;
  /** A form that was submitted once more, and is recorded; or of which nobody noted what came of it. */
  readonly recordedBefore: string;
  readonly submittedBefore: string;
  /** One that is being worked on, and comes of itself. */
  readonly working: string;
  /** The same where the dialog in which it was asked for closes. */
  readonly workingOn: string;
  readonly otherVersion: string;
}

/** Of which messages it is told, and whether elsewhere than where it was asked for. */
interface Told {
  readonly arrived?: Arrived;
  readonly elsewhere?: boolean;
}

const ENGLISH: AskerWords = {
  unshown(why, reference, { arrived = [], elsewhere = false } = {}) {
    const part = partOf("en", arrived);
    const told = elsewhere
      ? part === null
        ? "The answer to what you asked in another conversation could not be shown there."
        : `What you asked in another conversation was not answered whole there. ${part}`
      : (part ?? "The answer could not be shown.");
    return joined(told, why, inLog(reference));
  },
  uncertain: (why, reference, { arrived = [] } = {}) =>
    joined(partOf("en", arrived) ?? "It is not certain that the answer was shown.", why, inLog(reference)),
  reason(failure) {
    if (failure.retry === "unknown") return "Teams had trouble, or did not answer.";
    if (failure.retry === "later") {
      const lasting = lastingFor(failure, ["more than a day", "hour", "minute", "second"]);
      return lasting === "" ? "Teams takes no more messages there for now." : `Teams asks to wait ${lasting} there.`;
    }
    const { status, code } = refusedBy(failure);
    return mendOf(status, code)?.en ?? `Teams refuses the message${inBrackets(status, code)}.`;
  },
  unsaid:
    "The answer is for its asker alone, and Teams lets it be shown neither here nor in a conversation of their own. " +
    "Add the app for yourself and ask it there.",
  late: "This takes longer than Teams waits for an answer. Try again in a moment.",
  perhapsRecorded: "This takes longer than Teams waits for an answer, and may have been recorded. Look with show before you send it again.",
  recordedBefore: "This form was submitted before, and was recorded then; nothing was recorded now.",
  submittedBefore:
    "This form was submitted before and may have been recorded; nothing was recorded now. Look with show before you open it and send it again.",
  working: "This takes a moment.",
  workingOn: "This takes a moment. The answer comes into the conversation.",
  otherVersion: "This button is of another version of this app.",
};

const FRENCH: AskerWords = {
  unshown(why, reference, { arrived = [], elsewhere = false } = {}) {
    const part = partOf("fr", arrived);
    const told = elsewhere
      ? part === null
        ? "La réponse à ce que vous avez demandé dans une autre conversation n'a pas pu y être affichée."
        : `Ce que vous avez demandé dans une autre conversation n'y a pas reçu toute sa réponse. ${part}`
      : (part ?? "La réponse n'a pas pu être affichée.");
    return joined(told, why, inFrenchLog(reference));
  },
  uncertain: (why, reference, { arrived = [] } = {}) =>
    joined(partOf("fr", arrived) ?? "Il n'est pas certain que la réponse ait été affichée.", why, inFrenchLog(reference)),
  reason(failure) {
    if (failure.retry === "unknown") return "Teams a eu un problème ou n'a pas répondu.";
    if (failure.retry === "later") {
      const lasting = lastingFor(failure, ["plus d'un jour", "heure", "minute", "seconde"]);
      return lasting === "" ? "Teams n'y prend plus de messages pour le moment." : `Teams demande d'y attendre ${lasting}.`;
    }
    const { status, code } = refusedBy(failure);
    return mendOf(status, code)?.fr ?? `Teams refuse le message${inBrackets(status, code)}.`;
  },
  unsaid:
    "La réponse est pour la seule personne qui l'a demandée, et Teams ne la laisse afficher ni ici ni dans une conversation à elle. " +
    "Ajoutez l'application pour vous-même et demandez-le là.",
  late: "Cela prend plus de temps que Teams n'attend une réponse. Réessayez dans un moment.",
  perhapsRecorded:
    "Cela prend plus de temps que Teams n'attend une réponse, et a peut-être été enregistré. Regardez avec show avant de l'envoyer à nouveau.",
  recordedBefore: "Ce formulaire a déjà été envoyé, et a été enregistré alors ; rien n'a été enregistré maintenant.",
  submittedBefore:
    "Ce formulaire a déjà été envoyé et a peut-être été enregistré ; rien n'a été enregistré maintenant. Regardez avec show avant de l'ouvrir et de l'envoyer à nouveau.",
  working: "Cela prend un instant.",
  workingOn: "Cela prend un instant. La réponse arrive dans la conversation.",
  otherVersion: "Ce bouton vient d'une autre version de cette application.",
};

type Words = Readonly<Record<Language, string>>;

const TOO_LARGE: Words = {
  en: "It is too large for Teams. Ask for less at once.",
  fr: "Elle est trop grande pour Teams. Demandez-en moins à la fois.",
};

/** By Teams' word (Teams documentation, "Status codes from bot conversational APIs"). */
const BY_CODE: Readonly<Record<KnownCode, Words>> = {
  BotNotInConversationRoster: {
    en: "The bot was removed there. Add the app again.",
    fr: "Le robot en a été retiré. Ajoutez-y à nouveau l'application.",
  },
  // Teams says so as well where the app was uninstalled.
  MessageWritesBlocked: {
    en: "The bot is blocked there, or was removed. Unblock it, or add the app again.",
    fr: "Le robot y est bloqué, ou en a été retiré. Débloquez-le, ou ajoutez-y à nouveau l'application.",
  },
  ConversationBlockedByUser: {
    en: "The bot is blocked there. Unblock it, or see whether the conversation is moderated.",
    fr: "Le robot y est bloqué. Débloquez-le, ou voyez si la conversation est modérée.",
  },
  BotDisabledByAdmin: {
    en: "An administrator switched the app off. Ask for it to be allowed in the Teams admin centre.",
    fr: "Un administrateur a désactivé l'application. Demandez qu'elle soit autorisée dans le centre d'administration de Teams.",
  },
  ForbiddenOperation: {
    en: "The bot may not write there: see whether the conversation is archived, moderated or closed to apps.",
    fr: "Le robot n'a pas le droit d'y écrire : voyez si la conversation est archivée, modérée ou fermée aux applications.",
  },
  InvalidBotApiHost: {
    en: "The bot has an address of another cloud for it. Mention the bot there once to correct that.",
    fr: "L'adresse que le robot a de la conversation est d'un autre nuage. Mentionnez-y le robot une fois pour la corriger.",
  },
  BotNotRegistered: {
    en: "Teams knows no bot of this app's id: its configuration has to be checked.",
    fr: "Teams ne connaît pas de robot sous l'identifiant de cette application : sa configuration est à vérifier.",
  },
  ConversationNotFound: { en: "The conversation is gone.", fr: "La conversation n'existe plus." },
  ActivityNotFoundInConversation: {
    en: "The message that it answers is not there any more. Ask again.",
    fr: "Le message auquel elle répond n'est plus là. Redemandez.",
  },
  MessageSizeTooBig: TOO_LARGE,
  ForbiddenOperationException: {
    en: "The app is not added there. Add it, and ask again.",
    fr: "L'application n'y est pas ajoutée. Ajoutez-la, puis redemandez.",
  },
  NotEnoughPermissions: { en: "The bot lacks a permission there.", fr: "Il y manque une permission au robot." },
};

/** And by its status, where the word says nothing. */
const BY_STATUS: ReadonlyMap<string, Words> = new Map([
  [
    "403",
    {
      en: "The bot may not write there: see whether the app is still added there and allowed.",
      fr: "Le robot n'a pas le droit d'y écrire : voyez si l'application y est toujours ajoutée et autorisée.",
    },
  ],
  [
    "404",
    {
      en: "The conversation, or the message that was to be answered, is gone.",
      fr: "La conversation, ou le message auquel il fallait répondre, n'existe plus.",
    },
  ],
  ["413", TOO_LARGE],
]);

function mendOf(status: string, code: string): Words | undefined {
  return Object.hasOwn(BY_CODE, code) ? BY_CODE[code as KnownCode] : BY_STATUS.get(status);
}

/** The status and the word with which Teams refused; empty where it was not Teams. */
export function refusedBy({ reason }: Failure): { readonly status: string; readonly code: string } {
  const [, status = "", code = ""] = /^Teams answered (\d{3})(?: ([A-Za-z]+))?/.exec(reason) ?? [];
  return { status, code };
}

/** In the largest unit of which it is a whole number, or from an hour on in hours; empty where Teams named no time. */
function lastingFor(failure: Extract<Failure, { retry: "later" }>, [long, ...units]: readonly [string, string, string, string]): string {
  const { afterSeconds: seconds, reason } = failure;
  // That it is tried again is true of a delivery alone.
  if (reason.includes("more than a day")) return long;
  if (seconds === undefined) return "";
  const [hour, minute, second] = units;
  const [count, unit] =
    seconds >= 3_600 ? [Math.ceil(seconds / 3_600), hour] : seconds % 60 === 0 ? [seconds / 60, minute] : [seconds, second];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function joined(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function inBrackets(status: string, code: string): string {
  return status === "" ? "" : ` (${status}${code === "" ? "" : ` ${code}`})`;
}

function inLog(reference: string): string {
  return `Whoever runs this app finds it in its log under ${reference}.`;
}

function inFrenchLog(reference: string): string {
  return `La personne qui gère cette application trouve pourquoi dans son journal, sous ${reference}.`;
}

const WORDS: Readonly<Record<Language, AskerWords>> = { en: ENGLISH, fr: FRENCH };

/** In the language in which the asker reads Teams, where it is one of ours; else in English. */
export function wordsIn(language: Language | undefined): AskerWords {
  return WORDS[language ?? "en"];
}
