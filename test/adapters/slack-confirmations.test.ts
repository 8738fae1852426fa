import { afterEach, describe, expect, test } from "vitest";
import type { Action } from "../../src/ports/card.ts";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import { CHANNEL } from "../fakes/slack-platform/names.ts";

let opened: SlackHarness | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

/** The buttons as Slack gets them. */
async function posted(...actions: readonly Action[]): Promise<unknown> {
  opened = await slackHarness("http");
  const { adapter, place, platform } = opened;
  const card = { title: "M-1", tone: "calm", blocks: [{ kind: "actions", actions }] } as const;
  expect(await adapter.post(place, card, "matter/M-1/due" as DeliveryKey)).toMatchObject({ ok: true });
  return platform.messages(CHANNEL)[0]!.blocks!.at(-1);
}

describe("a button that asks first", () => {
  test("asks for confirmation in Slack's dialog", async () => {
    const label = "Annul the whole matter and all its parts";
    expect(await posted({ label, command: "annul M-1", confirm: "Sure & certain?", style: "danger" })).toMatchObject({
      elements: [{ style: "danger", confirm: { text: { text: "Sure &amp; certain?" } } }],
    });
  });

  test("says on both buttons of the dialog what they do, in its own language", async () => {
    const erase = { label: "Effacer", command: "erase M-1", confirm: "C'est irréversible.", decline: "Annuler" };
    expect(await posted(erase)).toMatchObject({
      elements: [{ confirm: { confirm: { text: "Effacer" }, deny: { text: "Annuler" } } }],
    });
  });

  test.each([
    ["Confirmer que tout le lieu R&D est interne", "Confirmer que tout le lieu…"],
    ["&&&&&&&&", "&amp;&amp;&amp;&amp;&amp;…"],
    [`${"x".repeat(28)}😀😀`, `${"x".repeat(28)}…`],
  ])("whose label is longer than a button of the dialog holds (%s) is cut there, and whole in the title", async (label, cut) => {
    const [{ confirm }] = ((await posted({ label, command: "annul M-1", confirm: "Sure?" })) as { elements: [{ confirm: Dialog }] })
      .elements;
    expect([confirm.title.text, confirm.confirm.text]).toEqual([label.replaceAll("&", "&amp;"), cut]);
  });
});

interface Dialog {
  readonly title: { readonly text: string };
  readonly confirm: { readonly text: string };
}
