import { afterEach, describe, expect, test } from "vitest";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import { CHANNEL, DIRECT, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { ANA } from "../fakes/slack-platform/payloads.ts";
import { seen } from "../fakes/slack-platform/slack-platform.ts";
import { BEA, cardOf, formOf, MODES, REF, said } from "./slack-answer-screen.ts";

let opened: SlackHarness | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

/** A workspace whose token Slack calls expired, though it has hours to live by all that is known here. */
async function expired(mode: "http" | "socket" = "http", rotates = true): Promise<SlackHarness> {
  const users = [
    { id: USER, name: "ana" },
    { id: BEA, name: "bea", locale: "fr-FR" },
  ];
  const slack = { rotates, workspaces: [{ team: TEAM, channels: [{ id: CHANNEL, name: "watch" }], users }] };
  const harness = await slackHarness(mode, { slack, isInstalled: true });
  opened = harness;
  const form = formOf([REF]);
  harness.host.answerWith(() => ({ ...said("In words"), form }));
  harness.host.serve({ form: async () => form, home: async () => ({ cards: [cardOf("My matters")], previous: "", next: "" }) });
  harness.platform.expire(TEAM);
  return harness;
}

/** A while after it was renewed: Slack that calls a new one expired at once is not asked for another. */
function expireAgain(harness: SlackHarness): void {
  harness.pass(11);
  harness.platform.expire(TEAM);
}

function renewals({ platform }: SlackHarness): number {
  return platform.calls.filter(({ method, args }) => method === "oauth.v2.access" && args.grant_type === "refresh_token").length;
}

function called({ platform }: SlackHarness, name: string): number {
  return platform.calls.filter(({ method }) => method === name).length;
}

describe.each(MODES)("a token that Slack calls expired while somebody acts, over %s,", (mode) => {
  test("is renewed once, and the form is opened by the same trigger", async () => {
    const harness = await expired(mode);
    const { view, messages } = await harness.person.types("paid");
    expect(view).toContain("Payment");
    expect(messages).toEqual([]);
    expect([renewals(harness), called(harness, "views.open")]).toEqual([1, 1]);
  });

  test("is renewed for a shortcut, whose form can be seen nowhere else", async () => {
    const harness = await expired(mode);
    expect((await harness.person.uses("register_matter")).view).toContain("Payment");
    expect(renewals(harness)).toBe(1);
  });

  test("is renewed for a person's Home", async () => {
    const harness = await expired(mode);
    expect((await harness.person.opensHome()).home).toContain("My matters");
    expect(renewals(harness)).toBe(1);
  });
});

describe("a token that Slack calls expired while somebody acts", () => {
  test("is renewed for what is told to the asker alone: a message that goes by no response_url", async () => {
    const harness = await expired();
    await harness.person.types("paid");
    expireAgain(harness);
    const press = { type: "block_actions", trigger_id: "9.9", team: { id: TEAM }, user: { id: USER }, channel: { id: CHANNEL } };
    harness.host.answerWith(() => said("Told"));
    await harness.door("interactive", { ...press, actions: [{ type: "button", action_id: "command/0", value: "list" }] });
    await harness.adapter.idle();
    expect(harness.platform.messages(CHANNEL, USER).map(seen).join()).toContain("Told");
    expect(renewals(harness)).toBe(2);
  });

  test("is renewed once for all who act at the same time", async () => {
    const harness = await expired();
    const bea = harness.personAt({ ...ANA, user: BEA, userName: "bea" });
    await Promise.all([harness.person.types("paid"), bea.opensHome(), bea.uses("register_matter")]);
    expect(renewals(harness)).toBe(1);
    expect(harness.platform.views(USER)).toHaveLength(1);
    expect(harness.platform.home(BEA)).not.toBeNull();
  });

  test("is not renewed again and again where Slack calls the new one expired as well, which is said in words", async () => {
    const harness = await expired();
    for (const after of [0, 0, 0]) void harness.platform.failNext({ kind: "refusal", error: "token_expired" }, { method: "views.", after });
    const [first] = (await harness.person.types("paid")).messages;
    expect(first).toContain("Slack did not open the form (token_expired)");
    expect(first).toContain("The bot token has expired. Install the app again");
    await harness.person.types("paid");
    expect(renewals(harness)).toBe(1);
  });

  test("and that nobody gave another for says so", async () => {
    const harness = await expired("http", false);
    const [first] = (await harness.person.types("paid")).messages;
    expect(first).toContain("Slack did not open the form (token_expired)");
    expect(first).toContain("The bot token has expired. Install the app again");
    expect(renewals(harness)).toBe(0);
  });
});

describe("a renewal that Slack refuses while somebody acts", () => {
  test("is told of in words and asked for once, and again when some time has gone by", async () => {
    const harness = await expired();
    void harness.platform.failNext({ kind: "refusal", error: "invalid_refresh_token" }, { method: "oauth." });
    const { messages } = await harness.person.types("paid");
    expect(messages[0]).toContain("Slack did not open the form (token_expired)");
    expect(messages[0]).toContain("Slack does not renew the bot token any more. Install the app again. (invalid_refresh_token)");
    expect(messages[1]).toContain("In words");
    await harness.person.opensHome();
    expect(renewals(harness)).toBe(1);
    harness.pass(11);
    expect((await harness.person.types("paid")).view).toContain("Payment");
    expect(renewals(harness)).toBe(2);
  });

  test("is told of in French to whoever is known to read Slack so", async () => {
    const harness = await expired();
    const bea = harness.personAt({ ...ANA, user: BEA, userName: "bea" });
    await bea.types("paid");
    expireAgain(harness);
    void harness.platform.failNext({ kind: "refusal", error: "invalid_refresh_token" }, { method: "oauth." });
    expect((await bea.types("paid")).messages[0]).toContain("Slack ne renouvelle plus le jeton du robot. Réinstallez l'application.");
    harness.pass(11);
    void harness.platform.failNext({ kind: "answer", status: 500 }, { method: "oauth." });
    const told = (await bea.types("paid")).messages[0];
    expect(told).toContain("Le jeton du robot a expiré, et aucun autre n'a pu être obtenu de Slack et gardé.");
    expect(told).not.toMatch(/bot token|could be got/);
  });

  test("is logged for whoever runs the program, once", async () => {
    const harness = await expired();
    void harness.platform.failNext({ kind: "refusal", error: "invalid_refresh_token" }, { method: "oauth." });
    await harness.person.uses("register_matter");
    expect(harness.host.complaints.filter((line) => /nothing can be said in a workspace: Slack does not renew/.test(line))).toHaveLength(1);
    expect(harness.platform.messages(DIRECT)).toEqual([]);
  });
});
