import { describe, expect, test } from "vitest";
import { plainLines, plainText } from "../../adapters/chat/shared/plain.ts";
import { stageText } from "../../src/cards/heed-words.ts";
import { snoozeDay } from "../../src/cards/utterance-actions.ts";
import { utteranceCard } from "../../src/cards/utterance-card.ts";
import type { Action } from "../../src/ports/card.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { LANGUAGES } from "../../src/time/wording.ts";
import { reminderOn } from "./said.ts";

function lines(utterance: ReturnType<typeof reminderOn>, language: "en" | "fr" = "en"): readonly string[] {
  return plainLines(utteranceCard(language, utterance)).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
}

function buttons(utterance: ReturnType<typeof reminderOn>): readonly Action[] {
  return utteranceCard("en", utterance).blocks.flatMap((block) => (block.kind === "actions" ? block.actions : []));
}

function commands(utterance: ReturnType<typeof reminderOn>): readonly string[] {
  return buttons(utterance).map(({ command }) => command);
}

test("a draft whose earliest end is past says so", () => {
  const said = (on: string, language: "en" | "fr") =>
    lines(reminderOn(on, { notified: undefined }, { stage: "missing-fact" }), language).join("\n");
  expect(said("2024-02-12", "en")).toContain("At the earliest it ends Mon 12 Feb 2024, 24:00 Paris");
  expect(said("2024-02-13", "en")).toContain("At the earliest it ended Mon 12 Feb 2024, 24:00 Paris");
  expect(said("2024-02-13", "fr")).toContain("Expiration au plus tôt le lun. 12 févr. 2024, 24 h (Paris), déjà passée");
});

describe("an announcement says why it comes", () => {
  test("when the deadline has moved: when it now ends", () => {
    expect(lines(reminderOn("2024-02-04", {}, { reason: "deadline-moved" }))[2]).toBe(
      "The deadline has moved: the time to comply now ends Sun 18 Feb 2024, 24:00 Paris",
    );
    expect(lines(reminderOn("2024-02-04", {}, { reason: "deadline-moved" }), "fr")[2]).toBe(
      "L’échéance a changé : le délai de mise en conformité expire désormais le dim. 18 févr. 2024, 24 h (Paris)",
    );
    const draft = reminderOn("2024-02-04", { notified: undefined }, { reason: "deadline-moved" });
    expect(lines(draft)).toContain(
      "The deadline has moved: earliest possible end of the time to comply is now Mon 12 Feb 2024, 24:00 Paris",
    );
    expect(plainText(utteranceCard("en", reminderOn("2024-02-04")))).not.toContain("moved");
  });

  test("when no watch of the place holds the matter any more: that nothing more follows there", () => {
    const utterance = reminderOn("2024-02-04", {}, { left: true });
    expect(lines(utterance).join("\n")).toContain(
      "From here on no watch of this place holds the matter: nothing more is said of it here, until one does again",
    );
    expect(lines(utterance, "fr").join("\n")).toContain(
      "Plus aucun suivi de ce lieu ne retient l’affaire : rien d’autre n’en est dit ici, jusqu’à ce qu’un suivi la retienne à nouveau",
    );
  });

  test("when nobody answered elsewhere: where and when it was said first", () => {
    const escalated = { from: "#legal", toldAt: "2024-02-04T08:00:00.000Z" as Instant };
    const utterance = reminderOn("2024-02-04", {}, { reason: "escalated", escalated });
    expect(lines(utterance)[2]).toBe("Said in #legal on Sun 4 Feb 2024, 09:00 Paris, not acknowledged; it goes to you now");
    expect(lines(utterance, "fr")[2]).toBe(
      "Annoncé dans #legal le dim. 4 févr. 2024, 9 h (Paris), sans accusé de lecture ; c’est maintenant à vous",
    );
  });

  test("when somebody had acknowledged the stage before: who, which and when, and that it is asked again", () => {
    const lapsed = { name: "ana", at: "2024-02-05T08:00:00.000Z" as Instant, stage: "14" };
    const utterance = reminderOn("2024-02-11", {}, { stage: 7, lapsed });
    expect(lines(utterance)[2]).toBe("@ana acknowledged the 14-day reminder on Mon 5 Feb 2024; please acknowledge again");
    expect(lines(utterance, "fr")[2]).toBe(
      "@ana avait accusé lecture le lun. 5 févr. 2024 (rappel à 14 jours) ; merci d’accuser lecture à nouveau",
    );
  });

  test("every stage that can be acknowledged has words of its own, and one that is not known is shown", () => {
    const stages = ["30", "1", "0", "last-working-day", "overdue", "total 2024-02-25", "cap-reached"];
    for (const language of LANGUAGES) {
      const words = stages.map((stage) => stageText(language, stage));
      expect(new Set([...words, ...stages]).size).toBe(2 * stages.length);
      expect(words.join()).not.toMatch(/[{}]/);
    }
    expect(stageText("en", "total 2024-02-25")).toBe("running total of Sun 25 Feb 2024");
    expect(stageText("en", "brand-new")).toBe("brand-new");
  });
});

