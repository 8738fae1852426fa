import { describe, expect, onTestFinished, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { openBelonging } from "../../src/app/belonging.ts";
import { entranceOf } from "../../src/app/desk-scope.ts";
import type { Door } from "../../src/app/door.ts";
import type { Answer, Place } from "../../src/ports/chat.ts";
import type { Form } from "../../src/ports/form.ts";
import { adapterOfTest } from "./desk-of-test.ts";
import { keptLog } from "./kept-log.ts";
import { NOON, PERSON } from "./many-of-test.ts";

const LENT = "slack:T1/C2" as Place;
const FIRM = { title: "Firm Ltd", tone: "calm", blocks: [] } as const;
const FOR_ALL: Answer = { cards: [FIRM], audience: "place" };
const FORM: Form = { verb: "watch", title: "Watch", submit: "Go", cancel: "Leave", fields: [] };
const ASKING = { ...PERSON, place: LENT, verb: "list", values: {}, text: "list --here" };

/** A door that answers so; meanwhile its place is given to another desk, or it cannot be looked any more whose it is. */
async function entrance(answer: Answer | Form, meanwhile: "given away" | "unreadable" | "nothing" = "given away") {
  const store = await openStore({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  await store.desk("acme");
  const log = keptLog();
  let isReadable = true;
  const version = async () => (isReadable ? store.members.version() : Promise.reject(new Error("the disk is gone")));
  const adapter = adapterOfTest("slack");
  const belonging = openBelonging({ ...store.members, version }, [adapter]);
  const work = async () => {
    if (meanwhile === "given away") await store.members.assign(LENT, "acme", NOON);
    isReadable = meanwhile !== "unreadable";
    return answer as Answer;
  };
  const door: Door = { onCommand: work, form: work, submit: work } as unknown as Door;
  return entranceOf(adapter, { desk: { log, language: "en" }, door, desks: { door: async () => null }, belonging });
}

const HEARD = ["onCommand", "form", "submit"] as const;

describe.each(HEARD)("an answer that is under way when its place is given away, by %s", (heard) => {
  test("is the asker's alone, and says why", async () => {
    const answer = (await (await entrance(FOR_ALL))[heard](ASKING)) as Answer;
    expect(answer.audience).toBe("asker");
    expect(answer.cards.map(({ title }) => title)).toEqual([expect.stringContaining("Only you see this answer"), "Firm Ltd"]);
  });

  test("names nothing where everybody reads whatever is said", async () => {
    for (const answer of [FOR_ALL, { ...FOR_ALL, audience: "asker", form: FORM } as const]) {
      const shown = await (await entrance(answer))[heard]({ ...ASKING, overheard: true, language: "fr" });
      expect(shown).toEqual({ cards: [{ ...FIRM, title: expect.stringContaining("n’est donc pas montrée ici") }], audience: "asker" });
    }
  });

  test("is not shown to all either where it cannot be looked whose the place is, and is no fault", async () => {
    const answer = (await (await entrance(FOR_ALL, "unreadable"))[heard](ASKING)) as Answer;
    expect([answer.audience, answer.cards.at(-1)]).toEqual(["asker", FIRM]);
  });

  test("is as it was where nobody else reads it, or where nothing was given away", async () => {
    const alone: Answer = { ...FOR_ALL, audience: "asker", form: FORM };
    expect(await (await entrance(alone))[heard](ASKING)).toEqual(alone);
    expect(await (await entrance(FORM))[heard](ASKING)).toEqual(FORM);
    expect(await (await entrance(FOR_ALL, "nothing"))[heard](ASKING)).toEqual(FOR_ALL);
  });
});
