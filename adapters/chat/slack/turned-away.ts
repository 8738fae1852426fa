import { LANGUAGES, type Language } from "../../../src/time/wording.ts";
import type { Failure } from "../shared/failure.ts";
import { renewalReason } from "./asker-words.ts";
import { untried } from "./failure.ts";

/** What is said before it is known who asks, or without a token with which it could be asked. */
export type Told = Readonly<Record<Language, string>>;

/** Somebody is turned away before anything runs: the words say what to do. */
export class NotThere extends Error {
  readonly told: Told;

  constructor(told: Told) {
    super(told.en);
    this.name = "NotThere";
    this.told = told;
  }
}

/** In their language where it is known, else in each: nobody is told in words that they may not read. */
export function toldIn(language: Language | null, told: Told): string {
  return language === null ? LANGUAGES.map((each) => told[each]).join("\n") : told[language];
}

export const SEALED: Told = {
  en: "Curewatch is installed in this workspace, but cannot read its installation now: nothing was done. Tell whoever operates Curewatch.",
  fr: "Curewatch est installé dans cet espace de travail, mais ne peut pas lire son installation pour l’instant : rien n’a été fait. Prévenez la personne qui exploite Curewatch.",
};

export const ANOTHER: Told = {
  en: "Curewatch answers people of the workspace in which it is installed, and this is another one.",
  fr: "Curewatch répond aux personnes de l’espace de travail où il est installé, et celui-ci en est un autre.",
};

export const OUTSIDER: Told = {
  en: "Curewatch answers people of the workspace in which it is installed: in a shared channel, others read what it posts there, and no more.",
  fr: "Curewatch répond aux personnes de l’espace de travail où il est installé : dans un canal partagé, les autres lisent ce qu’il y publie, et rien de plus.",
};

export const NOWHERE: Told = {
  en: "Slack named a conversation in a way that Curewatch cannot read. Nothing was done; try it in another channel, or in a direct message to Curewatch.",
  fr: "Slack a nommé une conversation d’une façon que Curewatch ne peut pas lire. Rien n’a été fait ; essayez dans un autre canal, ou dans un message direct à Curewatch.",
};

export function uninstalled(howToInstall: Told): Told {
  return {
    en: `Curewatch is not installed in this workspace. ${howToInstall.en}`,
    fr: `Curewatch n’est pas installé dans cet espace de travail. ${howToInstall.fr}`,
  };
}

/** Its token has ended, or is about to; null where Slack has not said by now that it gives no other. */
export function tokenless(failure: Failure | null): Told {
  const [english, french] =
    failure === null
      ? [
          "Slack is slow to give it another token: try again in a minute.",
          "Slack tarde à lui donner un autre jeton : réessayez dans une minute.",
        ]
      : [untried(failure), renewalReason(failure)];
  return {
    en: `Curewatch cannot answer in this workspace now. ${english}`,
    fr: `Curewatch ne peut pas répondre dans cet espace de travail pour l’instant. ${french}`,
  };
}

/** The page to begin at, where the configuration tells it whole; else its path at the app's own address. */
export function installingAt(address: string | null, path: string): Told {
  return address === null
    ? { en: `Install it at ${path} of this app's address.`, fr: `Installez-le à ${path}, à l’adresse de cette application.` }
    : { en: `Install it at ${address}.`, fr: `Installez-le à l’adresse ${address}.` };
}
