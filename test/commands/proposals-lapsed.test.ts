import { expect, test } from "vitest";
import type { SetClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import { ANA, buttonOf, CLEO, COMPLIED, type ConsentDesk, consentDesk, DAN, KEY } from "./consent-desk.ts";
import { textOf } from "./form-desk.ts";

async function proposed(): Promise<ConsentDesk> {
  const desk = await consentDesk({ twoPersons: true });
  await desk.type(buttonOf(await desk.type(COMPLIED, ANA), "Propose it"), ANA);
  return desk;
}

test("what was approved and never recorded is not recorded once its time is over", async () => {
  const desk = await proposed();
  const { proposals, people } = desk.desk.store;
  const by = await people.idOf(CLEO.person!, "cleo");
  await proposals.settle("a1", { kind: "approved", by, at: desk.desk.clock.now(), eventId: "e1" });
  (desk.desk.clock as SetClock).set("2025-05-01T09:00:00.000Z" as Instant);
  expect(textOf(await desk.type("approve a1", DAN))).toContain("a1 has lapsed");
  expect(await desk.types()).toEqual([]);
});

test("what somebody has proposed who was turned away since lapses, and is recorded by nobody", async () => {
  const desk = await proposed();
  await desk.grant(ANA, "none");
  expect(textOf(await desk.type("approve a1 --confirmed 1", DAN))).toContain(
    "a1 has lapsed: nothing is answered to whoever proposed it any more",
  );
  expect(await desk.types()).toEqual([]);
  expect((await desk.desk.store.proposals.of("a1"))!.outcome).toMatchObject({ kind: "expired", by: null });
  expect((await desk.desk.store.trail.of(KEY)).map(({ action }) => action)).toEqual(["recorded", "proposed", "expired"]);
});

test("what was approved of somebody who was turned away in that moment is not recorded either", async () => {
  const desk = await proposed();
  const { proposals, people } = desk.desk.store;
  const by = await people.idOf(CLEO.person!, "cleo");
  await proposals.settle("a1", { kind: "approved", by, at: desk.desk.clock.now(), eventId: "e1" });
  (desk.desk.clock as SetClock).set("2024-05-01T09:02:00.000Z" as Instant);
  await desk.grant(ANA, "none");
  expect(textOf(await desk.type("approve a1", DAN))).toContain("a1 has lapsed");
  expect(await desk.types()).toEqual([]);
});
