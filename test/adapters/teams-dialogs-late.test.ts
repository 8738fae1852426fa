import { describe, expect, test } from "vitest";
import type { AdapterState, Answer, ChatHost } from "../../src/ports/chat.ts";
import { type DialogDesk, dialogDesk, dialogIn, KOUROU, pressed, type Shown, shownIn } from "./teams-dialog-desk.ts";
import { titled } from "./teams-harness.ts";

const PAID = { data: { command: "form paid SAN-2023-018" } };
const ENTERED = { on: "2024-01-10", for: "fine", amount: "5000" };
const RECORDED: Answer = { cards: [titled("Recorded")], audience: "asker" };

/** A desk whose state can be made to hang, with the form of a payment open. */
async function opened(language: "en" | "fr", over: (host: ChatHost, hang: () => void) => Partial<ChatHost>) {
  const slow: Slow = { isHanging: false, keys: /^/ };
  const at = await dialogDesk({
    ...{ patience: 60, language },
    over: (host) => ({
      ...{ state: hanging(host.state, slow) },
      ...over(host, () => {
        slow.isHanging = true;
      }),
    }),
  });
  await at.types(KOUROU);
  const form = dialogIn(await at.sends("task/fetch", PAID));
  return { at, form, slow };
}

interface Slow {
  isHanging: boolean;
  keys: RegExp;
}

