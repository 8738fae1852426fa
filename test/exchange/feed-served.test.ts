import { expect, onTestFinished, test } from "vitest";
import { openDesk } from "../../src/app/answer.ts";
import { SILENT } from "../../src/app/log.ts";
import { startService } from "../../src/app/service.ts";
import type { PersonKind, PersonRef, Place } from "../../src/ports/chat.ts";
import { adapterOfTest } from "../app/desk-of-test.ts";
import { ORDER } from "../support/given.ts";
import { sessionOfTest } from "../support/session.ts";

test("the server that serves the platforms serves the feeds of its desk too", async () => {
  const session = await sessionOfTest();
  await session.bring({ ...ORDER, decided: "2025-12-01", notified: "2025-12-01" });
  const desk = openDesk(session.store, { clock: session.clock, log: SILENT, language: "en", zone: "Europe/Paris" });
  const service = await startService(desk, [adapterOfTest("slack")], { host: "127.0.0.1", port: 0 });
  onTestFinished(() => service.stop());
  const { feed } = await session.ask<{ feed: { path: string } }>("feed create");
  const response = await fetch(`${service.address}${feed.path}`);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("UID:CNIL:SAN-2024-001#a-expiry@curewatch");
  expect((await fetch(`${service.address}/feed/other.ics`)).status).toBe(404);
  expect((await fetch(`${service.address}${feed.path}`, { method: "POST" })).status).toBe(404);
});

test("a feed holds what its maker may see when it is asked for: no restricted matter, the desk's for its own people alone, sums for them alone", async () => {
  const session = await sessionOfTest();
  const dated = { ...ORDER, decided: "2025-12-01", notified: "2025-12-01" };
  await session.bring(
    { ...dated, ref: "SAN-1", visibility: "public" },
    { ...dated, ref: "SAN-2", visibility: "desk" },
    { ...dated, ref: "SAN-3", visibility: "restricted" },
  );
  let kind: PersonKind = "member";
  const adapter = { ...adapterOfTest("slack"), kindOf: async () => kind };
  const desk = openDesk(session.store, { clock: session.clock, log: SILENT, language: "en", zone: "Europe/Paris" });
  const service = await startService(desk, [adapter], { host: "127.0.0.1", port: 0 });
  onTestFinished(() => service.stop());
  const ana = { person: "slack:T1/U1" as PersonRef, personName: "ana", place: "slack:T1/C1" as Place };
  const { feed } = await session.ask<{ feed: { path: string } }>("feed create --amounts", ana);
  const shown = async () => {
    const text = await (await fetch(`${service.address}${feed.path}`)).text();
    return [...["SAN-1", "SAN-2", "SAN-3"].map((ref) => text.includes(ref)), text.includes("DESCRIPTION")];
  };
  expect(await shown()).toEqual([true, true, false, true]);
  kind = "guest";
  expect(await shown()).toEqual([true, false, false, false]);
  // Of whom the platform cannot tell now: what everybody may see.
  kind = "unknown";
  expect(await shown()).toEqual([true, false, false, false]);
});
