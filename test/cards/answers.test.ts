import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import * as answers from "../../src/cards/answers.ts";
import { costCard } from "../../src/cards/cost-card.ts";
import { eventText } from "../../src/cards/event-words.ts";
import { refusalCard } from "../../src/cards/refusal-card.ts";
import { FAULT_IN_DOUBT, FAULT_RECORDED } from "../../src/commands/run.ts";
import { refuse } from "../../src/law/finding.ts";
import { money } from "../../src/law/money.ts";
import { EVENT_TYPES } from "../../src/matter/events.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import { LANGUAGES } from "../../src/time/wording.ts";
import { matterOf, recordedOf } from "./kourou.ts";

const TODAY = day("2024-04-05");
const STANDING = standingNow(matterOf({ we: "respondent" }), TODAY);
/** A value for every field that some kind of event needs; the schema takes those of its type. */
const FIELDS: Readonly<Record<string, object>> = {
  "rate-changed": { rate: "300" },
  violation: { count: 2 },
  intended: { amount: "1", from: "2024-02-19", to: "2024-02-20" },
  liquidated: { amount: "1", from: "2024-02-19", to: "2024-02-20" },
  invoiced: { amount: "1" },
  paid: { amount: "1", for: "dpo" },
  refunded: { amount: "1" },
  reduced: { for: "fine", to: "5" },
  referred: { to: "SAN-2022-019" },
  overridden: { what: "expiry", value: "2024-03-01" },
  assigned: { to: "@ana" },
  visibility: { to: "public" },
  note: { text: "a note" },
  corrected: { event: "e1", void: true },
  annulled: { matter: true },
};

describe("answers", () => {
  test("every kind of event is told in one sentence, in both languages", () => {
    for (const language of LANGUAGES) {
      const told = EVENT_TYPES.map((type) => eventText(language, recordedOf({ on: "2024-04-01", type, ...FIELDS[type] }).event, STANDING));
      for (const text of told) expect(text).toMatch(/^[^{}]{3,}$/);
      expect(new Set(told).size).toBe(EVENT_TYPES.length);
    }
  });

  test("an appeal that nothing was said of is shown as assumed not to suspend", () => {
    const appealed = (suspends?: string) =>
      eventText("en", recordedOf({ on: "2024-04-01", type: "appealed", ...(suspends && { suspends }) }).event, STANDING);
    expect(appealed()).toBe("Appeal lodged; assumed not to suspend");
    expect(appealed("no")).toBe("Appeal lodged; it does not suspend");
    expect(appealed("yes")).toBe("Appeal lodged; it suspends");
    expect(appealed("by-order")).toBe("Appeal lodged; it suspends only if a court orders so");
  });

  test("the history says who recorded each event and when, and that a name was erased", () => {
    const events = [
      recordedOf({ on: "2024-04-01", type: "complied" }),
      { ...recordedOf({ on: "2024-04-02", type: "rejected" }, 1), by: "p9" },
    ];
    const text = plainText(answers.historyCard("en", STANDING, events, new Map([["p1", "Ana"]])));
    expect(text).toContain("recorded by Ana, Mon 1 Apr 2024, 10:00 Paris");
    expect(text).toContain("by somebody whose name was erased");
  });

  test("a list says where no deadline is ahead, and not that nothing is due", () => {
    const row = { key: "CNIL:A", ref: "A", authority: "CNIL", respondent: "Y", state: "accruing", next: null } as const;
    expect(plainText(answers.listCard("en", [row], 1))).toContain("penalty running · no deadline ahead");
    expect(plainText(answers.listCard("fr", [row], 1))).toContain("astreinte en cours · aucune échéance à venir");
  });

  test("a damaged register says what is wrong and at which row", () => {
    const fault = { kind: "row", position: 3, column: "data" } as const;
    const text = plainText(answers.verifyCard("en", { ok: false, events: 4, head: "9f3a1c", fault }));
    expect(text).toContain("Row 3 was changed after it was recorded (column data)");
    expect(plainText(answers.verifyCard("en", { ok: true, events: 4, head: "9f3a1c" }))).toContain("The register is whole");
  });

  test("what it costs is told with what the sum is and that one more day adds", () => {
    const scenarios = [{ comply: day("2024-05-01"), units: 73, theoretical: money(1095000n, "EUR"), capReached: null }];
    const text = plainText(
      costCard("en", STANDING, scenarios, { after: day("2024-05-01"), adds: money(15000n, "EUR"), first: day("2024-02-19") }),
    );
    expect(text).toContain("Wed 1 May 2024 · EUR 10,950 · 73 days");
    expect(text).toContain("One more day after Wed 1 May 2024 adds EUR 150");
    expect(text).toContain("not owed until the authority fixes it");
  });

  test("an import names its drafts and what each waits for", () => {
    const result = { registered: ["A", "B"], updated: [], unchanged: [], drafts: [{ ref: "B", missing: ["notified"] }], unwatched: 0 };
    expect(plainText(answers.importCard("en", result))).toContain("B · missing: the notification date");
  });

  test("problems stand with their file and line", () => {
    const problems = [
      { file: "a.yaml", line: 3, text: "x" },
      { file: "b.yaml", line: null, text: "y" },
    ];
    expect(plainText(answers.problemsCard("en", problems)).split("\n")).toEqual([
      "2 problems: nothing was recorded",
      "- a.yaml:3 · x",
      "- b.yaml · y",
    ]);
  });

  test("every step bears its source", () => {
    const { steps, assumptions, warnings } = STANDING.items[0]!;
    const text = plainText(answers.whyCard("en", STANDING, STANDING.items[0]!, { steps, assumptions, warnings }));
    expect(text).toContain("2 months later: Sun 18 Feb 2024 · source: CNIL SAN-2023-018");
    expect(text).toContain("Assumptions");
  });

  test("what was recorded stands above where the matter stands now", () => {
    const text = plainText(answers.recordedCard("en", STANDING, recordedOf({ on: "2024-04-05", type: "complied" }), TODAY));
    expect(text.indexOf("Compliance claimed")).toBeLessThan(text.indexOf("Theoretical through"));
  });

  test("a list says how many there are where it shows a part", () => {
    const row = { key: "CNIL:SAN-1", ref: "SAN-1", authority: "CNIL", respondent: "X", state: "accruing", next: null } as const;
    expect(plainText(answers.listCard("en", [row], 12))).toContain("the first 1 of 12");
    expect(plainText(answers.listCard("en", [], 0))).toContain("No matter fits");
  });
});

test("a refusal says above it what became of the command: not done, recorded, or not known", () => {
  const titles = (code: string) =>
    (["en", "fr"] as const).map((language) => refusalCard(language, refuse(code, { reference: "r", why: "fault" })).title);
  expect(titles("register-busy")).toEqual(["Not done", "Rien n’a été fait"]);
  expect(titles(FAULT_RECORDED)).toEqual(["Recorded, but not shown", "Enregistré, mais non affiché"]);
  expect(titles(FAULT_IN_DOUBT)).toEqual(["Not known whether it was recorded", "On ignore si c’est enregistré"]);
});
