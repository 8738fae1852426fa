import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { atEvenDistances } from "../../adapters/chat/shared/even-distances.ts";
import { visualizationOf } from "../../adapters/chat/slack/chart.ts";
import { svgOf } from "../../adapters/chat/slack/chart-svg.ts";
import { pngOf } from "../../adapters/chat/slack/png.ts";
import type { Card, Chart } from "../../src/ports/card.ts";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import { CHANNEL, SCOPES, seen } from "../fakes/slack-platform/slack-platform.ts";

/** What accrues at EUR 150 a day. */
function chartOf(days: number, over: Partial<Chart> = {}): Chart {
  const points = Array.from({ length: days }, (_, day) => ({ label: `day ${day + 1}`, value: 150 * day, shown: `EUR ${150 * day}.00` }));
  return {
    kind: "chart",
    title: "SAN-2023-018: what has accrued",
    summary: `In ${days} days EUR ${150 * (days - 1)}.00.`,
    unit: "EUR",
    points,
    ...over,
  };
}

function cardOf(chart: Chart): Card {
  return {
    title: "SAN-2023-018",
    tone: "overdue",
    blocks: [chart, { kind: "actions", actions: [{ label: "Why", command: "why SAN-2023-018" }] }],
  };
}

/** Drawing takes a machine that is busy some time. */
const PATIENT = { config: { timeoutMilliseconds: 10_000 } };
const KEY = "total/SAN-2023-018" as DeliveryKey;
let opened: SlackHarness | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

/** A workspace that does not draw charts; the app may upload files where it says so. */
async function withoutCharts(files: boolean): Promise<SlackHarness> {
  opened = await slackHarness("http", PATIENT);
  opened.platform.takes([]);
  opened.platform.grant(files ? [...SCOPES, "files:write"] : SCOPES);
  return opened;
}

function typesIn({ platform }: SlackHarness): readonly unknown[] {
  return platform.messages(CHANNEL).map(({ blocks = [] }) => blocks.map(({ type }) => type));
}

function methods({ platform }: SlackHarness): readonly string[] {
  return platform.calls.map(({ method }) => method).filter((method) => /^(chat|files)\./.test(method));
}

describe("a chart that Slack draws by itself", () => {
  test("stands in the message with its summary, and with every value in what is read aloud", async () => {
    opened = await slackHarness("http", PATIENT);
    expect(await opened.adapter.post(opened.place, cardOf(chartOf(12)), KEY)).toMatchObject({ ok: true });
    expect(typesIn(opened)).toEqual([["header", "data_visualization", "context", "actions"]]);
    const [message] = opened.platform.messages(CHANNEL);
    expect(seen(message!)).toContain("day 12: 1650");
    for (const { label, shown } of chartOf(12).points) expect(message!.text).toContain(`${label} · ${shown}`);
    expect(message!.text).toContain("In 12 days EUR 1650.00.");
  });

  test("of more points than Slack takes is drawn from end to end", () => {
    const drawn = visualizationOf(chartOf(60))!.chart.series[0]!.data;
    expect(drawn).toHaveLength(20);
    expect([drawn[0]!.label, drawn.at(-1)!.label]).toEqual(["day 1", "day 60"]);
    expect(new Set(atEvenDistances([...Array(60).keys()], 20)).size).toBe(20);
  });

  test.each([
    ["two days of the same name", { points: [1, 2].map((value) => ({ label: "19 Feb", value, shown: `EUR ${value}` })) }],
    ["a name that Slack might read as its own", { points: [{ label: "<!here>", value: 1, shown: "EUR 1" }] }],
    ["a name that is too long", { points: [{ label: "Monday 19 February 2024", value: 1, shown: "EUR 1" }] }],
    ["a title that is too long", { title: "T".repeat(51) }],
    ["a title that Slack might read as its own", { title: "A & B" }],
    ["no points", { points: [] }],
    ["a value that is no number", { points: [{ label: "19 Feb", value: Number.NaN, shown: "unknown" }] }],
  ])("is not asked of it with %s", (_what, over) => {
    expect(visualizationOf(chartOf(3, over))).toBeNull();
  });
});

