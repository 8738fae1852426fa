import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { showable } from "../../adapters/chat/shared/shown.ts";
import { say } from "../../src/cards/say.ts";
import { isolated, withoutIsolates } from "../../src/matter/turns.ts";

const HEBREW = "חברת דוגמה";
const [FSI, PDI] = ["\u2068", "\u2069"];

describe("a name with right-to-left letters in a sentence", () => {
  test("is isolated, so that the sum or the day beside it is read as it stands; any other is not", () => {
    expect(say("en", "list.matter", { authority: "CNIL", respondent: HEBREW })).toContain(`${FSI}${HEBREW}${PDI}`);
    expect(say("fr", "list.matter", { authority: "CNIL", respondent: "شركة" })).toContain(`${FSI}شركة${PDI}`);
    for (const plain of ["Société Générale", "Γενική", "株式会社", "Общество", "a\u200E b"])
      expect(say("en", "list.matter", { authority: "CNIL", respondent: plain })).not.toMatch(/[\u2066-\u2069]/);
  });

  test("is isolated once, however many sentences are made of it, and line by line", () => {
    const inner = say("en", "list.matter", { authority: "CNIL", respondent: HEBREW });
    const outer = say("en", "utterance.event", { day: "2024-05-01", text: inner });
    expect(outer.split(FSI)).toHaveLength(2);
    expect(isolated(`${HEBREW}\nplain\n${HEBREW}`)).toBe(`${FSI}${HEBREW}${PDI}\nplain\n${FSI}${HEBREW}${PDI}`);
    expect(withoutIsolates(isolated(`a ${isolated(HEBREW)} b ${HEBREW} 900`))).toBe(`a ${HEBREW} b ${HEBREW} 900`);
  });

  test("keeps what isolates it where it is shown; what turns a line round, or is not ended, is still left out", () => {
    const title = `${isolated(HEBREW)} EUR 900`;
    expect(showable(title)).toBe(title);
    expect(plainText({ title, tone: "calm", blocks: [] })).toBe(title);
    const nested = isolated(`${isolated(HEBREW)} ${HEBREW}`);
    expect(showable(nested)).toBe(nested);
    for (const turned of [
      `${FSI}${HEBREW} 9`,
      `${HEBREW}${PDI} 9`,
      `${FSI}abc${PDI}`,
      `\u2067${HEBREW}${PDI}`,
      `${FSI}\u202E${HEBREW}${PDI}`,
    ])
      expect(showable(turned)).toBe(
        turned === `${FSI}\u202E${HEBREW}${PDI}` ? isolated(HEBREW) : turned.replaceAll(/[\u2066-\u2069]/g, ""),
      );
    expect(showable(`${FSI}${HEBREW}\n${PDI}`)).toBe(`${HEBREW}\n`);
  });
});
