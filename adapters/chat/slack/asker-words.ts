import type { Language } from "../../../src/time/wording.ts";
import { type Arrived, partOf } from "../shared/arrived.ts";
import type { Failure } from "../shared/failure.ts";
import type { Asker, Room } from "./asker.ts";
import { failureOf, isInDoubt, isOfSlack, refusalToRenew, refusedWith, scopeNeeded, untried, waitAsked } from "./failure.ts";
import type { Unopened } from "./modal-open.ts";

/**
 * What the adapter itself says to whoever asks: of Slack and of this app's own buttons and forms, of which the core knows nothing. What is kept as
 * the reason of a delivery is English whoever reads it.
 */
export interface AskerWords {
  /** What a call of Slack's came to, and what a person can do about it. */
  reason(error: unknown): string;
  /** An answer that could not be shown, or of which some messages could not; `reason` is Slack's part in it, if any. */
  unshown(reason: string, id: string, arrived?: Arrived): string;
  /** One of which nobody can tell whether it was, or one of its messages. */
  uncertain(reason: string, id: string, arrived?: Arrived): string;
  /** A Home that was not shown anew, or perhaps not; why, where that is Slack's part. */
  unturned(error: unknown, id: string): string;
  otherCommand(command: string): string;
  otherVersion(command: string): string;
  otherShortcut(command: string): string;
  readonly otherForm: string;
  /** A form that was submitted once more, and is recorded; or of which nobody noted what came of it. */
  readonly recordedBefore: string;
  submittedBefore(command: string): string;
  /** A form is being worked on, and does not say so itself. */
  readonly working: string;
  kept(typed: string): string;
  /** The same of what belongs to a message: no command brings its words back. */
  readonly keptAtMessage: string;
  /** The title of what stands in place of a form: see Unopened. */
  unopened(why: Unopened): string;
  /** The same where nobody can tell. */
  readonly perhapsOpened: string;
  /** Why, where it was the time. */
  readonly late: string;
  /** Why, where Slack did not refuse it. */
  notNow(failure: Failure): string;
  /** What to do, beside a button. */
  readonly again: string;
  /** The same where it was asked for by a shortcut. */
  againByShortcut(typed: string): string;
  /** And where no button could bring what the shortcut was used on. */
  shortcutAgain(typed: string): string;
  /** Of a form that Slack has no room for. */
  formless(typed: string): string;
}

const ENGLISH: AskerWords = {
  reason: (error) => untried(failureOf(error)),
  unshown: (reason, id, arrived = []) => joined(partOf("en", arrived) ?? "The answer could not be shown.", reason, inLog(id)),
  uncertain: (reason, id, arrived = []) =>
    joined(partOf("en", arrived) ?? "It is not certain that the answer was shown.", reason, inLog(id)),
  unturned(error, id) {
    if (isInDoubt(error)) return joined("It is not certain that the Home was shown anew. Slack had trouble or did not answer.", inLog(id));
    const why = isOfSlack(error) ? untried(failureOf(error)).replace("Slack refuses the message.", "Slack refuses the page.") : "";
    return joined("The Home could not be shown anew: it still shows what it showed before.", why, inLog(id));
  },
  otherCommand: (command) => `This app answers ${command}.`,
  otherVersion: (command) => `This button is of another version of this app. Type ${command} help for what can be typed.`,
  otherShortcut: (command) => `This app has no such shortcut any more. Type ${command} help for what can be typed.`,
  otherForm: "This form is not of this app any more. Open it again.",
  recordedBefore: "This form was submitted before, and was recorded then; nothing was recorded now.",
  submittedBefore: (command) =>
    `This form was submitted before and may have been recorded; nothing was recorded now. Look with ${command} show before you open it and send it again.`,
  working: "This takes a moment.",
  kept: (typed) => `Nothing was recorded. What you entered is kept for a day: type ${typed} to go on.`,
  keptAtMessage: "Nothing was recorded. What you entered is kept for a day: use the shortcut at that message again to go on.",
  unopened: (why) => (why === null ? "Slack did not open the form in time" : `Slack did not open the form${inBrackets(why)}`),
  perhapsOpened: "It is not certain that Slack opened the form",
  late: "Slack opens a form within three seconds or not at all.",
  notNow: (failure) => (failure.retry === "unknown" ? "Slack had trouble or did not answer: the form may be open." : untried(failure)),
  again: "Press the button to try again.",
  againByShortcut: (typed) => `Press the button to try again, or type ${typed}.`,
  shortcutAgain: (typed) => `Use the shortcut again, or type ${typed}.`,
  formless: (typed) => `Slack cannot show this form. Type ${typed}.`,
};