describe("a chart that Slack does not draw", () => {
  test("is uploaded as a picture, described in words, and shown in the same message", async () => {
    const slack = await withoutCharts(true);
    expect(await slack.adapter.post(slack.place, cardOf(chartOf(12)), KEY)).toMatchObject({ ok: true });
    expect(typesIn(slack)).toEqual([["header", "image", "context", "actions"]]);
    const [file] = slack.platform.files;
    expect([file!.alt, file!.isComplete, file!.bytes.subarray(1, 4).toString()]).toEqual(["In 12 days EUR 1650.00.", true, "PNG"]);
    expect(seen(slack.platform.messages(CHANNEL)[0]!)).toContain("[image: In 12 days EUR 1650.00.]");
    expect(slack.platform.messages(CHANNEL)[0]!.text).toContain("day 12 · EUR 1650.00");
  });

  test("is not asked of Slack again, and a picture that is there already is used again", async () => {
    const slack = await withoutCharts(true);
    await slack.adapter.post(slack.place, cardOf(chartOf(12)), KEY);
    const before = methods(slack).length;
    await slack.adapter.post(slack.place, { ...cardOf(chartOf(12)), title: "Once more" }, "other" as DeliveryKey);
    expect(methods(slack).slice(before)).toEqual(["chat.postMessage"]);
    expect(slack.platform.files).toHaveLength(1);
  });

  test("has its values written out where the app may not upload, which is asked once", async () => {
    const slack = await withoutCharts(false);
    expect(await slack.adapter.post(slack.place, cardOf(chartOf(12)), KEY)).toMatchObject({ ok: true });
    expect(typesIn(slack)).toEqual([["header", "rich_text", "actions"]]);
    for (const { label, shown } of chartOf(12).points) expect(seen(slack.platform.messages(CHANNEL)[0]!)).toContain(`${label} · ${shown}`);
    const before = methods(slack).length;
    await slack.adapter.post(slack.place, cardOf(chartOf(13)), "other" as DeliveryKey);
    expect(methods(slack).slice(before)).toEqual(["chat.postMessage"]);
  });

  test("is shown once where the program ends between the upload and the post, and posts again", async () => {
    const slack = await withoutCharts(true);
    await slack.adapter.post(slack.place, cardOf(chartOf(2)), "before" as DeliveryKey);
    // The picture is uploaded, and the connection breaks before Slack has the message.
    void slack.platform.failNext({ kind: "reset", shown: false }, { method: "chat.postMessage" });
    expect(await slack.adapter.post(slack.place, cardOf(chartOf(12)), KEY)).toMatchObject({ retry: "unknown" });
    expect(slack.platform.messages(CHANNEL)).toHaveLength(1);
    await slack.restart();
    expect(await slack.adapter.post(slack.place, cardOf(chartOf(12)), KEY)).toMatchObject({ ok: true });
    expect(slack.platform.messages(CHANNEL)).toHaveLength(2);
    expect(slack.platform.files).toHaveLength(2);
    expect(slack.platform.files.filter(({ alt }) => alt.includes("12 days"))).toHaveLength(1);
  });

  test("is waited for while Slack works on the picture", async () => {
    const slack = await withoutCharts(true);
    await slack.adapter.post(slack.place, cardOf(chartOf(2)), "before" as DeliveryKey);
    void slack.platform.failNext({ kind: "refusal", error: "invalid_blocks" }, { method: "chat.postMessage" });
    expect(await slack.adapter.post(slack.place, cardOf(chartOf(12)), KEY)).toMatchObject({ ok: true });
    expect(typesIn(slack).at(-1)).toEqual(["header", "image", "context", "actions"]);
    expect(slack.platform.files).toHaveLength(2);
  });

  test("is written out where Slack never takes the picture, and uploaded anew the next time", async () => {
    const slack = await withoutCharts(true);
    slack.platform
      .failWith(
        Array.from({ length: 5 }, () => ({ kind: "refusal", error: "invalid_blocks" }) as const),
        { method: "chat.postMessage" },
      )
      .catch(() => undefined);
    expect(await slack.adapter.post(slack.place, cardOf(chartOf(12)), KEY)).toMatchObject({ ok: true });
    expect(typesIn(slack)).toEqual([["header", "rich_text", "actions"]]);
    expect([...slack.host.kept.keys()].filter((key) => key.startsWith("slack/picture/"))).toEqual([]);
  });

  test.each(["files.getUploadURLExternal", "files.completeUploadExternal"])(
    "is written out where %s fails, and tried again the next time",
    async (method) => {
      const slack = await withoutCharts(true);
      void slack.platform.failNext({ kind: "answer", status: 500 }, { method });
      expect(await slack.adapter.post(slack.place, cardOf(chartOf(12)), KEY)).toMatchObject({ ok: true });
      expect(typesIn(slack)).toEqual([["header", "rich_text", "actions"]]);
      await slack.adapter.post(slack.place, cardOf(chartOf(12)), "other" as DeliveryKey);
      expect(typesIn(slack)[1]).toEqual(["header", "image", "context", "actions"]);
    },
  );
});

describe("the picture of a chart", () => {
  test("is a PNG of 1600 by 800, the same bytes each time", async () => {
    const [once, again] = [await pngOf(chartOf(30)), await pngOf(chartOf(30))];
    const png = Buffer.from(once);
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1600, 800]);
    expect(Buffer.from(again).equals(png)).toBe(true);
    expect(Buffer.from(await pngOf(chartOf(31))).equals(png)).toBe(false);
  });

  test("writes the first, the last and the highest value, the first and the last day, the title and the unit", () => {
    const falls = { label: "day 2", value: 900, shown: "EUR 900.00" };
    const svg = svgOf(chartOf(3, { points: [chartOf(3).points[0]!, falls, chartOf(3).points[2]!] }));
    for (const words of ["SAN-2023-018", "EUR 0.00", "EUR 300.00", "day 2: EUR 900.00", ">day 1<", ">day 3<"]) expect(svg).toContain(words);
    expect(svgOf(chartOf(3))).toContain(">EUR<");
  });

  test.each([
    ["no points", { points: [] }],
    ["one point of nothing", { points: [{ label: "19 Feb", value: 0, shown: "EUR 0.00" }] }],
    ["markup and characters that XML does not know", { title: '<script>&"\u0000\uD800\uFFFE', unit: "<b>" }],
    ["a title longer than the picture", { title: "T".repeat(500) }],
    ["values below nothing", { points: [-5, 5].map((value) => ({ label: String(value), value, shown: String(value) })) }],
  ])("is drawn with %s", async (_what, over) => {
    expect((await pngOf(chartOf(3, over))).length).toBeGreaterThan(1_000);
    expect(svgOf(chartOf(3, over))).not.toMatch(/NaN|Infinity|<script/);
  });

  test("costs nothing where none is drawn: what draws it is imported by whoever draws", () => {
    const folder = join(import.meta.dirname, "../../adapters/chat/slack");
    const upload = readFileSync(join(folder, "chart-upload.ts"), "utf8");
    expect(upload).toContain('await import("./png.ts")');
    expect(upload).not.toMatch(/^import .*png/m);
  });
});
