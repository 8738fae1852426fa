import { describe, expect, test } from "vitest";
import { signedForm } from "../fakes/slack-platform/doors.ts";
import { CHANNEL, USER } from "../fakes/slack-platform/names.ts";
import { ANA, pressedButton, slashCommand, viewSubmission } from "../fakes/slack-platform/payloads.ts";
import { BEA, type Screen, slackScreen } from "./slack-answer-screen.ts";
import { type OAuthHarness, ONE, oauthHarness, SECRET_KEY } from "./slack-oauth-harness.ts";

type Told = readonly [english: RegExp, french: RegExp];

const NOT_INSTALLED: Told = [
  /^Curewatch is not installed in this workspace\. Install it at http:\/\/\S+\/slack\/install\.$/,
  /^Curewatch n’est pas installé dans cet espace de travail\. Installez-le à l’adresse http:\/\/\S+\/slack\/install\.$/,
];
const SEALED: Told = [/^Curewatch is installed .* Tell whoever operates Curewatch\.$/, /^Curewatch est installé .* Prévenez la personne/];

/** Both languages, one after the other. */
function both([english, french]: Told): (said: string) => void {
  return (said) => {
    const lines = said.split("\n");
    expect([lines.length, lines[0], lines[1]]).toEqual([2, expect.stringMatching(english), expect.stringMatching(french)]);
  };
}

/** What the acknowledgement of a slash command says. */
async function types(harness: OAuthHarness, team = ONE): Promise<string> {
  return (JSON.parse(await harness.type(team, "list")) as { text: string }).text;
}

async function knows(harness: OAuthHarness, language: string): Promise<void> {
  await harness.host.state.set(`slack/person/${ONE}/U${ONE.slice(1)}`, { name: "somebody", language });
}

describe("somebody whom the adapter turns away before a command runs", () => {
  test.each([
    ["en", 0],
    ["fr", 1],
  ] as const)("is told in the language in which they were last seen to read Slack (%s)", async (language, which) => {
    const harness = await oauthHarness();
    await knows(harness, language);
    expect(await types(harness)).toMatch(NOT_INSTALLED[which]);
    await harness.install(ONE);
    await harness.restart({ secretKey: `another-${SECRET_KEY}` });
    expect(await types(harness)).toMatch(SEALED[which]);
  });

  test("is told in both languages where it is not known: without a token nobody can be asked", async () => {
    const harness = await oauthHarness();
    both(NOT_INSTALLED)(await types(harness));
    await harness.install(ONE);
    await harness.restart({ secretKey: `another-${SECRET_KEY}` });
    both(SEALED)(await types(harness));
  });

  test.each([
    [
      { kind: "answer", status: 429, retryAfter: "172800" },
      /now\. Slack asks to wait 48 hours, more than a day\.$/,
      /pour l’instant\. Slack demande d'attendre 48 heures\.$/,
    ],
    [
      { kind: "refusal", error: "invalid_refresh_token" },
      /now\. Slack does not renew the bot token any more\. Install the app again\. \(invalid_refresh_token\)$/,
      /pour l’instant\. Slack ne renouvelle plus le jeton du robot\. Réinstallez l'application\. \(invalid_refresh_token\)$/,
    ],
    [
      { kind: "answer", status: 500 },
      /now\. The bot token has ended, and no new one could be got from Slack and kept\.$/,
      /pour l’instant\. Le jeton du robot a expiré, et aucun autre n'a pu être obtenu de Slack et gardé\.$/,
    ],
    [
      { kind: "slow", milliseconds: 3_000 },
      /now\. Slack is slow to give it another token: try again in a minute\.$/,
      /pour l’instant\. Slack tarde à lui donner un autre jeton : réessayez dans une minute\.$/,
    ],
  ] as const)("for want of a token is told why, in both: %j", async (fault, english, french) => {
    const harness = await oauthHarness({ rotates: true, timeout: 5_000 });
    await harness.install(ONE);
    harness.pass(13 * 3600);
    void harness.platform.failNext(fault, { method: "oauth." });
    both([english, french])(await types(harness));
  });
});

describe("somebody of another workspace", () => {
  /** How Slack sends it, and what it was answered. */
  async function sent({ host }: Screen, payload: object): Promise<string> {
    const { headers, body } = signedForm({ payload: JSON.stringify(payload) }, { now: host.clock.now() });
    return (await fetch(`${host.url}/slack/events`, { method: "POST", headers, body })).text();
  }

  test("is told so in both languages, by a button and in a form", async () => {
    const screen = await slackScreen("http");
    const away = (payload: object) => ({ ...payload, user: { ...(payload as { user: object }).user, team_id: "T0PARTNER" } });
    const button = pressedButton(
      { action_id: "command/0", value: "list" },
      screen.platform.trigger(USER),
      screen.platform.responseUrl(CHANNEL, USER),
    );
    await sent(screen, away(button));
    const view = { id: "V1", type: "modal", callback_id: "form", private_metadata: "", state: { values: {} } };
    const shown = JSON.parse(await sent(screen, away(viewSubmission(view, "1.t", ANA))));
    await screen.idle();
    const told: Told = [
      /^Curewatch answers people of the workspace in which it is installed: /,
      /^Curewatch répond aux personnes de l’espace de travail où il est/,
    ];
    both(told)(String(screen.platform.messages(CHANNEL, USER)[0]!.text));
    both(told)(shown.view.blocks[0].text.text);
  });

  test("that the one bot token is not for is told so in both languages", async () => {
    const { door } = await slackScreen("http");
    const { body } = await door("slash_commands", { ...slashCommand("list", "1.1", ""), team_id: "T0OTHER" });
    both([/ and this is another one\.$/, /, et celui-ci en est un autre\.$/])((body as { text: string }).text);
  });
});

describe("a conversation that Slack names in a way that cannot be read", () => {
  test.each([
    [USER, "ana", /^Slack named a conversation in a way that Curewatch cannot read\. Nothing was done; /],
    [BEA, "bea", /^Slack a nommé une conversation d’une façon que Curewatch ne peut pas lire\. Rien n’a été fait ; /],
  ] as const)("is told of in the language in which the asker reads Slack (%s)", async (user, name, words) => {
    const { door } = await slackScreen("http");
    const command = { ...slashCommand("list", "1.1", ""), channel_id: "nowhere", user_id: user, user_name: name };
    const { body } = await door("slash_commands", command);
    expect((body as { text: string }).text).toMatch(words);
    expect((body as { text: string }).text).not.toContain("\n");
  });
});
