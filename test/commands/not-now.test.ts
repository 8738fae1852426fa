import { expect, test } from "vitest";
import { contextOf } from "../../src/app/answer.ts";
import { dispatch } from "../../src/commands/dispatcher.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { Attention } from "../../src/ports/attention.ts";
import { type InTheWay, NotNow } from "../../src/ports/not-now.ts";
import type { Store } from "../../src/ports/store.ts";
import type { Language } from "../../src/time/wording.ts";
import { ANA, consentDesk, DAN } from "./consent-desk.ts";
import { textOf } from "./form-desk.ts";

const SNOOZE = "snooze SAN-2023-018 until 2024-05-20 --past-expiry";

/** What was logged, by level. */
async function deskWith(language: Language, change: (store: Store) => void) {
  const made = await consentDesk();
  const logged: (readonly [level: string, about: object, text: string])[] = [];
  const at = (level: string) => (about: object, text: string) => void logged.push([level, about, text]);
  Object.assign(made.desk, { log: { info: at("info"), warn: at("warn"), error: at("error") } });
  change(made.desk.store);
  return {
    desk: made.desk,
    logged,
    say: async (line: string, who = ANA) => textOf(await made.type(line, { ...who, language })).replace(/[\u00a0\u202f]/g, " "),
  };
}

function refusing(fault: Error): (store: Store) => void {
  return (store) => {
    const attention: Attention = { ...store.attention, snooze: async () => Promise.reject(fault) };
    Object.assign(store, { attention });
  };
}

test.each<[InTheWay, Language, string]>([
  ["busy", "en", "The register is busy: another program has held it for too long. Nothing was recorded; try again in a moment"],
  ["readonly", "en", "The register is read-only at the moment. Nothing was recorded; tell whoever operates it"],
  ["slow", "en", "The register's database has not answered in time. Nothing was recorded; try again in a moment"],
  ["away", "en", "The register's database cannot be reached. Nothing was recorded; try again in a moment"],
  ["full", "en", "There is no room left where the register lies. Nothing was recorded; tell whoever operates it"],
  ["busy", "fr", "Le registre est occupé : un autre programme le tient depuis trop longtemps. Rien n’a été enregistré"],
  ["readonly", "fr", "Le registre est en lecture seule pour le moment. Rien n’a été enregistré"],
])("a store that is %s is told in its own words (%s), and logged as a warning without a stack", async (why, language, said) => {
  const { logged, say } = await deskWith(language, refusing(new NotNow(why, "as the store says it")));
  expect(await say(SNOOZE)).toContain(said);
  expect(logged).toEqual([
    ["warn", { verb: "snooze", recorded: false, reason: "as the store says it" }, "the register could not do now what was asked of it"],
  ]);
});

test("where it is not known whether it was done, nobody is told that nothing was recorded", async () => {
  const { say } = await deskWith("en", refusing(new NotNow("slow", "no answer", { undone: false })));
  expect(await say(SNOOZE)).toContain("it is not known whether it was");
});

test("what only asks has recorded nothing, whatever became of the question", async () => {
  const { say } = await deskWith("en", (store) => {
    Object.assign(store, { trail: { ...store.trail, of: async () => Promise.reject(new NotNow("slow", "no answer", { undone: false })) } });
  });
  expect(await say("audit SAN-2023-018", DAN)).toContain("has not answered in time. Nothing was recorded");
});

test("what was recorded before the store was in the way is not said to be lost", async () => {
  const { logged, say } = await deskWith("en", (store) => {
    Object.assign(store, { trail: { ...store.trail, note: async () => Promise.reject(new NotNow("readonly", "since just now")) } });
  });

  expect(await say(SNOOZE)).toContain("The register was read-only while answering; what you asked was recorded. Reference ");
  expect(logged.map(([level, about]) => [level, about])).toEqual([
    ["warn", expect.objectContaining({ recorded: true, reason: "since just now", reference: expect.any(String) })],
  ]);
});

const BUSY = "The register is busy: another program has held it for too long. Nothing was recorded";
const WARNED = ["warn", { recorded: false, reason: "as the store says it" }, "the register could not do now what was asked of it"];

test("so it is where the store is in the way before the line is read", async () => {
  const { logged, say } = await deskWith("en", (store) => Object.assign(store, { state: () => ({ get: busy, set: busy, delete: busy }) }));
  expect(await say("list")).toContain(BUSY);
  expect(logged).toEqual([WARNED]);
});

test("so it is where it is in the way of knowing what whoever asks may see", async () => {
  const { desk, logged } = await deskWith("en", () => undefined);
  const context = {
    ...contextOf(desk, { id: "c1", person: ANA.person!, personName: "ana", place: ANA.place!, language: "en" }, null),
    sight: busy,
  };
  const answered = await dispatch(["list"], COMMANDS, context, desk.log);
  expect(answered).toMatchObject({ status: 1, json: { error: { code: "register-busy", text: expect.stringContaining(BUSY) } } });
  expect(logged).toEqual([WARNED]);
});

async function busy(): Promise<never> {
  throw new NotNow("busy", "as the store says it");
}
