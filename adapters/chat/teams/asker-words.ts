import type { Language } from "../../../src/time/wording.ts";
import type { Failure } from "../shared/failure.ts";

/** What the adapter itself says to whoever asks. What is kept as the reason of a delivery is English whoever reads it (refusals.ts). */
export interface AskerWords {
  /** An answer that was not shown where it was asked for, told of there or `elsewhere`; `why` ends with a full stop, or is empty. */
  unshown(why: string, reference: string, elsewhere?: boolean): string;
  /** One of which nobody can tell whether it was. */
  uncertain(why: string, reference: string): string;
  /** Teams' part in it, and what a person can do. */
  reason(failure: Failure): string;
  /** An answer that Teams does not wait for. */
  readonly late: string;
}

const ENGLISH: AskerWords = {
  unshown: (why, reference, elsewhere = false) =>
    joined(
      elsewhere ? "The answer to what you asked in another conversation could not be shown there." : "The answer could not be shown.",
      why,
      inLog(reference),
    ),
  uncertain: (why, reference) => joined("It is not certain that the answer was shown.", why, inLog(reference)),
  reason(failure) {
    if (failure.retry === "unknown") return "Teams had trouble, or did not answer.";
    if (failure.retry === "later") {
      const lasting = lastingFor(failure, ["more than a day", "hour", "minute", "second"]);
      return lasting === "" ? "Teams takes no more messages there for now." : `Teams asks to wait ${lasting} there.`;
    }
    const { status, code } = refusedBy(failure);
    return MEND[code]?.en ?? MEND[status]?.en ?? `Teams refuses the message${inBrackets(status, code)}.`;
  },
  late: "This takes longer than Teams waits for an answer. Try again in a moment.",
};

const FRENCH: AskerWords = {
  unshown: (why, reference, elsewhere = false) =>
    joined(
      elsewhere
        ? "La réponse à ce que vous avez demandé dans une autre conversation n'a pas pu y être affichée."
        : "La réponse n'a pas pu être affichée.",
      why,
      inFrenchLog(reference),
    ),
  uncertain: (why, reference) => joined("Il n'est pas certain que la réponse ait été affichée.", why, inFrenchLog(reference)),
  reason(failure) {
    if (failure.retry === "unknown") return "Teams a eu un problème ou n'a pas répondu.";
    if (failure.retry === "later") {
      const lasting = lastingFor(failure, ["plus d'un jour", "heure", "minute", "seconde"]);
      return lasting === "" ? "Teams n'y prend plus de messages pour le moment." : `Teams demande d'y attendre ${lasting}.`;
    }
    const { status, code } = refusedBy(failure);
    return MEND[code]?.fr ?? MEND[status]?.fr ?? `Teams refuse le message${inBrackets(status, code)}.`;
  },
  late: "Cela prend plus de temps que Teams n'attend une réponse. Réessayez dans un moment.",
};

const TOO_LARGE = {
  en: "It is too large for Teams. Ask for less at once.",
  fr: "Elle est trop grande pour Teams. Demandez-en moins à la fois.",
};
const GONE = { en: "The conversation is gone.", fr: "La conversation n'existe plus." };

/** By Teams' word, else by its status (Teams documentation, "Status code responses for bots"). */
const MEND: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  BotNotInConversationRoster: {
    en: "The bot was removed there. Add the app again.",
    fr: "Le robot en a été retiré. Ajoutez-y à nouveau l'application.",
  },
  BotDisabledByAdmin: {
    en: "An administrator switched the app off. Ask for it to be allowed in the Teams admin centre.",
    fr: "Un administrateur a désactivé l'application. Demandez qu'elle soit autorisée dans le centre d'administration de Teams.",
  },
  ConversationNotFound: GONE,
  MessageSizeTooBig: TOO_LARGE,
  403: {
    en: "The bot may not write there: see whether it is archived, moderated or closed to apps.",
    fr: "Le robot n'a pas le droit d'y écrire : voyez si elle est archivée, modérée ou fermée aux applications.",
  },
  404: GONE,
  413: TOO_LARGE,
};

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
