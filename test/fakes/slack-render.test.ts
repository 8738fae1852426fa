import { describe, expect, test } from "vitest";
import { effectsOf } from "./slack-platform/effects.ts";
import { readAloud, render } from "./slack-platform/render.ts";

const plain = (text: string, more: object = {}) => ({ blocks: [{ type: "section", text: { type: "plain_text", text, ...more } }] });
const marked = (text: string, more: object = {}) => ({ blocks: [{ type: "section", text: { type: "mrkdwn", text, ...more } }] });
const rich = (element: object) => ({ blocks: [{ type: "rich_text", elements: [{ type: "rich_text_section", elements: [element] }] }] });

describe("what a person sees", () => {
  test("is markup carried out only where the type says that it is markup", () => {
    expect(render(marked("*bold* _it_ ~no~ `code`"))).toBe("bold it no code");
    expect(render(plain("*bold* _it_ ~no~ `code`"))).toBe("*bold* _it_ ~no~ `code`");
    expect(render({ text: "*bold*" })).toBe("bold");
    expect(render({ text: "*bold*", mrkdwn: false })).toBe("*bold*");
    expect(render(marked("&gt; quoted"))).toBe("quoted");
  });

  test("is entities and references read in every text object, and in no text of rich text", () => {
    for (const shown of [plain, marked]) {
      expect(render(shown("&lt;b&gt; &amp;amp;"))).toBe("<b> &amp;");
      expect(render(shown("<https://a.example|the decision> <@U0ANA> <!channel>"))).toBe("the decision @U0ANA @channel");
    }
    expect(render(rich({ type: "text", text: "<!channel> &lt; *b* :tada:" }))).toBe("<!channel> &lt; *b* :tada:");
  });

  test("is an emoji for its name, unless the text says that it has none", () => {
    expect(render(plain(":tada:"))).toBe("🎉");
    expect(render(plain(":tada:", { emoji: false }))).toBe(":tada:");
  });

  test("is every text of the newer blocks", () => {
    const raw = (text: string) => ({ type: "raw_text", text });
    const chart = {
      type: "line",
      series: [{ name: "EUR", data: [{ label: "1 Feb", value: 150 }] }],
      axis_config: { categories: ["1 Feb"] },
    };
    const blocks = [
      { type: "alert", text: { type: "plain_text", text: "Overdue" } },
      { type: "table", rows: [[raw("&lt; <!here>"), raw("b")]] },
      { type: "data_table", caption: "Matters", rows: [[raw("Ref")], [{ type: "raw_number", value: 7 }]] },
      { type: "data_visualization", title: "Total", chart },
      { type: "image", alt_text: "a chart", image_url: "https://a.example/i.png" },
    ];
    expect(render({ blocks }).split("\n")).toEqual([
      "Overdue",
      "&lt; <!here> | b",
      "Matters",
      "Ref",
      "7",
      "Total",
      "EUR",
      "1 Feb: 150",
      "[image: a chart]",
    ]);
  });
});

test("a screen reader reads the text alone, where there is one", () => {
  expect(readAloud({ text: "all of it", mrkdwn: false, ...plain("the blocks") })).toBe("all of it");
  expect(readAloud(plain("the blocks"))).toBe("the blocks");
});

describe("what a message does", () => {
  test("is to call whoever is referred to, in any text and by any element", () => {
    expect(effectsOf({ text: "<@U1> <!here> <!subteam^S1|@all>", mrkdwn: false }).pings).toEqual(["U1", "here", "subteam^S1"]);
    expect(effectsOf(plain("<!channel>")).pings).toEqual(["channel"]);
    expect(effectsOf(rich({ type: "broadcast", range: "everyone" })).pings).toEqual(["everyone"]);
    expect(effectsOf(rich({ type: "user", user_id: "U1" })).pings).toEqual(["U1"]);
    expect(effectsOf({ text: "&lt;!channel&gt; @here <!date^1^{date}|x>", ...rich({ type: "text", text: "<!channel>" }) }).pings).toEqual(
      [],
    );
  });

  test("is to lead where its links lead, and where Slack makes a link of an address", () => {
    expect(effectsOf(plain("<https://a.example|x>")).links).toEqual(["https://a.example"]);
    expect(effectsOf(marked("see https://a.example/b.")).links).toEqual(["https://a.example/b."]);
    expect(effectsOf(marked("see https://a.example", { verbatim: true })).links).toEqual([]);
    expect(effectsOf(plain("see https://a.example")).links).toEqual([]);
    expect(effectsOf(rich({ type: "link", url: "https://a.example" })).links).toEqual(["https://a.example"]);
    expect(effectsOf({ text: "https://a.example" }).links).toEqual(["https://a.example"]);
  });
});
