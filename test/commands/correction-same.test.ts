import { expect, test } from "vitest";
import type { Values } from "../../src/commands/command.ts";
import { recordEvent } from "../../src/commands/record-event.ts";
import { BEN, sessionAt } from "./places.ts";

const LINE = "corrected SAN-2024-001 --on 2024-02-22 --event";

test("a correction that sets what is so already is refused, and nothing is recorded", async () => {
  const session = await sessionAt("2024-02-22T11:00:00.000Z");
  const type = async (rest: string, language: "en" | "fr" = "en") => {
    const { status, errors } = await session.type(`${LINE} ${rest} --because read --confirmed ${(await version()) ?? ""}`, {
      ...BEN,
      language,
    });
    return { status, said: (errors ?? []).join("\n").replace(/[\u00a0\u202f]/g, " ") };
  };
  const version = async () => (await session.context(BEN).register.matter("CNIL:SAN-2024-001"))?.version;
  const before = await version();
  expect(await type("registered --set items.a.penalty.rate=100")).toMatchObject({ status: 1 });
  expect((await type("registered --set items.a.penalty.rate=100")).said).toContain(
    "items.a.penalty.rate of registered in SAN-2024-001 is that already: nothing is recorded",
  );
  expect((await type("registered --set items.a.penalty.rate=100", "fr")).said).toContain(
    "items.a.penalty.rate vaut déjà cela pour registered dans SAN-2024-001 : rien n’est enregistré",
  );
  expect(await version()).toBe(before);
  expect(await type("registered --set items.a.penalty.rate=120")).toMatchObject({ status: 0 });
  expect((await type("registered --set items.a.penalty.rate=120")).status).toBe(1);
  expect(await type("registered --set items.a.penalty.rate=100")).toMatchObject({ status: 0 });
});

test("so of an event; what it sets besides, and another day, is a correction", async () => {
  const session = await sessionAt("2024-02-22T11:00:00.000Z");
  await session.type("extended SAN-2024-001 --on 2024-02-20 --until 2024-03-20", BEN);
  const matter = async () => (await session.context(BEN).register.matter("CNIL:SAN-2024-001"))!;
  const id = (await matter()).events.at(-1)!.id;
  const correct = async (rest: string) => {
    const { status } = await session.type(`${LINE} ${id} ${rest} --because read --confirmed ${(await matter()).version}`, BEN);
    return status;
  };
  expect(await correct("--set until=2024-03-20")).toBe(1);
  expect(await correct("--set until=2024-03-21")).toBe(0);
  expect(await correct("--set until=2024-03-21")).toBe(1);
  expect(await correct("--set until=2024-03-21 --set ref=A-1")).toBe(0);
  expect(await correct("--set ref=A-1")).toBe(1);
  expect(await correct("--set type=stayed")).toBe(1);
  expect(await correct("--void")).toBe(0);
});

test("the same command sent twice is answered as the first time", async () => {
  const session = await sessionAt("2024-02-22T11:00:00.000Z");
  const context = session.context(BEN);
  const record = async (id: string, type: "corrected" | "visibility", typed: Values) => {
    const { version } = (await context.register.matter("CNIL:SAN-2024-001"))!;
    return recordEvent(type, "SAN-2024-001", { ...typed, confirmed: String(version) }, { ...context, id });
  };
  const typed = { event: "registered", set: ["title=T"], because: "read" };
  const first = await record("one", "corrected", typed);
  expect(first).toMatchObject({ json: { recorded: { type: "corrected" } } });
  expect(await record("one", "corrected", typed)).toEqual(first);
  expect(await record("two", "corrected", typed)).toMatchObject({ refused: "correction-same" });
  const opened = await record("three", "visibility", { to: "restricted" });
  expect(opened).toMatchObject({ json: { recorded: { type: "visibility" } } });
  expect(await record("three", "visibility", { to: "restricted" })).toMatchObject({ json: { recorded: { type: "visibility" } } });
  expect(await record("four", "visibility", { to: "restricted" })).toMatchObject({ refused: "visibility-same" });
});

test("what is assumed and is set by name is a correction once", async () => {
  const session = await sessionAt("2024-02-22T11:00:00.000Z");
  const correct = async () => {
    const { version } = (await session.context(BEN).register.matter("CNIL:SAN-2024-002"))!;
    const line = `corrected SAN-2024-002 --on 2024-02-22 --event registered --set items.a.cure.stickyMonthEnd=false --because read`;
    return (await session.type(`${line} --confirmed ${version}`, BEN)).status;
  };
  expect([await correct(), await correct()]).toEqual([0, 1]);
});
