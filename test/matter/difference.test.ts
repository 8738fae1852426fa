import { describe, expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { differenceBlocks } from "../../src/cards/difference-blocks.ts";
import { differenceJson } from "../../src/commands/difference-json.ts";
import { compareWith } from "../../src/matter/difference.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { Matter } from "../../src/matter/history.ts";
import { type Day, day } from "../../src/time/day.ts";
import type { Language } from "../../src/time/wording.ts";
import { KOUROU, matterOf } from "../cards/kourou.ts";

const ON = day("2024-03-20");
const UNCHANGED = "It changes no state, no day and no sum";

/** What would be read of it, without spaces that do not break. */
function read(matter: Matter, event: object, language: Language = "en", on: Day = ON): readonly string[] {
  const blocks = differenceBlocks(language, compareWith(matter, event as MatterEvent, on));
  return plainLines({ title: "", tone: "calm", blocks }).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
}

const FINES = [{ id: "fine", amount: "5000", due: "2024-04-01" }];
const PAID = { id: "e1", on: "2024-03-01", type: "paid", amount: "200", for: "fine" };

describe("what an event changes is told of", () => {
  test("what was paid of a fine, when its payment never happened or was another one", () => {
    const matter = matterOf({ fines: FINES }, [PAID]);
    const correction = { on: "2024-03-20", type: "corrected", event: "e1" };
    expect(read(matter, { ...correction, void: true })).toContain("- Fine: paid · EUR 200 → EUR 0.00");
    expect(read(matter, { ...correction, set: { amount: "150" } })).toContain("- Fine: paid · EUR 200 → EUR 150");
    expect(read(matter, { ...correction, void: true }, "fr")).toContain("- Amende : payé · 200 € → 0,00 €");
  });

  test("a payment and what is written off of a penalty, and of a fine", () => {
    const matter = matterOf({ fines: FINES });
    const of = { on: "2024-03-20", type: "paid", amount: "100" };
    expect(read(matter, { ...of, for: "fine" })).toContain("- Fine: paid · EUR 0.00 → EUR 100");
    expect(read(matter, { ...of, how: "write-off", for: "fine" })).toContain("- Fine: written off · EUR 0.00 → EUR 100");
  });

  test("a fine that is annulled", () => {
    const matter = matterOf({ fines: FINES });
    expect(read(matter, { on: "2024-03-20", type: "annulled", fine: "fine" })).toContain("- Fine · EUR 5,000 → none");
  });

  test("a fine of an unknown amount that is annulled, alone or with its matter, or lowered to a sum", () => {
    const matter = matterOf({ fines: [...FINES, { id: "second", amount: "unknown" }] });
    const annulled = { on: "2024-03-20", type: "annulled" };
    expect(read(matter, { ...annulled, fine: "second" })).toEqual(["- Fine second · amount unknown → none"]);
    expect(read(matter, { ...annulled, fine: "second" }, "fr")).toEqual(["- Amende second · montant inconnu → rien"]);
    expect(read(matter, { ...annulled, matter: true })).toContain("- Fine second · amount unknown → none");
    const change = compareWith(matter, { ...annulled, fine: "second" } as MatterEvent, ON).differences;
    expect(change.map(differenceJson)).toEqual([{ what: "fine", fine: "second", before: "unknown", after: null }]);
  });

  test("a sum that cannot be told, as unknown and not as nothing", () => {
    const [item] = KOUROU.items;
    const matter = matterOf({ items: [{ ...item, penalty: { ...item.penalty, rate: "unknown" } }] });
    const lines = read(matter, { on: "2024-03-20", type: "annulled", matter: true });
    expect(lines).toContain("- Sum so far (theoretical) · amount unknown → EUR 0.00");
  });

  test("the fines of a matter of several items, above them and under the matter's name", () => {
    const [item] = KOUROU.items;
    const matter = matterOf({ fines: FINES, items: [item, { ...item, id: "other" }] });
    const lines = read(matter, { on: "2024-03-20", type: "annulled", matter: true });
    expect(lines.slice(0, 2)).toEqual(["The matter", "- Fine · EUR 5,000 → none"]);
    expect(lines.slice(2).some((line) => line.includes("Fine"))).toBe(false);
    expect(read(matter, { on: "2024-03-20", type: "annulled", matter: true }, "fr").slice(0, 2)).toEqual([
      "L’affaire",
      "- Amende · 5 000 € → rien",
    ]);
    expect(read(matterOf({ fines: FINES }), { on: "2024-03-20", type: "annulled", matter: true })).not.toContain("The matter");
  });

  test("a clock beside the time to comply that moves", () => {
    const clocks = [{ id: "answer", kind: "observations", from: "2024-04-01", period: "P1M" }];
    const [item] = KOUROU.items;
    const matter = matterOf({ items: [{ ...item, clocks }] });
    const moved = { on: "2024-03-20", type: "corrected", event: "registered", because: "misread" };
    const set = { items: [{ ...item, clocks: [{ ...clocks[0], period: "P2M" }] }] };
    expect(read(matter, { ...moved, set })).toEqual(["- Observations due · Wed 1 May 2024 → Sat 1 Jun 2024"]);
  });

  test("nothing where nothing changes", () => {
    expect(read(matterOf({ fines: FINES }), { on: "2024-03-20", type: "note", text: "seen" })).toEqual([UNCHANGED]);
  });
});
