import { expect, onTestFinished, test } from "vitest";
import { slackAdapter } from "../../adapters/chat/slack/slack.ts";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import type { Form, Submission } from "../../src/ports/form.ts";
import { millisecondsOf } from "../../src/time/instant.ts";
import { NOW, testHost } from "../contracts/chat-host.ts";
import { httpDoor } from "../fakes/slack-platform/doors.ts";
import { installWithBrowser } from "../fakes/slack-platform/install.ts";
import { CLIENT_ID, CLIENT_SECRET, SIGNING_SECRET } from "../fakes/slack-platform/names.ts";
import { viewSubmission } from "../fakes/slack-platform/payloads.ts";
import { slackPerson } from "../fakes/slack-platform/person.ts";
import { slackPlatform } from "../fakes/slack-platform/slack-platform.ts";

const FORM: Form = {
  ...{ verb: "paid", title: "Payment", submit: "Record", cancel: "Cancel" },
  fields: [{ name: "on", label: "Day of payment", required: true, kind: { type: "day" } }],
};

/** An organisation with two workspaces that installed the app once for all, and a person in each. */
async function open() {
  const workspaces = ["T0ONE", "T0TWO"].map((team) => ({ team, enterprise: "E0ORG" }));
  const platform = await slackPlatform({ workspaces, now: () => millisecondsOf(NOW) });
  const host = await testHost();
  const oauth = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, secretKey: "a-secret-key-of-thirty-two-characters" };
  const adapter = slackAdapter({ mode: "http", signingSecret: SIGNING_SECRET, oauth, apiUrl: platform.apiUrl, pauseMilliseconds: 0 });
  await adapter.start(host);
  onTestFinished(async () => {
    await adapter.stop();
    await Promise.all([host.close(), platform.close()]);
  });
  platform.redirects.push(`${host.url}/slack/oauth_redirect`);
  await installWithBrowser(platform, host.url, { team: "T0ONE", isForOrganisation: true });
  const door = httpDoor(
    () => host.url,
    () => ({ now: host.clock.now() }),
  );
  const personIn = (name: string) =>
    slackPerson({
      platform,
      door,
      settled: () => adapter.idle(),
      origin: {
        ...{ team: `T0${name}`, enterprise: "E0ORG", isOrganisation: true, user: `U0${name}`, userName: name },
        ...{ channel: `C0${name}`, channelName: name },
      },
    });
  return { platform, host, adapter, personIn, door };
}

test("in an organisation that installed the app once, a command, a button, a form and Home belong to the workspace in which somebody acts", async () => {
  const { platform, host, adapter, personIn, door } = await open();
  const submissions: Submission[] = [];
  host.serve({
    async submit(submission) {
      submissions.push(submission);
      return { cards: [{ title: "Recorded", tone: "calm", blocks: [] }], audience: "asker" };
    },
    home: async ({ place }) => ({ cards: [{ title: `Home of ${place}`, tone: "calm", blocks: [] }], previous: "", next: "" }),
  });
  host.answerWith(({ text }) => ({
    cards: [{ title: text, tone: "calm", blocks: [{ kind: "actions", actions: [{ label: "Pay", command: "form paid" }] }] }],
    audience: "asker",
    ...(text === "form paid" ? { form: FORM } : {}),
  }));
  for (const name of ["ONE", "TWO"]) {
    const person = personIn(name);
    expect((await person.types("list")).messages.join()).toContain("list");
    expect((await person.presses("Pay", "message")).view).toContain("Payment");
    await person.fills({ "Day of payment": "2024-02-16" });
    expect((await person.submits()).messages.join()).toContain("Recorded");
    expect((await person.opensHome()).home).toContain(`Home of slack:T0${name}/U0${name}`);
    expect(
      await adapter.post(`slack:T0${name}/C0${name}` as Place, { title: "due", tone: "calm", blocks: [] }, name as DeliveryKey),
    ).toMatchObject({
      ok: true,
    });
  }
  // Slack's own example of a view in an organisation names the organisation as where the app is installed.
  const meta = JSON.stringify({ verb: "paid", channel: "C0TWO", round: 0 });
  const view = {
    id: "V0",
    type: "modal",
    callback_id: "form",
    private_metadata: meta,
    state: { values: {} },
    app_installed_team_id: "E0ORG",
  };
  await door("interactive", viewSubmission(view, "0.t", personIn("TWO").origin));
  await adapter.idle();
  expect(host.heard.map(({ place }) => place)).toEqual([
    "slack:T0ONE/C0ONE",
    "slack:T0ONE/C0ONE",
    "slack:T0TWO/C0TWO",
    "slack:T0TWO/C0TWO",
  ]);
  expect(submissions.map(({ place }) => place)).toEqual(["slack:T0ONE/C0ONE", "slack:T0TWO/C0TWO", "slack:T0TWO/C0TWO"]);
  expect(await adapter.workspaces!.installed()).toEqual(["slack-t0one", "slack-t0two"]);
  expect(platform.calls.filter(({ method }) => method === "views.open").map(({ team }) => team)).toEqual(["T0ONE", "T0TWO"]);
});
