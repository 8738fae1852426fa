import type { Meter } from "../../src/law/accrual.ts";
import { orderPauses } from "../../src/law/pauses.ts";
import { parseUnit } from "../../src/law/unit.ts";
import { type Day, day } from "../../src/time/day.ts";

/** What differs from EUR 100.00 a day after 31 January 2024, every day counted, without end. */
export type Terms = Partial<Omit<Meter, "per" | "caps" | "expiry" | "pauses">> & {
  readonly expiry?: Day;
  readonly per?: string;
  readonly caps?: Partial<Meter["caps"]>;
  /** Days that do not count, both ends included; `..` without an end lasts. */
  readonly stays?: readonly string[];
};

export function meter({ expiry = day("2024-01-31"), per = "day", caps = {}, stays = [], ...terms }: Terms): Meter {
  const pauses = stays.map((stay) => {
    const [from, to] = stay.split("..");
    return { from: day(from!), to: to === undefined || to === "" ? null : day(to) };
  });
  return {
    expiry,
    rate: 10_000n,
    per: parseUnit(per)!,
    multiplier: 1,
    turnover: null,
    counting: "inclusive",
    caps: { amount: null, units: null, until: null, perYear: null, ...caps },
    steps: [],
    pauses: orderPauses(expiry, pauses),
    stop: null,
    violations: [],
    ...terms,
  };
}
