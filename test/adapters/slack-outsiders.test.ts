import { describe, expect, test } from "vitest";
import type { Answer, Place } from "../../src/ports/chat.ts";
import { signedForm } from "../fakes/slack-platform/doors.ts";
import { ANA, pressedButton, suggestion, viewAction, viewSubmission } from "../fakes/slack-platform/payloads.ts";
import { CHANNEL, seen, TEAM, USER } from "../fakes/slack-platform/slack-platform.ts";
import { type Screen, slackScreen } from "./slack-answer-screen.ts";

const ELSEWHERE = "T0PARTNER";
const WORDS = "people of the workspace in which it is installed";

/** The same payload from somebody of a partner's workspace, in a channel that both share: Slack names the app's workspace and the person's own. */
function from(team: string, payload: object): object {
  const { user } = payload as { readonly user: object };
  return { ...payload, user: { ...user, team_id: team } };
}

/** How Slack sends it, and what it was answered. */
async function sent({ host }: Screen, payload: object): Promise<string> {
  const { headers, body } = signedForm({ payload: JSON.stringify(payload) }, { now: host.clock.now() });
  const response = await fetch(`${host.url}/slack/events`, { method: "POST", headers, body });
  expect(response.status).toBe(200);
  return response.text();
}

/** The places for which the host was asked anything, whoever asked. */
function heardBy({ host }: Screen): readonly Place[] {
  const places: Place[] = [];
  const hear = <Told>(told: Told) => {
    return async ({ place }: { readonly place: Place }) => {
      places.push(place);
      return told;
    };
  };
  const answer: Answer = { cards: [], audience: "asker" };
  host.serve({
    form: hear(answer),
    submit: hear(answer),
    lookUp: hear([{ value: "SAN-2023-018", label: "Kourou" }]),
    home: hear({ cards: [], previous: "", next: "" }),
  });
  host.answerWith(({ place }) => {
    places.push(place);
    return answer;
  });
  return places;
}

describe("somebody of another workspace, in a channel that is shared with it", () => {
  const view = (meta: object) => ({
    id: "V1",
    type: "modal",
    callback_id: "form",
    private_metadata: JSON.stringify(meta),
    state: { values: {} },
  });
  const modal = view({ verb: "note", channel: CHANNEL, round: 0 });

  test("is told by a button that it is not theirs to press, and nothing is asked on their behalf", async () => {
    const screen = await slackScreen("http");
    const heard = heardBy(screen);
    for (const value of ["list", "ack SAN-2023-018", "form paid SAN-2023-018"]) {
      const button = pressedButton(
        { action_id: "command/0", value },
        screen.platform.trigger(USER),
        screen.platform.responseUrl(CHANNEL, USER),
      );
      await sent(screen, from(ELSEWHERE, button));
    }
    await screen.idle();
    expect(heard).toEqual([]);
    expect(screen.platform.messages(CHANNEL, USER).map(seen)).toEqual([1, 2, 3].map(() => expect.stringContaining(WORDS)));
  });

  test("submits no form, turns no page and is offered no matter, whatever view they hold", async () => {
    const screen = await slackScreen("http");
    const heard = heardBy(screen);
    const action = { type: "button", action_id: "command/0", block_id: "b", value: "list" };
    expect(await sent(screen, from(ELSEWHERE, viewSubmission(modal, "1.t", ANA)))).toContain(WORDS);
    await sent(screen, from(ELSEWHERE, viewAction(action, modal, "2.t", ANA)));
    await sent(screen, from(ELSEWHERE, viewAction(action, { ...modal, type: "home" }, "3.t", ANA)));
    const asked = suggestion("SAN", { block_id: "ref" }, { action_id: "value/0/matter" }, modal, ANA);
    expect(JSON.parse(await sent(screen, from(ELSEWHERE, asked)))).toEqual({ options: [] });
    // Slack names the app's workspace in the view, where the modal was opened in another.
    const opened = { ...viewSubmission({ ...modal, app_installed_team_id: TEAM }, "4.t", ANA), team: { id: ELSEWHERE } };
    expect(await sent(screen, from(ELSEWHERE, opened))).toContain(WORDS);
    await screen.idle();
    expect(heard).toEqual([]);
  });

  test("is kept apart from its own people, who are answered", async () => {
    const screen = await slackScreen("http");
    const heard = heardBy(screen);
    const button = pressedButton(
      { action_id: "command/0", value: "list" },
      screen.platform.trigger(USER),
      screen.platform.responseUrl(CHANNEL, USER),
    );
    await sent(screen, from(TEAM, button));
    await sent(screen, viewSubmission(modal, "5.t", ANA));
    await screen.idle();
    expect(heard).toEqual([`slack:${TEAM}/${CHANNEL}`, `slack:${TEAM}/${CHANNEL}`]);
  });
});
