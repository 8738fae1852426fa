import { expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { DigestLine } from "../../src/cards/contents.ts";
import { actNowLine, upcomingLine } from "../../src/cards/digest-lines.ts";
import { matterCard } from "../../src/cards/matter-card.ts";
import { utteranceCard } from "../../src/cards/utterance-card.ts";
import { standingNow } from "../../src/matter/standing.ts";
import type { Text } from "../../src/ports/card.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { LANGUAGES, type Language } from "../../src/time/wording.ts";
import { matterOf } from "./kourou.ts";
import { reminderOn } from "./said.ts";

const PARIS = "Europe/Paris";

/** The time to comply ends on 18 February 2024. */
function facts(penalty: object): object {
  return { we: "respondent", items: [{ id: "dpo", cure: { period: "P2M", from: "notified", rule: "cure" }, penalty }] };
}

/** The rate of 100 is replaced by 700 before or on the first day of delay. */
function replaced(from: string): object {
  return facts({ rate: "100", per: "day", steps: [{ from, rate: "700" }] });
}

const RUNS = facts({ rate: "100", per: "day" });

function lineOn(on: string, stated: object, events: readonly object[] = []): DigestLine {
  const standing = standingNow(matterOf(stated, events), day(on));
  return { standing, item: standing.items[0]!, today: day(on), next: standing.next };
}

function actNow(language: Language, on: string, stated: object, events: readonly object[] = []): string {
  return plain(actNowLine(language, lineOn(on, stated, events), PARIS, `${on}T08:00:00.000Z` as Instant));
}

function plain(text: Text): string {
  return spaced(plainText({ title: "", tone: "calm", blocks: [{ kind: "text", text }] }));
}

function spaced(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, " ");
}

test.each(["2024-02-10", "2024-02-19"])(
  "a card and a reminder name the rate of the first day of delay where a step of %s replaces the first one",
  (from) => {
    const standing = standingNow(matterOf(replaced(from)), day("2024-02-04"));
    const said = (language: Language) =>
      [matterCard(language, standing, day("2024-02-04")), utteranceCard(language, reminderOn("2024-02-04", replaced(from)))].map((card) =>
        spaced(plainText(card)),
      );
    for (const text of said("en")) {
      expect(text).toContain("Then EUR 700 for each day of delay");
      expect(text).not.toContain("EUR 100");
    }
    for (const text of said("fr")) expect(text).toContain("Ensuite, astreinte de 700 € par jour de retard");
  },
);

test("so does the digest, of what is to be done now and of what comes", () => {
  expect(actNow("en", "2024-02-16", replaced("2024-02-19"))).toContain("Then EUR 700 a day from Mon 19 Feb");
  expect(actNow("fr", "2024-02-16", replaced("2024-02-19"))).toContain("Ensuite, astreinte de 700 € par jour à partir du lun. 19 févr.");
  expect(plain(upcomingLine("en", lineOn("2024-02-01", replaced("2024-02-19")), PARIS))).toContain("Then EUR 700 a day from Mon 19 Feb");
});

test("a step that comes after the first day of delay changes nothing of what is said before", () => {
  expect(actNow("en", "2024-02-16", replaced("2024-02-20"))).toContain("Then EUR 100 a day from Mon 19 Feb");
});

test("a rate that has replaced another runs from its own day, and the first day of delay stands apart", () => {
  const changed = [{ on: "2024-03-01", type: "rate-changed", item: "dpo", rate: "250" }];
  expect(actNow("en", "2024-03-05", RUNS, changed)).toContain("EUR 250 a day runs from Fri 1 Mar; first day of delay Mon 19 Feb");
  expect(actNow("fr", "2024-03-05", RUNS, changed)).toContain(
    "Astreinte (pénalité de retard) : 250 € par jour depuis le ven. 1er mars ; premier jour de retard : lun. 19 févr.",
  );
});

test("a rate of nothing, and a penalty that stood still, are not said to run from the first day of delay", () => {
  const nothing = facts({ rate: "100", per: "day", steps: [{ from: "2024-02-25", rate: "0" }] });
  expect(actNow("en", "2024-03-05", nothing)).toContain("EUR 0.00 a day runs from Sun 25 Feb; first day of delay Mon 19 Feb");
  const stayed = [
    { on: "2024-02-22", type: "stayed", item: "dpo" },
    { on: "2024-03-01", type: "resumed", item: "dpo" },
  ];
  const { item } = lineOn("2024-03-05", RUNS, stayed);
  expect(item?.rateSince).not.toBe("2024-02-19");
  expect(actNow("en", "2024-03-05", RUNS, stayed)).toMatch(/EUR 100 a day runs from (Fri 1|Sat 2) Mar; first day of delay Mon 19 Feb/);
});

test("after a fresh period and a stay the first day of delay is the very first one", () => {
  const events = [
    { on: "2024-02-22", type: "stayed", item: "dpo" },
    { on: "2024-02-24", type: "resumed", item: "dpo", with: "P2D" },
    { on: "2024-03-01", type: "stayed", item: "dpo" },
    { on: "2024-03-03", type: "resumed", item: "dpo" },
  ];
  expect(actNow("en", "2024-03-05", RUNS, events)).toContain("EUR 100 a day runs from Sun 3 Mar; first day of delay Mon 19 Feb");
});

test("what has run from the first day of delay is said to run from there", () => {
  expect(actNow("en", "2024-03-05", RUNS)).toMatch(/EUR 100 a day runs from Mon 19 Feb(?!;)/);
});

test("one sum that is due once does not run", () => {
  const once = facts({ rate: "100", per: "once" });
  expect(actNow("en", "2024-03-05", once)).toContain("EUR 100 once; first day of delay Mon 19 Feb");
  expect(actNow("fr", "2024-03-05", once)).toMatch(
    /Astreinte \(pénalité de retard\) : 100 € .* ; premier jour de retard : lun\. 19 févr\./,
  );
});

test("every sentence about a rate has words in both languages", () => {
  for (const language of LANGUAGES) expect(actNow(language, "2024-03-05", RUNS)).not.toMatch(/[{}]/);
});