const FRENCH: AskerWords = {
  reason: frenchReason,
  unshown: (reason, id, arrived = []) => joined(partOf("fr", arrived) ?? "La réponse n'a pas pu être affichée.", reason, inFrenchLog(id)),
  uncertain: (reason, id, arrived = []) =>
    joined(partOf("fr", arrived) ?? "Il n'est pas certain que la réponse ait été affichée.", reason, inFrenchLog(id)),
  unturned(error, id) {
    if (isInDoubt(error))
      return joined(
        "Il n'est pas certain que la page d'accueil ait été mise à jour. Slack a eu un problème ou n'a pas répondu.",
        inFrenchLog(id),
      );
    const failure = isOfSlack(error) ? failureOf(error) : null;
    const why = failure === null ? "" : failure.retry === "later" ? frenchNotNow(failure) : frenchReason(error);
    const told = why.replace("Slack refuse le message.", "Slack refuse la page.");
    return joined("La page d'accueil n'a pas pu être mise à jour : elle montre ce qu'elle montrait avant.", told, inFrenchLog(id));
  },
  otherCommand: (command) => `Cette application répond à ${command}.`,
  otherVersion: (command) =>
    `Ce bouton vient d'une autre version de cette application. Tapez ${command} help pour voir ce qui peut être tapé.`,
  otherShortcut: (command) => `Cette application n'a plus ce raccourci. Tapez ${command} help pour voir ce qui peut être tapé.`,
  otherForm: "Ce formulaire n'est plus de cette application. Ouvrez-le à nouveau.",
  recordedBefore: "Ce formulaire a déjà été envoyé, et a été enregistré alors ; rien n'a été enregistré maintenant.",
  submittedBefore: (command) =>
    `Ce formulaire a déjà été envoyé et a peut-être été enregistré ; rien n'a été enregistré maintenant. Regardez avec ${command} show avant de l'ouvrir et de l'envoyer à nouveau.`,
  working: "Cela prend un moment.",
  kept: (typed) => `Rien n'a été enregistré. Votre saisie est gardée un jour : tapez ${typed} pour continuer.`,
  keptAtMessage: "Rien n'a été enregistré. Votre saisie est gardée un jour : reprenez le raccourci sur ce message pour continuer.",
  unopened: (why) => (why === null ? "Slack n'a pas ouvert le formulaire à temps" : `Slack n'a pas ouvert le formulaire${inBrackets(why)}`),
  perhapsOpened: "Il n'est pas certain que Slack ait ouvert le formulaire",
  late: "Slack ouvre un formulaire en trois secondes ou ne l'ouvre pas.",
  notNow: frenchNotNow,
  again: "Appuyez sur le bouton pour réessayer.",
  againByShortcut: (typed) => `Appuyez sur le bouton pour réessayer, ou tapez ${typed}.`,
  shortcutAgain: (typed) => `Reprenez le raccourci, ou tapez ${typed}.`,
  formless: (typed) => `Slack ne peut pas afficher ce formulaire. Tapez ${typed}.`,
};

