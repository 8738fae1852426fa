import { expect, onTestFinished, test } from "vitest";
import { openDesk } from "../../src/app/answer.ts";
import { SILENT } from "../../src/app/log.ts";
import { startService } from "../../src/app/service.ts";
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
