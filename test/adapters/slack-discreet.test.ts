import { afterEach, describe, expect, test } from "vitest";
import { CLASSIC, NEWEST } from "../../adapters/chat/slack/blocks.ts";
import { classicMessageOf, messageOf, partsOf } from "../../adapters/chat/slack/message.ts";
import type { Card } from "../../src/ports/card.ts";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import { FULL } from "../contracts/chat-cards.ts";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import { CHANNEL, SCOPES, seen, USER } from "../fakes/slack-platform/slack-platform.ts";

const SENTENCE = "A restricted matter needs you.";
const ONCE = "matter/SECRET-1/due" as DeliveryKey;
const SINCE = "2024-02-16T07:59:00.000Z" as Instant;
const points = Array.from({ length: 12 }, (_, day) => ({ label: `${day + 1} Feb`, value: day * 150, shown: `EUR ${day * 150}` }));
const CHART: Card["blocks"][number] = { kind: "chart", title: "Running total of SECRET-1", summary: "It grows.", unit: "EUR", points };
const SECRET: Card = { ...FULL, discreet: SENTENCE };

let opened: SlackHarness | undefined;

async function open(scopes: readonly string[] = [...SCOPES, "channels:history"]): Promise<SlackHarness> {
  opened = await slackHarness("http");
  opened.platform.grant(scopes);
  return opened;
}

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

/** What each message says of itself in notifications, previews and lists. */
function announced({ platform }: SlackHarness, channel = CHANNEL): readonly (string | undefined)[] {
  return platform.messages(channel, USER).map(({ text }) => text);
}

describe("a discreet card in Slack", () => {
  test("says its sentence alone in its text, and all of itself in its blocks", async () => {
    const harness = await open();
    expect(await harness.adapter.post(harness.place, SECRET, ONCE)).toMatchObject({ ok: true });
    expect(announced(harness)).toEqual([SENTENCE]);
    expect(seen(harness.platform.messages(CHANNEL)[0]!)).toContain(FULL.title);
    expect(harness.platform.calls.at(-1)!.args).toMatchObject({ unfurl_links: "false", unfurl_media: "false" });
  });

  test("that takes several messages says it in each", async () => {
    const harness = await open();
    const rows = Array.from({ length: 300 }, (_, row) => [[`SECRET-${row}`], ["EUR 150 for each day of delay, since Monday"]]);
    await harness.adapter.post(harness.place, { ...SECRET, blocks: [{ kind: "rows", heading: ["Overdue"], rows }] }, ONCE);
    expect(announced(harness).length).toBeGreaterThan(1);
    expect(new Set(announced(harness))).toEqual(new Set([SENTENCE]));
    expect(harness.platform.messages(CHANNEL).map(seen).join("\n")).toContain("SECRET-299");
  });

  test("is found by its key, and stays discreet when it is replaced", async () => {
    const harness = await open();
    const posted = await harness.adapter.post(harness.place, SECRET, ONCE);
    const found = await harness.adapter.find(harness.place, ONCE, SINCE);
    expect(posted).toEqual({ ok: true, posted: found });
    await harness.adapter.update(found as Exclude<typeof found, "cannot-tell" | "partly" | null>, {
      ...SECRET,
      title: "SECRET-1 complied with",
    });
    expect(announced(harness)).toEqual([SENTENCE]);
    expect(seen(harness.platform.messages(CHANNEL)[0]!)).toContain("SECRET-1 complied with");
  });

  test("says no more in whatever blocks Slack takes", () => {
    const chart = { ...SECRET, blocks: [...SECRET.blocks, CHART] };
    for (const part of partsOf(chart))
      for (const { text } of [messageOf(part, NEWEST), messageOf(part, CLASSIC), classicMessageOf(part)]) expect(text).toBe(SENTENCE);
    expect(JSON.stringify(classicMessageOf(partsOf(chart)[0]!).blocks)).toContain(FULL.title);
  });

  test("whose blocks Slack refuses is shown whole in plainer ones, and says no more in its text", async () => {
    const harness = await open();
    void harness.platform.failNext({ kind: "refusal", error: "invalid_blocks" });
    await harness.adapter.post(harness.place, SECRET, ONCE);
    expect(announced(harness)).toEqual([SENTENCE]);
    expect(seen(harness.platform.messages(CHANNEL)[0]!)).toContain(FULL.title);
  });

  test("has its chart in words and uploads none where Slack does not draw it, also with the scope for files", async () => {
    const harness = await open([...SCOPES, "files:write"]);
    harness.platform.takes(["table"]);
    await harness.adapter.post(harness.place, { ...SECRET, blocks: [CHART] }, ONCE);
    expect(announced(harness)).toEqual([SENTENCE]);
    expect(seen(harness.platform.messages(CHANNEL)[0]!)).toContain("EUR 1650");
    expect(harness.platform.files).toEqual([]);
    expect(harness.platform.calls.filter(({ method }) => method.startsWith("files."))).toEqual([]);
  });

  test("as an answer says no more either, to the asker and to everybody", async () => {
    const harness = await open();
    for (const audience of ["asker", "place"] as const) {
      harness.answerWith(() => ({ cards: [SECRET], audience }));
      expect((await harness.type("show SECRET-1")).join("\n")).toContain(FULL.title);
    }
    expect(new Set(announced(harness))).toEqual(new Set([SENTENCE]));
  });
});
