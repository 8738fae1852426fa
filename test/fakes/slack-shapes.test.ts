import { describe, expect, test } from "vitest";
import { refusedBlocks } from "./slack-platform/blocks/blocks.ts";
import { refusedView } from "./slack-platform/blocks/view.ts";
import { refusalOf } from "./slack-platform/check.ts";
import { plain, RIGHT, RIGHT_IN_MODAL, WRONG, word } from "./slack-shapes.ts";

const hasFile = (id: string) => id === "F01";
const modal = (more: object = {}) => ({ type: "modal", title: plain(), submit: plain(), blocks: [], ...more });

describe("the pretended Slack", () => {
  test("takes every block and element as Slack documents it, in a message, a modal and Home", () => {
    expect(refusedBlocks(RIGHT, "message", { hasFile })).toBe(undefined);
    expect(refusedBlocks(RIGHT_IN_MODAL, "modal", { hasFile })).toBe(undefined);
    expect(refusedBlocks(RIGHT_IN_MODAL, "home", { hasFile })).toBe(undefined);
    expect(refusedBlocks([], "message")).toBe(undefined);
  });

  for (const { rule, blocks, says, inModal } of WRONG)
    test(`refuses ${rule}`, () => {
      expect(refusedBlocks(JSON.parse(JSON.stringify(blocks)), inModal ? "modal" : "message", { hasFile })).toContain(says);
    });

  test("names no rule twice", () => {
    expect(new Set(WRONG.map(({ rule }) => rule)).size).toBe(WRONG.length);
  });

  test("refuses newer blocks that the workspace does not take, and takes on any surface those that it does", () => {
    for (const block of RIGHT.filter(({ type }) => ["table", "data_table", "data_visualization"].includes(String(type)))) {
      expect(refusedBlocks([block], "message", { taken: [] })).toContain("unsupported type");
      expect(refusedBlocks([block], "message", { taken: [String(block.type)] })).toBe(undefined);
    }
    expect(refusedBlocks([{ type: "alert", text: plain() }], "message", { taken: ["alert"] })).toBe(undefined);
  });
});

describe("a view", () => {
  const input = { type: "input", label: plain(), element: { type: "datepicker" } };
  const CASES: readonly (readonly [string, object, string])[] = [
    ["a title longer than 24", modal({ title: plain(word(25)) }), "at most 24"],
    ["a button longer than 24", modal({ submit: plain(word(25)) }), "at most 24"],
    ["a closing button longer than 24", modal({ close: plain(word(25)) }), "at most 24"],
    ["no title", modal({ title: undefined }), "title"],
    ["input and no button", modal({ submit: undefined, blocks: [input] }), "submit is required"],
    ["private_metadata longer than 3,000", modal({ private_metadata: word(3_001) }), "at most 3000"],
    ["a callback_id longer than 255", modal({ callback_id: word(256) }), "at most 255"],
    ["another type", modal({ type: "home" }), "must be modal"],
    ["a property that there is not", modal({ colour: "red" }), "invalid additional property"],
    ["more than 250,000 characters", modal({ blocks: Array(90).fill({ type: "section", text: plain(word(3_000)) }) }), "view_too_large"],
  ];
  for (const [what, view, says] of CASES)
    test(`with ${what} is refused`, () => {
      expect(refusedView(JSON.parse(JSON.stringify(view)), "modal")).toContain(says);
    });

  test("as it is documented is taken", () => {
    const told = { private_metadata: word(3_000), callback_id: word(255), notify_on_close: true, close: plain() };
    expect(refusedView(modal({ title: plain(word(24)), blocks: [input], ...told }), "modal")).toBe(undefined);
    expect(refusedView({ type: "home", blocks: [] }, "home")).toBe(undefined);
    expect(refusedView({ type: "home", title: plain(), blocks: [] }, "home")).toContain("invalid additional property: title");
  });
});

describe("a message", () => {
  const CASES: readonly (readonly [string, object, string])[] = [
    ["of nothing", {}, "no_text"],
    ["longer than 40,000", { text: word(40_001) }, "msg_too_long"],
    ["of too long blocks", { blocks: Array(5).fill({ type: "section", text: plain(word(2_700)) }) }, "msg_blocks_too_long"],
    ["with metadata of another shape", { text: "x", metadata: { event: "x" } }, "invalid_metadata_format"],
    ["with a wrong block", { text: "x", blocks: [{}] }, "invalid_blocks"],
  ];
  for (const [what, message, error] of CASES)
    test(`${what} is refused with ${error}`, () => {
      expect(refusalOf(message)).toMatchObject({ error });
    });

  test("of words is taken", () => {
    expect(refusalOf({ text: word(40_000) })).toBe(undefined);
  });
});
