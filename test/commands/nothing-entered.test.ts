import { describe, expect, test } from "vitest";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Language } from "../../src/time/wording.ts";
import { sessionOfTest, type Typist } from "../support/session.ts";
import { textOf } from "./places.ts";

const NOTHING = "No order, no fine and no deadline is entered: nothing is watched";
const RIEN = "Ni injonction, ni amende, ni échéance enregistrée : rien n’est suivi";

function reader(language: Language): Typist {
  return { place: "console:terminal" as Place, person: "console:me" as PersonRef, personName: "me", language };
}

async function registered(facts: string) {
  const session = await sessionOfTest();
  session.clock.set("2026-11-23T09:00:00.000Z" as Instant);
  const read = async (line: string, language: Language = "en") =>
    textOf(await session.type(line, reader(language))).replace(/[\u00a0\u202f]/g, " ");
  return { session, read, answer: await read(`register CNIL MED-2026-001 "Exemple SA" ${facts}`) };
}

describe.each(["--kind notice --decided 2026-11-01 --notified 2026-11-02", "--kind sanction --decided 2026-11-01"])(
  "a matter of which neither order nor fine is entered: %s",
  (facts) => {
    test("is told of as such where it is registered, shown and explained", async () => {
      const { read, answer } = await registered(facts);
      expect(answer).toContain(NOTHING);
      for (const line of ["show MED-2026-001", "why MED-2026-001"]) {
        expect(await read(line)).toContain(NOTHING);
        expect(await read(line)).not.toContain("not started");
        expect(await read(line, "fr")).toContain(RIEN);
      }
    });
  },
);

test("once it has ended, its state is said", async () => {
  const { read } = await registered("--kind notice --decided 2026-11-01");
  await read("closed MED-2026-001 --on 2026-11-10");
  expect(await read("show MED-2026-001")).toContain("State: closed");
  expect(await read("show MED-2026-001")).not.toContain(NOTHING);
  expect(await read("why MED-2026-001")).toContain("Nothing was computed: closed");
});

test("a fine alone is not started, and says what is to be paid", async () => {
  const { read } = await registered("--kind sanction --decided 2026-11-01 --fine 5000");
  expect(await read("show MED-2026-001")).not.toContain(NOTHING);
  expect(await read("why MED-2026-001")).not.toContain(NOTHING);
});