function joined(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function inBrackets(code: string): string {
  return code === "" ? "" : ` (${code})`;
}

function inLog(id: string): string {
  return `Whoever runs this app finds it in its log under ${id}.`;
}

function inFrenchLog(id: string): string {
  return `La personne qui gère cette application trouve pourquoi dans son journal, sous ${id}.`;
}

/** What an answer meets of that which failure.ts says in English. */
const FRENCH_MEND: Readonly<Record<string, string>> = {
  missing_scope: "Il manque une permission au robot. Réinstallez l'application avec les portées commands et chat:write.",
  not_in_channel: "Le robot n'est pas dans ce canal. Invitez-le là : /invite @ et le nom du robot.",
  channel_not_found:
    "Slack ne connaît pas ce canal, ou il est privé et le robot n'y a jamais été invité. Tapez-y /invite @ et le nom du robot.",
  is_archived: "Le canal est archivé. Désarchivez-le, ou suivez ces affaires dans un autre canal.",
  restricted_action:
    "L'espace de travail ne laisse pas le robot écrire là. Un administrateur peut changer qui a le droit d'écrire dans le canal.",
  restricted_action_read_only_channel: "Le canal est en lecture seule. Demandez à ses gestionnaires de laisser le robot y écrire.",
  user_not_in_channel: "Vous n'êtes pas dans ce canal.",
  messages_tab_disabled:
    "Les messages directs à l'application sont désactivés. Activez l'onglet Messages dans ses réglages, sous App Home.",
  no_permission: "Il manque une permission au robot. Réinstallez l'application avec les portées commands et chat:write.",
  invalid_auth: "Slack refuse le jeton du robot. Copiez-le à nouveau depuis les réglages de l'application, ou réinstallez-la.",
  account_inactive: "L'application a été retirée de l'espace de travail. Réinstallez-la.",
  token_revoked: "Le jeton du robot a été révoqué. Réinstallez l'application.",
  token_expired: "Le jeton du robot a expiré. Réinstallez l'application.",
  invalid_refresh_token: "Slack ne renouvelle plus le jeton du robot. Réinstallez l'application.",
  invalid_client_id:
    "Slack ne connaît pas l'identifiant client de l'application. Copiez-le à nouveau depuis ses réglages, sous Basic Information.",
  bad_client_secret: "Slack refuse le secret client de l'application. Copiez-le à nouveau depuis ses réglages, sous Basic Information.",
};

const UNRENEWED = "Le jeton du robot a expiré, et aucun autre n'a pu être obtenu de Slack et gardé.";

/** In French, why Slack gave no other token. */
export function renewalReason(failure: Failure): string {
  const { reason } = failure;
  const code = /\((\w+)\)\.?$/.exec(reason)?.[1] ?? "";
  if (Object.hasOwn(FRENCH_MEND, code)) return `${FRENCH_MEND[code]} (${code})`;
  if (reason.startsWith("The app was removed"))
    return "L'application a été retirée de l'espace de travail pendant que son jeton était renouvelé.";
  return /^Slack (asks to wait|could not be reached)/.test(reason) ? frenchNotNow(failure) : UNRENEWED;
}

function frenchReason(error: unknown): string {
  const renewal = refusalToRenew(error);
  const code = renewal?.code ?? refusedWith(error) ?? "";
  const scope = scopeNeeded(error);
  if (scope) return `Il manque une permission au robot. Réinstallez l'application avec la portée ${scope}. (${code})`;
  if (Object.hasOwn(FRENCH_MEND, code)) return `${FRENCH_MEND[code]} (${code})`;
  if (renewal !== null) return UNRENEWED;
  const failure = failureOf(error);
  const { retry } = failure;
  if (retry === "later") {
    const wait = frenchWait(failure);
    return wait === null
      ? "Slack n'a pas pris le message. Réessayez dans un moment."
      : `Slack n'a pas pris le message : il demande d'attendre ${wait}.`;
  }
  if (retry === "unknown") return "Slack a eu un problème ou n'a pas répondu ; le message a peut-être été affiché.";
  return code === "" ? "Slack refuse le message." : `Slack refuse le message. (${code})`;
}

function frenchNotNow(failure: Failure): string {
  if (failure.retry === "unknown") return "Slack a eu un problème ou n'a pas répondu : le formulaire est peut-être ouvert.";
  const wait = frenchWait(failure);
  return wait === null ? "Slack n'a pas pu être joint, ou demande d'attendre." : `Slack demande d'attendre ${wait}.`;
}

/** Null where Slack names no time. */
function frenchWait(failure: Failure): string | null {
  const seconds = waitAsked(failure);
  if (seconds === null) return null;
  const [count, unit] =
    seconds >= 3_600 ? [Math.ceil(seconds / 3_600), "heure"] : seconds % 60 === 0 ? [seconds / 60, "minute"] : [seconds, "seconde"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

const WORDS: Readonly<Record<Language, AskerWords>> = { en: ENGLISH, fr: FRENCH };

/** In the language in which the asker reads Slack, where Slack tells it; else in English. */
export async function wordsFor({ people }: Room, asker: Asker): Promise<AskerWords> {
  const known = await people(asker, asker.userTeam, asker.user);
  return WORDS[known?.language ?? "en"];
}
