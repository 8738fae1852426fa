import { describe, expect, test } from "vitest";
import type { Audience } from "../../src/ports/chat.ts";
import { later } from "./desk-of-test.ts";
import { INSIDE, NO_DIGEST, type SightDesk, START, sightDesk } from "./sight-desk.ts";

const GUESTS: Audience = { kind: "shared", because: "guests" };
const SECOND = 1 / 60;

/** A place that has just been seen to be internal, and into which a guest has come since. */
async function justLookedAt(): Promise<SightDesk> {
  const desk = await sightDesk();
  await desk.file("SAN-2024-001", "desk");
  await desk.watch(INSIDE, NO_DIGEST);
  await desk.tickAt(START);
  expect(desk.toldIn(INSIDE)).toContain("SAN-2024-001");
  desk.audiences.set(INSIDE, GUESTS);
  return desk;
}

describe("what was seen of a place holds no longer, however lately it was asked,", () => {
  test("from the moment at which its platform tells that others may read there", async () => {
    const desk = await justLookedAt();
    desk.host.sights.changed(INSIDE);
    await desk.file("SAN-2024-002", "desk");
    await desk.tickAt(later(START, SECOND));
    expect(desk.toldIn(INSIDE)).not.toContain("SAN-2024-002");
  });

  test.each(["ofPlace", "placeOf"] as const)("from the first answer by which somebody was told so: %s", async (asked) => {
    const desk = await justLookedAt();
    await desk.host.sights[asked](INSIDE);
    await desk.file("SAN-2024-002", "desk");
    await desk.tickAt(later(START, SECOND));
    expect(desk.toldIn(INSIDE)).not.toContain("SAN-2024-002");
  });

  test("also for what was about to be posted there: it is not, and not said to be", async () => {
    const desk = await sightDesk(() => {
      desk.audiences.set(INSIDE, GUESTS);
      desk.host.sights.changed(INSIDE);
      return { ok: true, posted: "memory:1" as never };
    });
    for (const ref of ["SAN-2024-001", "SAN-2024-002", "SAN-2024-003"]) await desk.file(ref, "desk");
    await desk.watch(INSIDE, NO_DIGEST);
    const { again } = await desk.tickAt(START);
    expect(desk.posts).toHaveLength(1);
    expect(again).toBe(START);
    await desk.tickAt(later(START, SECOND));
    expect(desk.posts).toHaveLength(1);
  });

  test("and a word that came while it was being asked is not lost: it is asked again", async () => {
    const asking = Promise.withResolvers<void>();
    let isHeld = false;
    const desk: SightDesk = await sightDesk(undefined, {
      async audience(place) {
        const told = desk.audiences.get(place) ?? { kind: "internal" };
        if (isHeld) await asking.promise;
        return told;
      },
    });
    await desk.file("SAN-2024-001", "desk");
    await desk.watch(INSIDE, NO_DIGEST);
    isHeld = true;
    const looked = desk.tickAt(START, { sights: desk.host.sights });
    desk.audiences.set(INSIDE, GUESTS);
    desk.host.sights.changed(INSIDE);
    isHeld = false;
    asking.resolve();
    await looked;
    expect(desk.toldIn(INSIDE)).not.toContain("SAN-2024-001");
  });
});
