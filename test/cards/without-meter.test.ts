import { describe, expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import type { Utterance } from "../../src/cards/contents.ts";
import { eventText } from "../../src/cards/event-words.ts";
import { findingText } from "../../src/cards/findings.ts";
import { matterCard } from "../../src/cards/matter-card.ts";
import { utteranceCard } from "../../src/cards/utterance-card.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { explainItem } from "../../src/matter/why.ts";
import { addDays, day } from "../../src/time/day.ts";
import type { Language } from "../../src/time/wording.ts";
import { KOUROU, matterOf } from "./kourou.ts";
import { reminderOn } from "./said.ts";

/** A formal notice: its time ends on 18 February 2024, and there is no money. */
const NOTICE = { ref: "MED-2023-018", kind: "notice", fines: [], items: [{ id: "dpo", cure: KOUROU.items[0].cure }] };

const CLAIM = { on: "2024-03-01", type: "complied" };
const REJECTED = { on: "2024-03-05", type: "rejected" };
const STAYED = { on: "2024-03-05", type: "stayed" };
const LATE = { on: "2024-03-05", type: "extended", until: "2024-03-20" };
const REFERRED = { on: "2024-03-05", type: "referred", to: "SAN-2025-009" };

const spaced = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

/** What is told of the last of those events on its day, the card of the matter on that day, and how it came to be. */
function read(events: readonly object[], facts: object = NOTICE, language: Language = "en") {
  const { on } = events.at(-1) as { readonly on: string };
  const matter = matterOf({ we: "respondent", ...facts }, events);
  const event = matter.events.at(-1)!;
  const told = utteranceCard(language, reminderOn(on, facts, { kind: "event", event, deadline: null } as Partial<Utterance>, events));
  const standing = standingNow(matter, day(on));
  const card = matterCard(language, standing, day(on));
  const next = standingNow(matter, addDays(day(on), 1));
  const why = explainItem(matter, next, "dpo").steps.map((step) => findingText(language, step));
  const lines = (one: typeof told) => spaced(plainLines(one).join("\n"));
  return {
    told: lines(told),
    card: lines(card),
    why: spaced(why.join("\n")),
    event: eventText(language, event.event as MatterEvent, standing),
  };
}

describe("a matter without a meter", () => {
  test("is stayed without a word of a penalty", () => {
    const { told, card } = read([STAYED]);
    expect(told).toContain("Stayed: the clock stands still");
    expect(told + card).not.toMatch(/penalty (does not|itself)|in the sums/);
    expect(read([STAYED], NOTICE, "fr").told).toContain("Sursis : le délai ne court plus");
    expect(read([{ ...STAYED, scope: "collection" }]).told).not.toContain("penalty");
    expect(read([{ ...STAYED, scope: "collection" }], NOTICE, "fr").card).not.toContain("astreinte");
  });

  test("has a claim refused without days that count after all", () => {
    const { told, card, why } = read([CLAIM, REJECTED]);
    expect(told).toContain("Claim of compliance rejected: the order is still to be complied with");
    expect(why).toContain("the claim was rejected: the order is still to be complied with");
    expect(told + card + why).not.toMatch(/count after all|last counted|in the sums/);
    const french = read([CLAIM, REJECTED], NOTICE, "fr");
    expect(french.told).toContain("Déclaration de conformité rejetée : l’injonction reste à exécuter");
    expect(french.told + french.card + french.why).not.toMatch(/comptent|dernier compté|montants/);
  });

  test("is extended late without days that do not count", () => {
    const { told, card } = read([LATE]);
    expect(card).toContain("Extended after it had ended: from Mon 19 Feb 2024 to Wed 20 Mar 2024 it does not count as overdue");
    expect(told + card).not.toMatch(/days from|in the sums/);
    expect(read([LATE], NOTICE, "fr").card).not.toContain("ne comptent pas");
  });

  test("says nothing of a compliance that is to be sent once it has led to another", () => {
    const { told, card } = read([REFERRED]);
    expect(told).toContain("Led to another matter: SAN-2025-009");
    expect(told + card).not.toContain("Comply and send");
    expect(told).toContain("See SAN-2025-009: nothing is reminded of here any more");
    expect(read([REFERRED], NOTICE, "fr").told).toContain("Voir SAN-2025-009 : plus aucun rappel ici");
  });
});

describe("a matter with a meter", () => {
  test("keeps its words", () => {
    expect(read([STAYED], {}).told).toContain("Stayed: the penalty does not run");
    expect(read([STAYED], {}).told).toContain("Today's event is not in the sums yet");
    const refused = read([CLAIM, REJECTED], {});
    expect(refused.told).toContain("the days since count after all");
    expect(refused.why).toContain("the days since count after all");
    expect(read([LATE], {}).card).toContain("the days from Mon 19 Feb 2024 to Wed 20 Mar 2024 do not count");
    expect(read([REFERRED], {}).told).toContain("Comply and send the evidence today");
  });

  test("of one item has them for that item alone", () => {
    const items = [KOUROU.items[0], { id: "plain", cure: KOUROU.items[0].cure }];
    expect(read([{ ...STAYED, item: "plain" }], { items }).event).toBe("plain: Stayed: the clock stands still");
    expect(read([{ ...STAYED, item: "dpo" }], { items }).event).toBe("dpo: Stayed: the penalty does not run");
    expect(read([STAYED], { items }).event).toBe("Stayed: the penalty does not run");
  });
});
