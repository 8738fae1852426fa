import { expect, test } from "vitest";
import { usualSettings } from "../../src/alerts/subscription.ts";
import type { DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Session } from "../support/session.ts";
import { ANA, sessionAt, textOf } from "./places.ts";

/** 18:00 in Tokyo and 01:00 in Los Angeles on the 8th. */
const NOW = "2024-03-08T09:00:00.000Z" as Instant;

/** A place in Tokyo that has had its digest of the 8th. */
async function placeInTokyo() {
  const session = await sessionAt(NOW);
  await session.store.subscriptions.settle(usualSettings(ANA.place, "en", "Asia/Tokyo", "p1", NOW));
  await hadDigest(session, ANA.place);
  return session;
}

async function hadDigest({ store: { deliveries } }: Session, place: Place): Promise<void> {
  const key = JSON.stringify([place, "digest", "2024-03-08"]) as DeliveryKey;
  const shown = { day: "2024-03-08", form: "daily", at: "2024-03-08T00:00:00.000Z", watched: 2, running: [] };
  const basis = { place, kind: "digest", reason: "digest", stream: null, version: null, head: "", rulebook: "", shown } as const;
  await deliveries.turn([], [{ key, message: key, basis }], NOW);
  await deliveries.turn([{ key, outcome: { kind: "delivered", posted: "slack:1" as PostRef } }], [], NOW);
}

test("who moves a place west of where it had the day's digest is told that none comes on that day", async () => {
  const session = await placeInTokyo();
  const english = textOf(await session.type("settings --zone America/Los_Angeles", ANA));
  expect(english).toContain("No digest comes on Fri 8 Mar 2024, by the zone that is set now: this place has had it already");
  const french = textOf(await session.type("settings --zone America/Los_Angeles --lang fr", ANA));
  expect(french.replace(/[\u00a0\u202f]/g, " ")).toContain(
    "Pas de récapitulatif le ven. 8 mars 2024, d’après le fuseau réglé maintenant : ce lieu l’a déjà eu",
  );
});

test("so is who does it by watch, and who moves a digest of their own", async () => {
  const session = await placeInTokyo();
  const watched = textOf(await session.type("watch tag:dpo --zone America/Los_Angeles", ANA));
  expect(watched).toContain("No digest comes on Fri 8 Mar 2024, by the zone that is set now: this place has had it already");
  await session.ask("mine --zone Asia/Tokyo", ANA);
  await hadDigest(session, "slack:T1/U1" as Place);
  const mine = textOf(await session.type("mine --zone America/Los_Angeles", ANA));
  expect(mine).toContain("No digest of yours comes on Fri 8 Mar 2024, by the zone that is set now: you have had it already");
});

test("nothing is said of it where the next digest comes", async () => {
  const session = await placeInTokyo();
  for (const line of ["settings --zone Europe/Paris", "settings --zone America/Los_Angeles --digest off", "settings --at 10:00"])
    expect(textOf(await session.type(line, ANA))).not.toContain("No digest comes");
});
