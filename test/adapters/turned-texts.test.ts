import { describe, expect, test } from "vitest";
import { consoleAdapter, TERMINAL } from "../../adapters/chat/console/console.ts";
import { showable, withoutTurns } from "../../adapters/chat/shared/shown.ts";
import { optionOf } from "../../adapters/chat/slack/form-field.ts";
import { blocksOf, messagesOf } from "../../adapters/chat/slack/message.ts";
import { messageOf } from "../../adapters/chat/teams/adaptive-card.ts";
import { choiceOf } from "../../adapters/chat/teams/form-inputs.ts";
import { hasTurns } from "../../src/matter/turns.ts";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { NOW, testHost } from "../contracts/chat-host.ts";
import { cardOf } from "./slack-injection-words.ts";

/** Reads "Evil RUE 9,000" where it is not isolated. */
const EVIL = "Evil \u202E000,9 RUE";
const TURNS = ["\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"];

describe("a text of the register that turns its line round", () => {
  test("is shown without what turns it, on every platform and in every part of a card", async () => {
    const card = cardOf(EVIL);
    const written: string[] = [];
    const console = consoleAdapter({ write: (text) => written.push(text) });
    await console.start(await testHost());
    await console.post(TERMINAL, card, NOW as unknown as DeliveryKey);
    const shown = [messagesOf(card), blocksOf(card, "view"), blocksOf(card, "message"), messageOf(card), written];
    for (const each of shown) {
      const words = JSON.stringify(each, (key, value) => (key === "command" || key === "value" ? undefined : value));
      expect(words).toContain("Evil 000,9 RUE");
      expect(hasTurns(words)).toBe(false);
    }
  });

  test("nor in what can be chosen; the value that stands for it keeps every character, as the command of a button does", () => {
    const choice = { value: EVIL, label: EVIL, detail: EVIL };
    expect(JSON.stringify(optionOf(choice).text)).not.toContain("\u202E");
    expect(choiceOf(choice, false)).toEqual({ title: "Evil 000,9 RUE · Evil 000,9 RUE", value: EVIL });
    const [action] = showable([{ label: EVIL, command: EVIL }]);
    expect(action).toEqual({ label: "Evil 000,9 RUE", command: EVIL });
  });

  test("is turned by the same characters as those that the register refuses", () => {
    const all = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code));
    expect(all.filter(hasTurns)).toEqual(TURNS);
    expect(all.filter((character) => withoutTurns(character) === "")).toEqual(TURNS);
  });
});

test("Hebrew and Arabic, with their own marks, are shown as they were typed", () => {
  for (const name of ["חברת דוגמה בע״מ", "شركة المثال\u061C", "Exemple (חברה)\u200E 12", "\u200Fא"]) expect(showable(name)).toBe(name);
});
