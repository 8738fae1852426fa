import { webApi } from "@slack/bolt";
import type { Language } from "../../../src/time/wording.ts";
import { whyBroken } from "../shared/failure.ts";
import { renewalReason } from "./asker-words.ts";
import { refusedWith, scopeNeeded } from "./failure.ts";
import { MEND, SCOPES, SOON } from "./oauth-words.ts";
import type { Told } from "./turned-away.ts";
import { Withheld } from "./web-client.ts";

/** Words of Slack's are like this. What is not may be a page of a proxy's, or hold what nobody else is to see. */
const WORD = /^(?=.{2,60}$)[a-z]+(_[a-z0-9]+)*$/;

/** Why the app was not installed and what to do, for the page: no message is at stake here, and no code, token or fault of ours is shown. */
export function uninstalledWhy(error: unknown, language: Language): string {
  return whyIn(error)[language];
}

function whyIn(error: unknown): Told {
  const code = refusedWith(error);
  const scope = scopeNeeded(error);
  if (scope)
    return {
      en: `The app lacks the permission ${scope}. ${SCOPES.en} (missing_scope)`,
      fr: `Il manque à l’application la permission ${scope}. ${SCOPES.fr} (missing_scope)`,
    };
  if (code !== undefined) return refusal(code);
  if (error instanceof webApi.WebAPIPlatformError) return refusal("");
  if (error instanceof webApi.WebAPIHTTPError) return soon(`Slack answered ${error.statusCode}.`, `Slack a répondu ${error.statusCode}.`);
  if (!(error instanceof webApi.WebAPIRequestError))
    return {
      en: "Curewatch could not finish the installation. Begin again in a moment.",
      fr: "Curewatch n’a pas pu terminer l’installation. Recommencez dans un moment.",
    };
  const { original } = error;
  // Nothing is tried again here by itself.
  if (original instanceof Withheld)
    return {
      en: `${original.failure.reason.split(/[;.]/)[0]}. Begin again after that.`,
      fr: `${renewalReason(original.failure)} Recommencez après cela.`,
    };
  return broken(whyBroken("Slack", original));
}

/** What is no name of an error may quote the answer. */
function broken(why: string): Told {
  if (/ time\.$/.test(why)) return soon(why, "Slack n’a pas répondu à temps.");
  const code = /\([A-Z][A-Z0-9_]*\)(?=\.$)/.exec(why)?.[0];
  if (code === undefined) return soon("The connection to Slack broke.", "La connexion à Slack s’est interrompue.");
  return soon(why, `La connexion à Slack s’est interrompue ${code}.`);
}

function soon(en: string, fr: string): Told {
  return { en: `${en} ${SOON.en}`, fr: `${fr} ${SOON.fr}` };
}

/** The same for a word with which Slack refused, or with which it sent the browser back. */
export function refusedInstallation(code: string, language: Language): string {
  return refusal(code)[language];
}

function refusal(code: string): Told {
  if (!WORD.test(code))
    return soon("Something between here and Slack answered in its stead.", "Quelque chose entre ici et Slack a répondu à sa place.");
  const mend = Object.hasOwn(MEND, code) ? MEND[code]! : null;
  if (mend !== null) return { en: `${mend.en} (${code})`, fr: `${mend.fr} (${code})` };
  return {
    en: `Slack did not install the app (${code}). Begin again in a moment, and ask whoever runs Curewatch where it is refused again.`,
    fr: `Slack n’a pas installé l’application (${code}). Recommencez dans un moment, et si c’est refusé à nouveau, demandez à la personne qui gère Curewatch.`,
  };
}

/** The word with which Slack sent the browser back, instead of a code; null where there is none. Whoever made the link could have written it. */
export function sentBackWith(url: string | undefined): string | null {
  const word = new URLSearchParams(url?.split("?")[1] ?? "").get("error") ?? "";
  return WORD.test(word) ? word : null;
}
