import { expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { burstCard } from "../../src/cards/burst-card.ts";
import type { Utterance } from "../../src/cards/contents.ts";
import { utteranceCard } from "../../src/cards/utterance-card.ts";
import { day } from "../../src/time/day.ts";
import { LANGUAGES } from "../../src/time/wording.ts";
import { recordedOf } from "./kourou.ts";
import { reminderOn } from "./said.ts";

const SOON = reminderOn("2024-02-20", { ref: "SOON", notified: "2023-12-28" }, {}, [{ on: "2024-02-01", type: "assigned", to: "@ana" }]);
const RUNS = reminderOn("2024-03-03", { ref: "RUNS" }, { kind: "total", stage: null });
const PAID = reminderOn(
  "2024-03-03",
  { ref: "RUNS" },
  { kind: "event", stage: null, event: recordedOf({ on: "2024-03-02", type: "paid", amount: "1", for: "dpo" }) },
);
const DRAFT = reminderOn("2024-02-04", { ref: "DRAFT", notified: undefined });

test("several things at once are counted, the most urgent matter on top, each under its matter", () => {
  const card = burstCard("en", [SOON, RUNS, DRAFT, PAID]);
  const lines = plainLines(card);
  expect(lines[0]).toBe("4 things to tell of 3 matters");
  expect(card.tone).toBe("overdue");
  expect(lines.filter((line) => line.includes("CNIL v."))).toEqual([
    "RUNS · CNIL v. Commune de Kourou",
    "SOON · CNIL v. Commune de Kourou",
    "DRAFT · CNIL v. Commune de Kourou",
  ]);
  expect(plainLines(burstCard("fr", [SOON, RUNS]))[0]).toBe("2 annonces sur 2 affaires");
});

test("nothing that the single cards say is left out but their buttons", () => {
  const all = [SOON, RUNS, DRAFT, PAID];
  for (const language of LANGUAGES) {
    const lines = plainLines(burstCard(language, all));
    for (const utterance of all) {
      const card = utteranceCard(language, utterance);
      const single = plainLines({ ...card, blocks: card.blocks.filter(({ kind }) => kind !== "actions") });
      expect(single.length).toBeGreaterThan(3);
      expect(lines).toEqual(expect.arrayContaining([...single]));
    }
  }
});

test("items of one matter are named", () => {
  const items = ["one", "two"].map((id) => ({ id, cure: { period: "P2M", rule: "cure" } }));
  const first = reminderOn("2024-02-04", { items });
  const second = { ...first, item: first.standing.items[1]! };
  expect(plainLines(burstCard("en", [first, second]))).toEqual(expect.arrayContaining(["one", "two"]));
});

test("each matter can be shown, up to as many buttons as can be read; the others are named as typed", () => {
  const many = Array.from({ length: 12 }, (_, index) => reminderOn("2024-02-04", { ref: `A-${index}` }));
  const card = burstCard("en", many);
  const commands = card.blocks.flatMap((block) => (block.kind === "actions" ? block.actions.map(({ command }) => command) : []));
  expect(commands).toEqual(Array.from({ length: 10 }, (_, index) => [`ack CNIL:A-${index} dpo`, `show CNIL:A-${index}`]).flat());
  expect(plainLines(card)).toContain("show REF shows each of them");
});

test("each matter that asks for it can be acknowledged from there, as a whole and once, and no other", () => {
  const waits = { ...DRAFT, stage: "missing-fact" } as const;
  const buttons = burstCard("en", [SOON, RUNS, waits, PAID]).blocks.flatMap((block) => (block.kind === "actions" ? block.actions : []));
  expect(buttons.filter(({ command }) => command.startsWith("ack")).map(({ label, command }) => [label, command])).toEqual([
    ["Acknowledge RUNS", "ack CNIL:RUNS dpo"],
    ["Acknowledge SOON", "ack CNIL:SOON dpo"],
  ]);
  const event = burstCard("fr", [PAID, SOON]).blocks.flatMap((block) => (block.kind === "actions" ? block.actions : []));
  expect(event.map(({ label }) => label)).toEqual(["Afficher RUNS", "Accuser lecture SOON", "Afficher SOON"]);
});

test("a button names the stage that it was about, so that an old message's is known for it; where several ask it is about them all", () => {
  const asks = { stage: "total 2024-03-03", deadline: day("2024-02-18") };
  const acks = (said: readonly Utterance[]) =>
    burstCard("en", said).blocks.flatMap((block) => (block.kind === "actions" ? block.actions.map(({ command }) => command) : []))[0];
  expect(acks([{ ...RUNS, asks }, PAID])).toBe("ack CNIL:RUNS dpo --stage total:2024-03-03 --deadline 2024-02-18");
  expect(
    acks([
      { ...RUNS, asks },
      { ...RUNS, asks },
    ]),
  ).toBe("ack CNIL:RUNS");
});
