import { expect } from "vitest";
import type { Chart } from "../../src/ports/card.ts";
import type { PersonRef, Place, PostRef } from "../../src/ports/chat.ts";
import type { Form } from "../../src/ports/form.ts";
import { card } from "./chat-cards.ts";
import { type Clause, expectAll, kept, key, posted } from "./chat-clause.ts";

const CHART: Chart = {
  kind: "chart",
  title: "What has accrued",
  summary: "In three days EUR 450.00.",
  unit: "EUR",
  points: [1, 2, 3].map((day) => ({ label: `${day} Feb`, value: 150 * day, shown: `EUR ${150 * day}.00` })),
};

const FORM: Form = {
  ...{ verb: "paid", title: "The form", submit: "Record", cancel: "Cancel" },
  fields: [{ name: "on", label: "The field", required: true, kind: { type: "day" } }],
};

/** What a card and an answer can hold beside texts, and whose they are. */
export const CONTENT_CLAUSES: readonly Clause[] = [
  kept("a chart says what it shows and each of its values, drawn or written", async (chat) => {
    await posted(chat, { ...card("M-1"), blocks: [CHART] });
    const shown = (await chat.shown()).join("\n");
    expectAll([shown], [CHART.title, CHART.summary, ...CHART.points.map(({ label }) => label)]);
    const silent = CHART.points.filter((point) => !shown.includes(point.shown) && !shown.includes(String(point.value)));
    expect(silent).toEqual([]);
  }),
  kept("an answer that brings a form shows the form, or the cards that say the same", async (chat) => {
    chat.answerWith(() => ({ cards: [card("in words")], audience: "asker", form: FORM }));
    const shown = (await chat.type("paid M-1")).join("\n");
    expect(shown.includes("in words") || (shown.includes("The form") && shown.includes("The field"))).toBe(true);
  }),
  kept("it names the workspace of its places and people, the place of its messages, and nothing of others", async (chat) => {
    const { adapter } = chat;
    await chat.type("list");
    const [command] = chat.heard;
    const own = adapter.direct(command!.person) ?? chat.place;
    const [workspace, ...others] = [chat.place, command!.person, own].map((minted) => adapter.workspaceOf(minted));
    expect(workspace).toMatch(new RegExp(`^${adapter.name}:[^/\\s]+$`));
    expect(others).toEqual([workspace, workspace]);
    const root = await posted(chat, card("M-1"));
    const below = await posted(chat, card("M-2"), key(), root);
    expect([root, below].map((message) => adapter.placeOf(message))).toEqual([chat.place, chat.place]);
    for (const foreign of ["elsewhere:T1/C1", "elsewhere", ""]) {
      expect(adapter.workspaceOf(foreign as Place)).toBe(null);
      expect(adapter.placeOf(foreign as PostRef)).toBe(null);
    }
  }),
  kept("where it serves several workspaces, it names the desk of what it minted, and of nothing else", async (chat) => {
    const { workspaces } = chat.adapter;
    if (workspaces === undefined) return;
    await chat.type("list");
    const [command] = chat.heard;
    const [desk, ...others] = [chat.place, command!.place, command!.person].map((minted) => workspaces.deskOf(minted));
    expect(desk).toMatch(/^[a-z0-9-]+$/);
    expect(others).toEqual([desk, desk]);
    expect(await workspaces.installed()).toContain(desk);
    for (const foreign of ["elsewhere:T1/C1", "elsewhere", ""]) {
      expect(workspaces.deskOf(foreign as Place)).toBe(null);
      expect(workspaces.deskOf(foreign as PersonRef)).toBe(null);
    }
  }),
];
