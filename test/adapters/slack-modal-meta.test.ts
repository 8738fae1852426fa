import { describe, expect, test } from "vitest";
import { readMeta, writeMeta } from "../../adapters/chat/slack/modal-meta.ts";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { slackScreen } from "./slack-answer-screen.ts";

const META = { verb: "paid", channel: CHANNEL, round: 0, known: { ref: ["SAN-2023-018"] }, blank: "x" };

describe("what a form remembers", () => {
  test("is read as it was written, also where what can be missed was left out", () => {
    const words = { draft: "d", anew: "a", working: "w", kept: "k", cut: "c" };
    const whole = { ...META, message: "1.1", thread: "1.2", home: true, words } as const;
    expect(readMeta(writeMeta(whole))).toEqual(whole);
    expect(readMeta(JSON.stringify({ verb: "paid", channel: CHANNEL, round: 0 }))).toEqual({ ...META, known: {}, blank: "" });
  });

  test.each([
    { known: null },
    { known: [] },
    { known: "ref" },
    { known: { ref: 5 } },
    { known: { ref: [5] } },
    { known: { ref: null } },
    { blank: null },
    { message: 1 },
    { thread: {} },
    { channel: "slack:T0OTHER/C0OTHER" },
    { channel: "../x" },
    { channel: "" },
    { words: "w" },
    { words: { draft: 1 } },
    { round: "0" },
    { verb: null },
  ])("is nobody's with %j", (other) => {
    expect(readMeta(JSON.stringify({ ...META, ...other }))).toBeNull();
  });
});

test.each([{ known: null }, { known: { ref: 5 } }])(
  "a form that hands back %j is refused in words, and nothing is submitted",
  async (other) => {
    const { door, platform, host, idle } = await slackScreen("http");
    const view = {
      ...{ id: "V1", type: "modal", callback_id: "form", state: { values: {} } },
      private_metadata: JSON.stringify({ verb: "paid", channel: CHANNEL, round: 0, ...other }),
    };
    const submissions: unknown[] = [];
    host.serve({
      async submit(one) {
        submissions.push(one);
        return { cards: [], audience: "asker" };
      },
    });
    await door("interactive", { type: "view_submission", team: { id: TEAM }, user: { id: USER, team_id: TEAM }, trigger_id: "1.1", view });
    await idle();
    expect(submissions).toEqual([]);
    expect(JSON.stringify(platform.messages(`D${USER.slice(1)}`))).toContain("This form is not of this app any more. Open it again.");
  },
);
