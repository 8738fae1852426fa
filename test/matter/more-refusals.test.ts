import { describe, expect, test } from "vitest";
import { refusalText } from "../../src/cards/findings.ts";
import { LANGUAGES } from "../../src/time/wording.ts";
import { given, ORDER, orderWith, refusalOf } from "../support/given.ts";
import { sessionOfTest } from "../support/session.ts";

type Event = { readonly on: string; readonly type: string; readonly [field: string]: unknown };
const window = { on: "2024-04-10", type: "liquidated", from: "2024-03-06", to: "2024-03-20", amount: "1500", ref: "SAN-2024-077" };
const paid = { on: "2024-05-02", type: "paid", amount: "1000", for: "a" };
const turnover = orderWith({ penalty: { per: "turnover-day", turnover: { annual: "1000000", percent: "5", year: 2023 } } });
const NO_PENALTY = orderWith({ penalty: undefined });
const FINE = { ...ORDER, fines: [{ id: "fine", amount: "5000" }] };

/** What was recorded, the event that makes no sense after it, and the refusal. */
const CASES: readonly (readonly [string, object, readonly Event[], Event, string, object?])[] = [
  ["a refund above what was paid", {}, [paid], { on: "2024-06-01", type: "refunded", amount: "1000.01", for: "a" }, "refund-above-paid"],
  ["a refund of nothing paid", FINE, [], { on: "2024-06-01", type: "refunded", amount: "1", for: "fine" }, "refund-above-paid"],
  [
    "a second refund of the same money",
    {},
    [paid, { on: "2024-06-01", type: "refunded", amount: "600", for: "a" }],
    { on: "2024-06-02", type: "refunded", amount: "600", for: "a" },
    "refund-above-paid",
  ],
  [
    "what was written off is no payment to be refunded",
    FINE,
    [{ on: "2024-05-01", type: "paid", amount: "5000", for: "fine", how: "write-off" }],
    { on: "2024-06-01", type: "refunded", amount: "1", for: "fine" },
    "refund-above-paid",
  ],
  [
    "an item annulled again",
    {},
    [{ on: "2024-05-01", type: "annulled", item: "a" }],
    { on: "2024-05-02", type: "annulled", item: "a" },
    "annulled-already",
  ],
  [
    "a fine annulled again",
    FINE,
    [{ on: "2024-05-01", type: "annulled", fine: "fine" }],
    { on: "2024-05-02", type: "annulled", fine: "fine" },
    "annulled-already",
  ],
  [
    "a matter annulled again",
    {},
    [{ on: "2024-05-01", type: "annulled", matter: true }],
    { on: "2024-05-02", type: "annulled", matter: true },
    "annulled-already",
  ],
  [
    "a liquidation annulled again",
    {},
    [window, { on: "2024-05-01", type: "annulled", liquidation: "SAN-2024-077" }],
    { on: "2024-05-02", type: "annulled", liquidation: "SAN-2024-077" },
    "annulled-already",
  ],
  [
    "a sum fixed of what was annulled",
    {},
    [{ on: "2024-04-01", type: "annulled", item: "a" }],
    window,
    "item-ended",
    { ended: "annulled" },
  ],
  ["a sum fixed where no penalty was ordered", NO_PENALTY, [], window, "no-meter"],
  ["a sum announced where no penalty was ordered", NO_PENALTY, [], { ...window, type: "intended" }, "no-meter"],
  ["a rate in part where no penalty was ordered", NO_PENALTY, [], { on: "2024-04-01", type: "partly-complied", rate: "50" }, "no-meter"],
  [
    "a window before the notification",
    { notified: undefined },
    [],
    { ...window, from: "2024-02-20" },
    "window-before-earliest",
    { earliest: "2024-03-02" },
  ],
  [
    "a window before the clock has started",
    orderWith({ cure: { from: { event: "x" }, period: "P1M", rule: "cure" } }),
    [],
    window,
    "window-before-start",
  ],
  ["a new rate of a share of turnover", turnover, [], { on: "2024-04-01", type: "rate-changed", rate: "5" }, "turnover-has-no-rate"],
  [
    "a rate changed before the order",
    {},
    [],
    { on: "2023-12-31", type: "rate-changed", rate: "5" },
    "step-before-order",
    { decided: "2024-01-02" },
  ],
  ["a stay before the order", {}, [], { on: "2023-12-31", type: "stayed" }, "event-before-decided", { decided: "2024-01-02" }],
  ["a payment before the order", {}, [], { ...paid, on: "2023-12-31" }, "event-before-decided"],
  ["a notification before the order", { notified: undefined }, [], { on: "2023-12-31", type: "notified" }, "notified-before-decided"],
  [
    "a suspension of collection within one",
    {},
    [{ on: "2024-03-10", type: "stayed", scope: "collection" }],
    { on: "2024-03-12", type: "stayed", scope: "collection" },
    "stay-inside-stay",
    { from: "2024-03-10" },
  ],
  [
    "a fresh period where collection alone was suspended",
    {},
    [{ on: "2024-03-10", type: "stayed", scope: "collection" }],
    { on: "2024-03-12", type: "resumed", with: "P10D" },
    "no-stay",
  ],
  ["a second closure", {}, [{ on: "2024-05-01", type: "closed" }], { on: "2024-05-02", type: "closed" }, "item-ended", { ended: "closed" }],
];