/** Answers what it is asked while it hangs when it does so no more. */
function hanging(state: AdapterState, slow: Slow): AdapterState {
  const ready = async (key: string) => {
    while (slow.isHanging && slow.keys.test(key)) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return {
    get: (key) => ready(key).then(() => state.get(key)),
    set: (key, value, milliseconds) => ready(key).then(() => state.set(key, value, milliseconds)),
    add: (key, milliseconds) => ready(key).then(() => state.add(key, milliseconds)),
    delete: (key) => ready(key).then(() => state.delete(key)),
  };
}

function submission(form: Shown): unknown {
  return pressed(form, [...form.buttons.keys()][0]!, ENTERED);
}

async function paidIn({ desk }: DialogDesk): Promise<number> {
  return (await desk.register.all())[0]!.events.filter(({ event }) => event.type === "paid").length;
}

const LATER = {
  en: "This takes a moment. The answer comes into the conversation.",
  fr: "Cela prend un instant. La réponse arrive dans la conversation.",
};

describe("a form that was recorded, and whose answer Teams does not wait for,", () => {
  test.each(["en", "fr"] as const)("is not to be sent again: what comes next is told in the conversation (%s)", async (language) => {
    let hang = () => {};
    const one = await opened(language, (host, hangs) => {
      hang = hangs;
      return {
        async submit(given) {
          const answer = (await host.submit(given)) as Answer;
          const next = await host.form({ ...given, verb: "note", values: {} });
          hang();
          return { ...answer, form: next as NonNullable<Answer["form"]> };
        },
      };
    });
    // The draft of the next form alone.
    one.slow.keys = /\/note\b/;
    setTimeout(() => {
      one.slow.isHanging = false;
    }, 2_500);
    expect(shownIn(await one.at.sends("task/submit", submission(one.form)))).toMatch(/^(This takes a moment|Cela prend un instant)\. /);
    expect(one.at.told).toMatchObject([{ audience: "asker", cards: [{ title: expect.stringMatching(/SAN-2023-018/) }] }]);
    expect(await paidIn(one.at)).toBe(1);
  });

  test("whatever it was that took so long", async () => {
    const one = await opened("en", () => ({}));
    one.slow.isHanging = true;
    setTimeout(() => {
      one.slow.isHanging = false;
    }, 2_500);
    expect(shownIn(await one.at.sends("task/submit", submission(one.form)))).toBe(LATER.en);
    expect(one.at.told).toMatchObject([{ audience: "asker", cards: [{ title: "Recorded · SAN-2023-018" }] }]);
    expect(await paidIn(one.at)).toBe(1);
  });

  test.each([
    ["en", "and may have been recorded. Look with show before you send it again."],
    ["fr", "et a peut-être été enregistré. Regardez avec show avant de l'envoyer à nouveau."],
  ] as const)("may have been recorded where nothing more is known, and is not said to be tried again (%s)", async (language, words) => {
    let hang = () => {};
    const one = await opened(language, (_, hangs) => {
      hang = hangs;
      return {
        async submit() {
          hang();
          throw new Error("the disk is full of secrets");
        },
      };
    });
    setTimeout(() => {
      one.slow.isHanging = false;
    }, 2_500);
    const said = shownIn(await one.at.sends("task/submit", submission(one.form)));
    expect(said).toContain(words);
    expect(said).not.toMatch(/Try again|Réessayez/);
    // And that it failed, when that is known.
    expect(one.at.told).toMatchObject([{ cards: [{ title: expect.stringMatching(/[0-9a-f]{8}\.$/) }] }]);
  });

  test("and what only looks something up is said to be tried again", async () => {
    const at = await dialogDesk({ patience: 1, over: () => ({ onCommand: () => new Promise<Answer>(() => {}) }) });
    expect(shownIn(await at.sends("task/fetch", PAID))).toBe("This takes longer than Teams waits for an answer. Try again in a moment.");
  });
});

describe("a form that is submitted twice at once", () => {
  async function twice(language: "en" | "fr") {
    const begun = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    let times = 0;
    const at = await dialogDesk({
      language,
      over: (host) => ({
        async submit(given) {
          times += 1;
          begun.resolve();
          await go.promise;
          return host.submit(given);
        },
      }),
    });
    await at.types(KOUROU);
    const form = dialogIn(await at.sends("task/fetch", PAID));
    const first = at.sends("task/submit", submission(form));
    await begun.promise;
    return { at, form, first, go, times: () => times };
  }

  test.each([
    ["en", "This form was submitted before and may have been recorded; nothing was recorded now."],
    ["fr", "Ce formulaire a déjà été envoyé et a peut-être été enregistré ; rien n'a été enregistré maintenant."],
  ] as const)("to two processes is recorded once, and the second one says what is known (%s)", async (language, words) => {
    const { at, form, first, go, times } = await twice(language);
    expect(shownIn(await at.sendsElsewhere("task/submit", submission(form)))).toContain(words);
    go.resolve();
    await first;
    expect([times(), await paidIn(at)]).toEqual([1, 1]);
    expect(shownIn(await at.sendsElsewhere("task/submit", submission(form)))).toBeNull();
    expect(times()).toBe(1);
  });

  test("and was wrong can be submitted again, anywhere", async () => {
    const at = await dialogDesk();
    await at.types(KOUROU);
    const form = dialogIn(await at.sends("task/fetch", PAID));
    const wrong = dialogIn(await at.sends("task/submit", pressed(form, [...form.buttons.keys()][0]!, { ...ENTERED, amount: "nothing" })));
    await at.sendsElsewhere("task/submit", pressed(wrong, [...wrong.buttons.keys()][0]!, ENTERED));
    expect(await paidIn(at)).toBe(1);
  });

  test("and whose recording could not be noted is not recorded again", async () => {
    let times = 0;
    const at = await dialogDesk({
      over: (host) => ({
        async submit() {
          times += 1;
          return RECORDED;
        },
        state: {
          get: (key) => host.state.get(key),
          set: (key, value) => (key.startsWith("submitted/") ? Promise.reject(new Error("SQLITE_FULL")) : host.state.set(key, value)),
          add: (key) => host.state.add(key),
          delete: (key) => host.state.delete(key),
        },
      }),
    });
    await at.types(KOUROU);
    const form = dialogIn(await at.sends("task/fetch", PAID));
    expect(dialogIn(await at.sends("task/submit", submission(form))).title).toBe("Recorded");
    expect(shownIn(await at.sends("task/submit", submission(form)))).toContain("may have been recorded");
    expect([times, at.faults.length]).toEqual([1, 1]);
  });
});
