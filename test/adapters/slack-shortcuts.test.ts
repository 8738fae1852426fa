import { describe, expect, test } from "vitest";
import type { FormRequest } from "../../src/ports/form.ts";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { BEA, cardOf, formOf, MODES, type Mode, QUIET, REF, type Screen, said, slackScreen } from "./slack-answer-screen.ts";

interface Asked extends Screen {
  readonly requests: FormRequest[];
}

async function shortcuts(mode: Mode): Promise<Asked> {
  const screen = await slackScreen(mode);
  const requests: FormRequest[] = [];
  screen.host.serve({
    async form(request) {
      requests.push(request);
      const text = { name: "text", label: "Text", required: true, kind: { type: "text", longest: 2_000, lines: true } } as const;
      const { text: initial } = request.values;
      return formOf([REF, initial === undefined ? text : { ...text, initial }], { verb: request.verb });
    },
    submit: async ({ values }) => said(`Noted: ${values.text}`),
  });
  return { ...screen, requests };
}

describe.each(MODES)("a shortcut over %s", (mode) => {
  test("registers a matter from anywhere: its answer comes by direct message", async () => {
    const { ana, requests } = await shortcuts(mode);
    expect((await ana.uses("register_matter")).view).toContain("Matter");
    expect(requests).toEqual([expect.objectContaining({ verb: "register", values: {}, place: `slack:${TEAM}/${USER}` })]);
    await ana.fills({ text: "new" });
    expect((await ana.submits()).shown.map(({ channel }) => channel)).toEqual(["D0ANA"]);
  });

  test("at a message takes its words and where it stands into a note, and the answer stays in the conversation", async () => {
    const { ana, requests, platform, host } = await shortcuts(mode);
    host.answerWith(() => ({ cards: [cardOf("The CNIL called")], audience: "place" }));
    const { shown } = await ana.types("show --here");
    await ana.usesOn("note_on_matter", { ...shown[0]!, text: `Call from <@${BEA}>: pay <https://cnil.fr|here> &amp; now <!channel>` });
    const { ts } = shown[0]!;
    const source = `${new URL(platform.apiUrl).origin}/archives/${CHANNEL}/p${ts.replace(".", "")}`;
    expect(requests[0]).toMatchObject({
      verb: "note",
      values: { text: ["Call from @bea: pay here (https://cnil.fr) & now @channel"], source: [source] },
      place: `slack:${TEAM}/${CHANNEL}`,
    });
    const seen = await ana.submits();
    expect(seen.messages.join()).toContain("Noted: Call from @bea");
    expect(seen.shown.map(({ channel }) => channel)).toEqual([CHANNEL]);
  });
});

describe("a shortcut", () => {
  test("at a message takes host names and addresses as they were written, and not as the links that Slack made of them", async () => {
    const { person, requests } = await shortcuts("http");
    const text = "<http://Booking.com|Booking.com> B.V., <mailto:dpo@x.fr|dpo@x.fr>, <https://cnil.fr|a|b>";
    await person({ channel: QUIET, channelName: "quiet" }).usesOn("note_on_matter", { ts: "1.000001", text });
    expect(requests[0]!.values).toEqual({ text: ["Booking.com B.V., dpo@x.fr, a|b (https://cnil.fr)"] });
  });

  test("at a message takes its words without what is not seen and turns them round: a note is not recorded with it", async () => {
    const { person, requests } = await shortcuts("http");
    const quiet = person({ channel: QUIET, channelName: "quiet" });
    await quiet.usesOn("note_on_matter", { ts: "1.000001", text: "Pay \u202E000,9\u202C to \u05D3\u05D5\u05D2\u05DE\u05D4\u200F" });
    expect(requests[0]!.values).toEqual({ text: ["Pay 000,9 to \u05D3\u05D5\u05D2\u05DE\u05D4\u200F"] });
  });

  test("at a message where the bot is not takes its words without the address", async () => {
    const { person, requests } = await shortcuts("http");
    await person({ channel: QUIET, channelName: "quiet" }).usesOn("note_on_matter", { ts: "1.000001", text: "A call" });
    expect(requests[0]!.values).toEqual({ text: ["A call"] });
  });

  test("that is delivered twice opens its form once, and no direct message says that it did not open", async () => {
    const { ana, platform } = await shortcuts("socket");
    await ana.uses("register_matter");
    expect((await ana.repeats()).messages).toEqual([]);
    expect(platform.calls.filter(({ method }) => method === "views.open")).toHaveLength(1);
    expect(platform.messages("D0ANA")).toEqual([]);
  });

  test("whose form Slack does not open in time is answered in words", async () => {
    const screen = await shortcuts("http");
    screen.host.serve({
      async form({ verb }) {
        screen.pass(3_000);
        return formOf([REF], { verb });
      },
    });
    const { view, messages } = await screen.ana.uses("register_matter");
    expect([view, messages.join()]).toEqual([null, expect.stringContaining("type /matter register")]);
    expect(messages.join()).toContain("Slack did not open the form in time");
    expect(JSON.stringify(screen.platform.messages("D0ANA"))).toContain('"value":"form register SAN-2023-018"');
  });

  test("at a message whose form Slack does not open in time is to be used again: a button would lose the message's words", async () => {
    const screen = await shortcuts("http");
    screen.host.serve({
      async form({ verb }) {
        screen.pass(3_000);
        return formOf([REF], { verb });
      },
    });
    const { messages } = await screen.ana.usesOn("note_on_matter", { ts: "1.000001", text: "A call" });
    expect(messages.join()).toContain("Use the shortcut again, or type /matter note");
    expect(messages.join()).not.toContain("[Payment]");
  });

  test("that asks for what may not be done is answered with what the core says", async () => {
    const screen = await shortcuts("http");
    screen.host.serve({ form: async () => said("You may only read here") });
    expect((await screen.ana.uses("register_matter")).messages.join()).toContain("You may only read here");
  });

  test("that the app does not know any more is answered in words", async () => {
    const { ana, requests } = await shortcuts("http");
    expect((await ana.uses("an_old_one")).messages.join()).toContain("no such shortcut");
    expect(requests).toEqual([]);
  });
});
