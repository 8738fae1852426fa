import { expect, test } from "vitest";
import type { Attention } from "../../src/ports/attention.ts";
import { InDoubt } from "../../src/ports/in-doubt.ts";
import { ANA, consentDesk } from "./consent-desk.ts";
import { textOf } from "./form-desk.ts";

test.each([
  [new InDoubt("gone as it was recorded"), "it is not known whether it was"],
  [new Error("the disk is full"), "nothing was recorded"],
])("what is said of a fault is what is known: %s", async (fault, said) => {
  const desk = await consentDesk();
  const snoozing: Attention = { ...desk.desk.store.attention, snooze: async () => Promise.reject(fault) };
  Object.assign(desk.desk.store, { attention: snoozing });
  expect(textOf(await desk.type("snooze SAN-2023-018 until 2024-05-20 --past-expiry", ANA))).toContain(said);
});
