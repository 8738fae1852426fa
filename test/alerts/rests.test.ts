import { expect, test } from "vitest";
import { freshMemory } from "../../src/alerts/delivery.ts";
import { freeFrom, restAsWaiting } from "../../src/alerts/pace.ts";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import type { Delivery, Outcome } from "../../src/ports/delivery-log.ts";
import { later, moment } from "./desk-of-test.ts";

const NOW = moment("2024-03-05T09:00");
const PLACE = "memory:a" as Place;

function waiting(outcome: Outcome, place = PLACE): Delivery {
  const basis = {
    place,
    kind: "reminder",
    reason: "stage-reached",
    stream: null,
    version: null,
    head: "",
    rulebook: "",
    shown: null,
  } as const;
  const key = `${place} ${JSON.stringify(outcome)}` as DeliveryKey;
  const times = { firstAt: NOW, claimedAt: NOW, settledAt: NOW, announcedAt: null };
  return { key, message: key, basis, attempts: 1, outcome, ...times };
}

test("one that begins to lead lets a place rest for as long as its platform has asked another process, and no place for a doubt", () => {
  const memory = freshMemory();
  const asked = (minutes: number): Outcome => ({ kind: "later", reason: "too many", notBefore: later(NOW, minutes) });
  const doubt: Outcome = { kind: "unknown", reason: "no answer", notBefore: later(NOW, 9), doubts: 1 };
  const other = "memory:b" as Place;
  restAsWaiting({ memory }, [waiting(asked(2)), waiting(asked(5)), waiting(asked(1)), waiting(doubt, other)]);
  expect(freeFrom(memory, PLACE, NOW)).toBe(later(NOW, 5));
  expect(freeFrom(memory, PLACE, later(NOW, 5))).toBe(null);
  expect(freeFrom(memory, other, NOW)).toBe(null);
});