describe("its buttons", () => {
  test("acknowledge, claim, put off until the next reminder, explain and show", () => {
    expect(commands(reminderOn("2024-02-04"))).toEqual([
      "ack CNIL:SAN-2023-018 dpo",
      "form complied CNIL:SAN-2023-018",
      "form snooze CNIL:SAN-2023-018",
      "why CNIL:SAN-2023-018",
      "show CNIL:SAN-2023-018",
      "form assign CNIL:SAN-2023-018",
      "form record CNIL:SAN-2023-018",
    ]);
  });

  test("carry what the announcement was about, so that an old one is known for what it is", () => {
    const asks = { stage: "total 2024-02-25", deadline: day("2024-02-18") };
    expect(commands(reminderOn("2024-02-25", { we: "observer" }, { kind: "total", stage: null, asks }))[0]).toBe(
      "ack CNIL:SAN-2023-018 dpo --stage total:2024-02-25 --deadline 2024-02-18",
    );
  });

  test("ask who takes a matter only while nobody has it", () => {
    const assigned = [{ on: "2024-01-08", type: "assigned", to: "@ana" }];
    const asks = (events: readonly object[]) => commands(reminderOn("2024-02-04", {}, {}, events)).join();
    expect(asks([])).toContain("form assign");
    expect(asks(assigned)).not.toContain("form assign");
  });

  test("put nothing off once the next word on the deadline is its last day", () => {
    expect(commands(reminderOn("2024-02-17", { we: "observer" }, { stage: 1 }))).toEqual([
      "ack CNIL:SAN-2023-018 dpo",
      "why CNIL:SAN-2023-018",
      "show CNIL:SAN-2023-018",
      "form assign CNIL:SAN-2023-018",
      "form record CNIL:SAN-2023-018",
    ]);
  });

  test("put off until the next word on the deadline, a running penalty until its next total and only on purpose", () => {
    const { standing, item, today } = reminderOn("2024-02-04");
    expect(snoozeDay(standing, item!, today)).toEqual({ day: "2024-02-11", pastExpiry: false });
    const total = reminderOn("2024-02-25", { we: "observer" }, { kind: "total", stage: null });
    expect(commands(total)).toContain("form snooze CNIL:SAN-2023-018");
    expect(snoozeDay(total.standing, total.item!, total.today)).toEqual({ day: "2024-03-03", pastExpiry: true });
  });

  test("ask nobody to acknowledge what is no stage of a deadline", () => {
    for (const over of [{ kind: "event", stage: null }, { kind: "cap-near", stage: null }, { stage: "missing-fact" }] as const) {
      expect(commands(reminderOn("2024-02-04", {}, over)).some((command) => command.startsWith("ack"))).toBe(false);
    }
  });
});
