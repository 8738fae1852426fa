import { describe, expect, test } from "vitest";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import type { Basis, Delivery, Outcome } from "../../src/ports/delivery-log.ts";
import { millisecondsOf } from "../../src/time/instant.ts";
import { violations } from "./checker.ts";
import {
  AT,
  attempt,
  BASIS,
  claiming,
  DELIVERED,
  DUE,
  delivery,
  evidence,
  KEY,
  LATER,
  later,
  NEVER,
  named,
  OPERATIONS,
  UNKNOWN,
} from "./doctored.ts";
import type { Claiming, Evidence } from "./evidence.ts";

const LETTER = "letter" as DeliveryKey;
const OF_LETTER: Basis = {
  ...BASIS,
  place: OPERATIONS,
  stream: null,
  reason: "dead-letter",
  kind: "dead-letter",
  shown: { letters: [KEY] },
};

/** Refused for good, and announced as it should be. */
const REFUSED = {
  attempts: [attempt({ shown: false, answered: "never" }), attempt({ after: 3, once: LETTER, place: OPERATIONS, text: "not delivered" })],
  claimings: [claiming(NEVER), claiming(DELIVERED, { after: 3, key: LETTER, message: LETTER, basis: OF_LETTER })],
  deliveries: [delivery(NEVER, { announcedAt: later(3) }), delivery(DELIVERED, { key: LETTER, basis: OF_LETTER })],
};

const OUT_OF_DATE: Outcome = { kind: "later", reason: "busy", notBefore: later(1), superseded: true };

/** Put off once, and a minute later no more. */
function givenUp(outcome: Outcome, over: Partial<Delivery> = {}): Partial<Evidence> {
  return {
    attempts: [attempt({ shown: false, answered: "later" })],
    claimings: [claiming(LATER)],
    deliveries: [delivery(outcome, { settledAt: later(1), ...over })],
  };
}

interface Digest {
  /** Minutes after the refusal. */
  readonly after: number;
  readonly text: string;
  readonly outcome?: Outcome;
  /** Nothing was shown for this claim: it was there already, or the place took nothing. */
  readonly unseen?: boolean;
}

/** Refused for good and announced, and those digests after it. */
function withDigests(...digests: readonly Digest[]): Partial<Evidence> {
  const basis: Basis = { ...BASIS, stream: null, kind: "digest", reason: "digest", shown: {} };
  const key = (index: number) => `digest ${index}` as DeliveryKey;
  const inOrder = <Thing extends { readonly moment: number }>(things: readonly Thing[]) =>
    things.toSorted((one, other) => one.moment - other.moment);
  return {
    end: millisecondsOf(later(6_000)),
    attempts: inOrder([
      ...REFUSED.attempts,
      ...digests.flatMap(({ after, text, unseen }, index) => (unseen === true ? [] : [attempt({ after, text, once: key(index) })])),
    ]),
    claimings: inOrder([
      ...REFUSED.claimings,
      ...digests.map(
        ({ after, outcome }, index): Claiming => claiming(outcome ?? DELIVERED, { after, key: key(index), message: key(index), basis }),
      ),
    ]),
    deliveries: [...REFUSED.deliveries, ...digests.map((_, index) => delivery(DELIVERED, { key: key(index), basis }))],
  };
}

const NONE = "CHANGED OR CORRECTED 0 · UNDELIVERED 0";
const ONE = "UNDELIVERED 1";
const DAY = 24 * 60;

describe("the checker", () => {
  test.each<[string, Partial<Evidence>]>([
    ["a refusal for good of which nobody was told", { deliveries: [delivery(NEVER)] }],
    ["what has waited for hours without a word", { deliveries: [delivery(LATER)] }],
    ["a claim that was left open", { deliveries: [delivery(null)] }],
    ["a claim of which the log knows nothing", { deliveries: [] }],
    ["an announcement that was noted and not shown", { deliveries: [delivery(NEVER, { announcedAt: later(3) })] }],
    [
      "an announcement of something else",
      { ...REFUSED, claimings: REFUSED.claimings.map((one) => ({ ...one, basis: { ...one.basis, shown: { letters: ["another"] } } })) },
    ],
    ["what was taken for out of date, and was due", givenUp(OUT_OF_DATE)],
    [
      "what was taken for out of date when it had waited for hours, and was told to nobody",
      { ...givenUp({ ...OUT_OF_DATE, superseded: "untold" } as Outcome), dues: [{ ...DUE, until: millisecondsOf(AT) + 1 }] },
    ],
    [
      "what was given up for good without a word, when it was not due any more",
      { ...givenUp(NEVER), dues: [{ ...DUE, until: millisecondsOf(AT) + 1 }] },
    ],
    [
      "a notice that still waits when what it announces was shown long since",
      {
        end: millisecondsOf(later(6_000)),
        deliveries: [delivery(DELIVERED), delivery(LATER, { key: LETTER, basis: OF_LETTER, announcedAt: null })],
      },
    ],
    ["a digest that does not speak of it", withDigests({ after: 60, text: "nothing" })],
    ["a digest that counts none", withDigests({ after: 60, text: NONE })],
    ["a digest of which nobody knows that it was shown, and that counts none", withDigests({ after: 60, text: NONE, outcome: UNKNOWN })],
    ["a digest that counts fewer than failed", { ...twice(withDigests({ after: 60, text: ONE })) }],
    [
      "the first digest after some silent days that does not count what failed before them",
      withDigests({ after: -60, text: NONE }, { after: 3 * DAY, text: NONE }),
    ],
    [
      "the first digest that a place sees, when it does not count what failed since those before it failed",
      withDigests({ after: -60, text: NONE, unseen: true }, { after: 3 * DAY, text: NONE }),
    ],
    [
      "the digest after one that was made in the same pass, and that counts none",
      withDigests({ after: 0, text: NONE }, { after: 2 * DAY, text: NONE }),
    ],
  ])("finds as dropped %s", (_, doctored) => {
    expect(named(doctored)).toContain("never-dropped");
  });

  test.each<[string, Partial<Evidence>]>([
    ["a refusal for good that was announced", REFUSED],
    [
      "what was taken for out of date, and was not due any more",
      { ...givenUp(OUT_OF_DATE), dues: [{ ...DUE, until: millisecondsOf(AT) + 1 }] },
    ],
    ["a digest that counts it", withDigests({ after: 60, text: ONE })],
    ["a digest that was made before it failed", withDigests({ after: -60, text: NONE }, { after: 60, text: ONE })],
    [
      "a digest that was made in the same pass, and found to be there later",
      withDigests({ after: 0, text: NONE, outcome: UNKNOWN }, { after: 2, text: "", unseen: true }),
    ],
    ["a digest of which the one before counted it already", withDigests({ after: 60, text: ONE }, { after: 60 + DAY, text: NONE })],
  ])("takes %s", (_, doctored) => {
    expect(violations(evidence(doctored))).toEqual([]);
  });
});

/** Two things failed, both of which were announced. */
function twice(doctored: Partial<Evidence>): Partial<Evidence> {
  const key = "another" as DeliveryKey;
  const both = { ...OF_LETTER, shown: { letters: [KEY, key] } };
  return {
    ...doctored,
    claimings: [
      ...doctored.claimings!.map((one) => (one.key === LETTER ? { ...one, basis: both } : one)),
      claiming(NEVER, { key, message: key }),
    ],
    deliveries: [...doctored.deliveries!, delivery(NEVER, { key, announcedAt: later(3) })],
  };
}
