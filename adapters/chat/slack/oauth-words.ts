import type { Language } from "../../../src/time/wording.ts";
import type { Told } from "./turned-away.ts";

/** In which language a browser asks for a page (Accept-Language, RFC 9110): the one of ours that it likes best, else English. */
export function askedLanguage(header: string | undefined): Language {
  const liked = (header ?? "").split(",").flatMap((range) => {
    const [, name, quality = "1"] = /^\s*(en|fr)(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(range) ?? [];
    return name === undefined ? [] : [{ language: name.toLowerCase() as Language, quality: Number(quality) }];
  });
  return liked.toSorted((one, other) => other.quality - one.quality)[0]?.language ?? "en";
}

/** What the pages of an installation say beside why it was refused. */
export const PAGE = {
  installed: { en: "Curewatch is installed", fr: "Curewatch est installé" },
  invite: {
    en: "In a channel, invite it (/invite @Curewatch) and type /matter help.",
    fr: "Dans un canal, invitez-le (/invite @Curewatch) et tapez /matter help.",
  },
  workspace: { en: "the workspace", fr: "l’espace de travail" },
  open: { en: "Open Slack", fr: "Ouvrir Slack" },
  again: { en: "Begin again", fr: "Recommencer" },
  uninstalled: { en: "Curewatch was not installed", fr: "Curewatch n’a pas été installé" },
  inLog: {
    en: "Whoever runs Curewatch finds more in its log.",
    fr: "La personne qui gère Curewatch en trouve davantage dans son journal.",
  },
  unallowed: { en: "You did not allow it. Nothing has changed.", fr: "Vous ne l’avez pas autorisé. Rien n’a changé." },
  elsewhere: {
    en: "This page belongs to an installation that was begun in another browser, more than ten minutes ago, or finished already.",
    fr: "Cette page est celle d’une installation commencée dans un autre navigateur, il y a plus de dix minutes, ou déjà terminée.",
  },
  spent: {
    en: "Slack does not take this code any more: it has expired, or was used already. Nothing has changed.",
    fr: "Slack ne prend plus ce code : il a expiré, ou a déjà servi. Rien n’a changé.",
  },
  withinTen: { en: "Begin again, and allow it within ten minutes.", fr: "Recommencez, et autorisez-le dans les dix minutes." },
} as const satisfies Readonly<Record<string, Told>>;

export function installedIn(where: string, language: Language): string {
  return language === "fr"
    ? `Curewatch est installé dans ${where}, avec un registre à part.`
    : `Curewatch is installed in ${where}, with a register of its own.`;
}

const [OPERATOR, FRENCH_OPERATOR] = ["Whoever runs Curewatch", "La personne qui gère Curewatch"];
const ADMIN: Told = {
  en: "Ask an admin of the workspace to allow the app, and begin again then.",
  fr: "Demandez à un administrateur de l’espace de travail d’autoriser l’application, puis recommencez.",
};
export const SOON: Told = { en: "Begin again in a few minutes.", fr: "Recommencez dans quelques minutes." };

const CREDENTIALS: Told = {
  en: `${OPERATOR} copies it again from the app's settings, under Basic Information.`,
  fr: `${FRENCH_OPERATOR} le copie à nouveau depuis les réglages de l’application, sous Basic Information.`,
};
export const SCOPES: Told = {
  en: `${OPERATOR} compares the scopes in the app's settings, under OAuth & Permissions, with those of its manifest.`,
  fr: `${FRENCH_OPERATOR} compare les portées des réglages de l’application, sous OAuth & Permissions, avec celles de son manifeste.`,
};

/** The first sentence, and what is to be done about it. */
function told(en: string, fr: string, then?: Told): Told {
  return then === undefined ? { en, fr } : { en: `${en} ${then.en}`, fr: `${fr} ${then.fr}` };
}

const MOVING = told(
  "Slack is moving the workspace into an organisation. Begin again when the move is finished.",
  "Slack déplace l’espace de travail dans une organisation. Recommencez quand le déplacement est terminé.",
);
const TROUBLE = told("Slack had trouble of its own.", "Slack a eu un problème.", SOON);
const WAIT = told("Slack asks to wait.", "Slack demande d’attendre.", SOON);
const OUTDATED = told(
  `Slack does not take the way any more in which Curewatch asks for its token. ${OPERATOR} looks for a newer version of it.`,
  `Slack ne prend plus la façon dont Curewatch demande son jeton. ${FRENCH_OPERATOR} en cherche une version plus récente.`,
);
const REFUSED_TOKEN = told(
  "Slack does not take the token that it has just given. Begin again; no code or token has to be copied.",
  "Slack ne prend pas le jeton qu’il vient de donner. Recommencez ; aucun code ni jeton n’est à copier.",
);
const NO_SCOPE = told("The app was given no permission at all.", "L’application n’a reçu aucune permission.", SCOPES);
const REMOVED = told(
  "The app was removed from the workspace while it was being installed. Begin again.",
  "L’application a été retirée de l’espace de travail pendant son installation. Recommencez.",
);

/**
 * What whoever installs the app is told of Slack's word, and what is to be done (docs.slack.dev/reference/methods/oauth.v2.access and auth.test,
 * "Errors"; some come back with the browser from /oauth/v2/authorize). What a delivery says of the same words is in failure.ts.
 */
export const MEND: Readonly<Record<string, Told>> = {
  bad_redirect_uri: told(
    `Slack was given another redirect URL than the one with which the installation began. ${OPERATOR} sets the same one there and in the app's settings, under OAuth & Permissions.`,
    `Slack a reçu une autre URL de redirection que celle du début de l’installation. ${FRENCH_OPERATOR} met la même à cet endroit et dans les réglages de l’application, sous OAuth & Permissions.`,
  ),
  invalid_client_id: told(
    "Slack does not know the app's client id.",
    "Slack ne connaît pas l’identifiant client de l’application.",
    CREDENTIALS,
  ),
  bad_client_secret: told("Slack refuses the app's client secret.", "Slack refuse le secret client de l’application.", CREDENTIALS),
  invalid_grant_type: OUTDATED,
  method_deprecated: OUTDATED,
  deprecated_endpoint: OUTDATED,
  oauth_authorization_url_mismatch: told(
    "The installation was begun at a page of Slack's that is not for this app. Begin it here, and not from a link that was kept.",
    "L’installation a été commencée à une page de Slack qui n’est pas celle de cette application. Commencez-la ici, et non d’un lien gardé.",
  ),
  preview_feature_not_available: told(
    "Slack does not offer this to the workspace yet. Ask Slack for it, or install the app in another workspace.",
    "Slack ne propose pas encore cela à l’espace de travail. Demandez-le à Slack, ou installez l’application dans un autre espace de travail.",
  ),
  org_login_required: MOVING,
  team_added_to_org: MOVING,
  cannot_install_an_org_installed_app: told(
    "The organisation has the app already. An admin of the organisation adds the workspace to it in Slack.",
    "L’organisation a déjà l’application. Un administrateur de l’organisation y ajoute l’espace de travail dans Slack.",
  ),
  enterprise_is_restricted: told(
    "Slack does not let the app be installed in a whole organisation. Choose one workspace of it.",
    "Slack ne laisse pas installer l’application dans toute une organisation. Choisissez-en un espace de travail.",
  ),
  invalid_team_for_non_distributed_app: told(
    `The app may be installed only in the workspace that it was made in. ${OPERATOR} can change that in the app's settings, under Manage Distribution.`,
    `L’application ne peut être installée que dans l’espace de travail où elle a été créée. ${FRENCH_OPERATOR} peut changer cela dans les réglages de l’application, sous Manage Distribution.`,
  ),
  access_denied: told(
    "Slack does not let you install the app in this workspace.",
    "Slack ne vous laisse pas installer l’application dans cet espace de travail.",
    ADMIN,
  ),
  ekm_access_denied: told(
    "Admins have suspended what the app needs in this workspace.",
    "Des administrateurs ont suspendu ce dont l’application a besoin dans cet espace de travail.",
    ADMIN,
  ),
  team_access_not_granted: told(
    "The app was not given access to this workspace.",
    "L’application n’a pas reçu l’accès à cet espace de travail.",
    ADMIN,
  ),
  no_permission: told(
    "Slack does not let the app do here what it needs.",
    "Slack ne laisse pas l’application faire ici ce dont elle a besoin.",
    ADMIN,
  ),
  accesslimited: told(
    `Slack takes no calls from the network that Curewatch runs in. ${OPERATOR} adds it to the app's allowed addresses.`,
    `Slack ne prend pas d’appels du réseau où tourne Curewatch. ${FRENCH_OPERATOR} l’ajoute aux adresses autorisées de l’application.`,
  ),
  two_factor_setup_required: told(
    "Slack asks you to set up two-factor authentication in this workspace. Do that, and begin again.",
    "Slack vous demande d’activer l’authentification à deux facteurs dans cet espace de travail. Faites-le, puis recommencez.",
  ),
  invalid_scope: told(
    "Slack does not give the app a permission that it asks for.",
    "Slack ne donne pas à l’application une permission qu’elle demande.",
    SCOPES,
  ),
  missing_scope: told("The app lacks a permission.", "Il manque une permission à l’application.", SCOPES),
  no_scopes: NO_SCOPE,
  no_bot_scopes_requested: NO_SCOPE,
  account_inactive: REMOVED,
  token_revoked: REMOVED,
  token_expired: REFUSED_TOKEN,
  invalid_auth: REFUSED_TOKEN,
  not_authed: REFUSED_TOKEN,
  ratelimited: WAIT,
  rate_limited: WAIT,
  internal_error: TROUBLE,
  fatal_error: TROUBLE,
  service_unavailable: TROUBLE,
  request_timeout: TROUBLE,
};