describe("what makes no sense is refused, and the sentence names the event and its day", () => {
  test.each(CASES.map(([name, ...rest]) => [name, rest] as const))("%s", (_name, [facts, events, event, refused, args = {}]) => {
    const refusal = refusalOf(given(facts, ...events), event);
    expect(refusal).toEqual({ refused, args: expect.objectContaining({ ...args, ofEvent: event.type, ofDay: event.on }) });
    for (const language of LANGUAGES) {
      const text = refusalText(language, refusal!);
      expect(text).toContain(event.type);
      expect(text).not.toBe(refused);
    }
  });
});

/** A penalty or a matter that no register takes, and where the file is wrong. */
const FILED: readonly (readonly [string, object, string])[] = [
  [
    "a share of turnover over 100 percent",
    orderWith({ penalty: { per: "turnover-day", turnover: { annual: "1", percent: "100.1", year: 2023 } } }),
    "items.0.penalty.turnover.percent: percent-over-100",
  ],
  [
    "turnover beside a rate per day",
    orderWith({ penalty: { rate: "1", per: "day", turnover: { annual: "1", percent: "5", year: 2023 } } }),
    "items.0.penalty.turnover: turnover-only-turnover-day",
  ],
  [
    "steps of a share of turnover",
    orderWith({
      penalty: { per: "turnover-day", turnover: { annual: "1", percent: "5", year: 2023 }, steps: [{ from: "2024-03-01", rate: "1" }] },
    }),
    "items.0.penalty.steps: turnover-has-no-rate",
  ],
  [
    "a lump sum by completed periods",
    orderWith({ penalty: { rate: "1", per: "once", counting: "completed" } }),
    "items.0.penalty.counting: counting-needs-time",
  ],
  [
    "violations but the last day",
    orderWith({ penalty: { rate: "1", per: "violation", counting: "exclusive-last" } }),
    "items.0.penalty.counting: counting-needs-time",
  ],
  [
    "a penalty that ends before the decision",
    orderWith({ penalty: { rate: "1", per: "day", cap: { until: "2024-01-01" } } }),
    "items.0.penalty.cap.until: cap-until-before-decided",
  ],
  ["a publication before the decision", { ...ORDER, published: "2024-01-01" }, "published: published-before-decided"],
  ["a fine due before the decision", { ...ORDER, fines: [{ id: "f", amount: "1", due: "2024-01-01" }] }, "fines.0.due: due-before-decided"],
  [
    "two clocks of one id",
    orderWith({
      clocks: [
        { id: "c", kind: "evidence", from: "notified", period: "P1M" },
        { id: "c", kind: "appeal", from: "notified", period: "P1M" },
      ],
    }),
    "items.0.clocks.1.id: id-twice",
  ],
];

describe("facts that make no sense are refused at their place", () => {
  test.each(FILED)("%s", (_name, facts, problem) => {
    expect(() => given(facts)).toThrow(problem);
  });
});

test("in a file each event that makes no sense is named with its file and line, all at once, and as a command with the same words", async () => {
  const { files, type } = await sessionOfTest();
  const yaml = (events: string) => `matters:
  - ref: SAN-2024-001
    authority: CNIL
    respondent: Exemple SA
    kind: sanction
    decided: 2024-01-02
    notified: 2024-01-05
    items:
      - { id: a, cure: { period: P2M }, penalty: { rate: "100", per: day } }
    events:
${events}`;
  files.set(
    "bad.yaml",
    yaml(`      - { on: 2024-03-20, type: resumed }
      - { on: 2024-04-10, type: liquidated, from: 2024-03-20, to: 2024-03-10, amount: "1500" }
      - { on: 2024-05-01, type: refunded, amount: "5", for: a }
`),
  );
  const { status, json } = await type("import bad.yaml");
  const { problems } = (json as { error: { problems: { file: string; line: number; code: string; text: string }[] } }).error;
  expect(status).toBe(1);
  expect(problems.map(({ file, line, code }) => [file, line, code])).toEqual([
    ["bad.yaml", 11, "no-stay"],
    ["bad.yaml", 12, "window-backwards"],
    ["bad.yaml", 13, "refund-above-paid"],
  ]);
  files.set("good.yaml", yaml("      - { on: 2024-03-15, type: note, text: received }\n"));
  expect((await type("import good.yaml")).status).toBe(0);
  const typed = await type("liquidated SAN-2024-001 --on 2024-04-10 --from 2024-03-20 --to 2024-03-10 --amount 1500");
  expect(typed.status).toBe(1);
  expect(typed.errors.join(" ")).toContain("liquidated of Wed 10 Apr 2024: The window ends before it begins");
  expect(problems[1]!.text).toContain("liquidated of Wed 10 Apr 2024: The window ends before it begins");
});
