import { expect, test } from "vitest";
import type { Context } from "../../src/commands/command.ts";
import { lettingIn } from "../../src/commands/letting-in.ts";
import { recordEvent } from "../../src/commands/record-event.ts";
import type { Store } from "../../src/ports/store.ts";
import { BEN, sessionAt } from "./places.ts";

const KEY = "CNIL:SAN-2024-001";

test("whoever restricts a matter is in though the process dies as soon as that is recorded", async () => {
  const session = await sessionAt("2024-02-22T11:00:00.000Z");
  const context = session.context(BEN);
  const died = new Error("died");
  const trail: Store["trail"] = {
    ...context.store.trail,
    note: async () => {
      throw died;
    },
  };
  const dying = {
    ...context,
    store: { ...context.store, trail, access: { ...context.store.access, admit: async () => Promise.reject(died) } },
  };
  const { version } = (await context.register.matter(KEY))!;
  const typed = { to: "restricted", confirmed: String(version) };
  const recording = (by: Context) =>
    recordEvent("visibility", "SAN-2024-001", typed, { ...by, register: lettingIn(by, "visibility").register });
  await recording(dying).catch((error: unknown) => expect(error).toBe(died));
  const ben = (await context.store.people.known(BEN.person))!;
  expect([...((await context.store.access.admitted()).get(KEY) ?? [])]).toEqual([ben]);
  // Sent again it is answered as it was recorded.
  expect(await recording(context)).toMatchObject({ json: { recorded: { to: "restricted" } } });
  expect(await context.store.access.admissions(KEY)).toHaveLength(1);
});
