import { expect, vi } from "vitest";
import type { Place, PostRef } from "../../src/ports/chat.ts";
import { AUDIENCE_CLAUSES } from "./chat-audience-clauses.ts";
import { card, EMPTY_BLOCKS, FULL, HOSTILE, LONG, longCard, TEXTS_OF_FULL } from "./chat-cards.ts";
import { type Clause, expectAll, expectReason, failing, kept, key, posted, referenceOf } from "./chat-clause.ts";
import { CONTENT_CLAUSES } from "./chat-content-clauses.ts";
import { DELIVERY_CLAUSES } from "./chat-delivery-clauses.ts";
import { THROTTLE_SECONDS } from "./chat-harness.ts";
import { REACH_CLAUSES } from "./chat-reach-clauses.ts";
import { watchResources } from "./resources.ts";

export const CLAUSES: readonly Clause[] = [
  ...DELIVERY_CLAUSES,
  ...REACH_CLAUSES,
  ...AUDIENCE_CLAUSES,
  ...CONTENT_CLAUSES,
  kept("a posted card shows every text that it holds", async (chat) => {
    await posted(chat, FULL);
    expectAll(await chat.shown(), TEXTS_OF_FULL);
  }),
  kept("a card of 300 rows is shown whole, in order and within the limits", async (chat) => {
    const rows = Array.from({ length: 300 }, (_, row) => [
      [`M-${String(row).padStart(3, "0")}`],
      ["EUR 150 for each day of delay, since Monday"],
    ]);
    await posted(chat, { title: "Digest", tone: "calm", blocks: [{ kind: "rows", heading: ["Overdue"], rows }] });
    const found = (await chat.shown()).join("\n").match(/M-\d{3}/g);
    expect(found).toEqual(rows.map(([reference]) => reference![0]));
  }),
  kept("a text longer than any message is shown to its last word", async (chat) => {
    const words = Array.from({ length: 9_000 }, (_, word) => `w${word}`);
    await posted(chat, { title: "Reasons", tone: "calm", blocks: [{ kind: "text", text: [words.join(" ")] }] });
    expect((await chat.shown()).join("\n").match(/\bw\d+\b/g)).toEqual(words);
  }),
  kept("a plain text is never markup: it comes out as itself", async (chat) => {
    await posted(chat, {
      title: HOSTILE,
      tone: "urgent",
      blocks: [
        { kind: "text", text: [HOSTILE, { bold: HOSTILE }] },
        { kind: "facts", facts: [{ label: HOSTILE, value: [HOSTILE] }] },
        { kind: "rows", heading: [HOSTILE], rows: [[[HOSTILE], [HOSTILE]]] },
        { kind: "note", text: [HOSTILE] },
      ],
    });
    expect((await chat.shown()).join("\n").split(HOSTILE)).toHaveLength(9 + 1);
  }),
  kept("a card without blocks, or with empty ones, can be posted", async (chat) => {
    await posted(chat, card("only a title"));
    await posted(chat, { ...card("empty blocks"), blocks: EMPTY_BLOCKS });
    expectAll(await chat.shown(), ["only a title", "empty blocks"]);
  }),
  kept("what was posted can be replaced by its reference", async (chat) => {
    const reference = await posted(chat, card("due on Friday"));
    const result = await chat.adapter.update(reference, card("complied with"));
    expect(result).toMatchObject({ ok: true });
    const shown = (await chat.shown()).join("\n");
    expect(shown).toContain("complied with");
    expect(shown).not.toContain("due on Friday");
  }),
  kept("a long card can be replaced by a short one and a short one by a long one, and nothing of the old one stays", async (chat) => {
    const long = await posted(chat, longCard("old"));
    const short = await chat.adapter.update(long, card("short"));
    expect((await chat.shown()).join("\n")).not.toContain("old");
    await chat.adapter.update(referenceOf(short), longCard("new"));
    const shown = (await chat.shown()).join("\n");
    expect(shown).not.toContain("short");
    expect(shown.match(/new \d+ /g)).toHaveLength(LONG);
  }),
  kept("a place that another adapter minted is refused for good, and nothing is shown", async (chat) => {
    const result = await chat.adapter.post("elsewhere:T1/C1" as Place, card("lost"), key());
    expect(result).toMatchObject({ ok: false, retry: "never" });
    expectReason(result);
    expect(await chat.shown()).toEqual([]);
  }),
  kept("a reference that another adapter minted is refused for good", async (chat) => {
    const result = await chat.adapter.update("elsewhere:T1/C1/1" as PostRef, card("lost"));
    expect(result).toMatchObject({ ok: false, retry: "never" });
    expect(result).not.toHaveProperty("gone");
  }),
  kept("a command is answered with the cards in order", async (chat) => {
    chat.answerWith(() => ({ cards: [card("first"), card("second"), card("third")], audience: "asker" }));
    const answer = (await chat.type("list")).join("\n");
    expect(["first", "second", "third"].map((title) => answer.indexOf(title))).toEqual(
      ["first", "second", "third"].map((title) => answer.indexOf(title)).sort((one, other) => one - other),
    );
    expectAll([answer], ["first", "second", "third"]);
  }),
  kept("an answer that is longer than a message is shown whole", async (chat) => {
    chat.answerWith(() => ({ cards: [longCard("line")], audience: "asker" }));
    expect((await chat.type("list")).join("\n").match(/line \d+ /g)).toHaveLength(LONG);
  }),
  kept("a command arrives as it was typed, without the bot's name", async (chat) => {
    const lines = [
      'register "Commune de Kourou" --cure until=2024-02-18 & <now>',
      // Platforms make links of such words.
      'register "Booking.com B.V." --order "mail dpo@x.fr" --source https://cnil.fr/a?b=1&c=2 --because cnil.fr/a',
    ];
    for (const line of lines) await chat.type(line);
    expect(chat.heard.map((command) => command.text)).toEqual(lines);
  }),
  kept("an empty command asks for help", async (chat) => {
    chat.answerWith((command) => ({ cards: [card(command.text === "" ? "help" : "no help")], audience: "asker" }));
    expectAll(await chat.type(""), ["help"]);
    expect(chat.heard.map((command) => command.text)).toEqual([""]);
  }),
  kept("a command tells its place and its person in the adapter's own words, and the place can be posted to", async (chat) => {
    await chat.type("list");
    const [command] = chat.heard;
    expect(command!.place).toBe(chat.place);
    expect(command!.person.startsWith(`${chat.adapter.name}:`)).toBe(true);
    expect(command!.personName).not.toBe("");
    await posted(chat, { ...card("for you"), blocks: [{ kind: "text", text: [{ person: command!.person, name: command!.personName }] }] });
  }),
  kept("a command that the platform delivers twice carries the same id twice", async (chat) => {
    await chat.type("acknowledge M-1", { id: "delivered-twice" });
    await chat.type("acknowledge M-1", { id: "delivered-twice" });
    await chat.type("acknowledge M-1");
    const ids = chat.heard.map((command) => command.id);
    // An adapter may keep the second delivery to itself; it may not pass it on under another id.
    expect(new Set(ids).size).toBe(2);
    expect(ids.at(-1)).not.toBe(ids[0]);
  }),
  kept("an answer to the asker is not shown to the place", async (chat) => {
    chat.answerWith(() => ({ cards: [card("for your eyes")], audience: "asker" }));
    expectAll(await chat.type("show M-1"), ["for your eyes"]);
    expect((await chat.shown()).join("\n")).not.toContain("for your eyes");
  }),
  kept("an answer to the place is shown to the place", async (chat) => {
    chat.answerWith(() => ({ cards: [card("for everybody")], audience: "place" }));
    await chat.type("digest");
    expectAll(await chat.shown(), ["for everybody"]);
  }),
  kept("pressing a button sends its command", async (chat) => {
    await posted(chat, FULL);
    chat.answerWith((command) => ({ cards: [card(`heard ${command.text}`)], audience: "asker" }));
    expectAll(await chat.press("Acknowledge"), ["heard acknowledge SAN-2023-018"]);
    expect(chat.heard.map((command) => command.text)).toEqual(["acknowledge SAN-2023-018"]);
  }),
  failing(
    "a platform that asks to wait: later, after as many seconds as it says",
    "throttled",
    { retry: "later", afterSeconds: THROTTLE_SECONDS },
    0,
  ),
  failing("a platform that fails: unknown, and the message is not sent again", "broken", { retry: "unknown" }, 0),
  failing(
    "a platform that fails after accepting: unknown, and the message is shown once",
    "broken-after-accepting",
    { retry: "unknown" },
    1,
  ),
  failing(
    "a connection that breaks after accepting: unknown, and the message is shown once",
    "reset-after-accepting",
    { retry: "unknown" },
    1,
  ),
  failing("a platform that does not answer: unknown, and post returns all the same", "silent", { retry: "unknown" }),
  failing("a place that is gone: never, with a reason", "gone", { retry: "never" }, 0),
  failing("a place where the bot may not write: never, with a reason", "forbidden", { retry: "never" }, 0),
  kept("a failure of the platform during an update is a value too", async (chat) => {
    const reference = await posted(chat, card("before"));
    void chat.failNext("broken");
    expect(await chat.adapter.update(reference, card("after"))).toMatchObject({ ok: false, retry: "unknown" });
  }),
  kept("after a failure the next post goes through", async (chat) => {
    void chat.failNext("throttled");
    await chat.adapter.post(chat.place, card("refused"), key());
    await posted(chat, card("accepted"));
    expect((await chat.shown()).join("\n")).toContain("accepted");
  }),
  {
    clause: "stop lets go of everything: nothing of the adapter keeps the program running",
    async run(open) {
      const watch = watchResources();
      try {
        await watch.during(async () => {
          const chat = await open();
          try {
            await posted(chat, card("last"));
            await chat.type("list");
            await chat.adapter.stop();
          } finally {
            await chat.close();
          }
        });
        await vi.waitFor(() => expect(watch.held()).toEqual([]), { timeout: 500, interval: 5 });
      } finally {
        watch.end();
      }
    },
  },
];
