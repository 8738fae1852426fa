import { describe, expect, test } from "vitest";
import { openRegister } from "../../src/alerts/register.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import { countsUnwatched } from "../../src/app/unwatched.ts";
import { PUBLIC_SIGHT, type Sight, WHOLE_SIGHT } from "../../src/matter/sight.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { Subscription } from "../../src/ports/subscriptions.ts";
import { sessionOfTest } from "../support/session.ts";
import { CHANNEL } from "./desk-of-test.ts";
import { NOW } from "./kept-log.ts";

const SHARED = "memory:shared" as Place;

function place(...filters: readonly (readonly string[])[]): Subscription {
  const watches = filters.map((one, index) => ({ id: `w${index + 1}`, filters: one, by: "p1", since: NOW }));
  return { ...usualSettings(CHANNEL, "en", "Europe/Paris", "p1", NOW), watches };
}

async function counting() {
  const { store, clock, ask } = await sessionOfTest();
  for (const [ref, authority] of [
    ["A-1", "CNIL"],
    ["A-2", "CNIL"],
    ["B-1", "AP"],
  ])
    await ask(`register ${authority} ${ref} X --kind sanction`);
  const opened = openRegister(store.ledger);
  const state = { read: 0, passed: 0 };
  const sees = new Map<Place, Sight>();
  const sights = { ofPlace: async (one: Place) => sees.get(one) ?? WHOLE_SIGHT };
  const register = {
    ...opened,
    each(asked?: Parameters<typeof opened.each>[0]) {
      state.read++;
      return opened.each(asked);
    },
  };
  return { state, count: countsUnwatched({ store, register, clock, sights }, () => state.passed), sees };
}

describe("matters that no place watches", () => {
  test("are all of them where nothing is watched, and none where one place watches everything, without reading a matter", async () => {
    const { count, state } = await counting();
    expect(await count([])).toBe(3);
    expect(await count([place()])).toBe(3);
    expect(await count([place(["authority:CNIL"], [])])).toBe(0);
    expect(state.read).toBe(0);
  });

  test("are those under no place's filters, and what a person's own digest shows does not count", async () => {
    const { count } = await counting();
    expect(await count([place(["authority:CNIL"])])).toBe(1);
    expect(await count([place(["authority:CNIL"]), place(["authority:AP"])])).toBe(0);
    expect(await count([{ ...place([]), reminders: false }])).toBe(3);
  });

  test("are those, too, that are watched only where they may not be seen", async () => {
    const { count, sees } = await counting();
    sees.set(SHARED, PUBLIC_SIGHT);
    expect(await count([{ ...place([]), place: SHARED }])).toBe(3);
    expect(await count([{ ...place([]), place: SHARED }, place(["authority:AP"])])).toBe(2);
    sees.set(SHARED, WHOLE_SIGHT);
    expect(await count([{ ...place([]), place: SHARED }])).toBe(0);
  });

  test("are counted at most once a minute, but anew when somebody watches something else", async () => {
    const { count, state } = await counting();
    for (const passed of [0, 30_000, 59_999]) {
      state.passed = passed;
      expect(await count([place(["authority:CNIL"])])).toBe(1);
    }
    expect(state.read).toBe(1);
    expect(await count([place(["authority:AP"])])).toBe(2);
    expect(state.read).toBe(2);
    state.passed += 60_000;
    await count([place(["authority:AP"])]);
    expect(state.read).toBe(3);
  });
});
