import type { Meter } from "../../src/law/accrual.ts";
import { addDays, type Day } from "../../src/time/day.ts";

/** What has run, as one would first write it: from day to day, with a look at the stays, the rates and the cap on each. */
export function dayLoop({ expiry, rate, steps, pauses, caps }: Meter, through: Day): string {
  let [units, sum] = [0, 0n];
  for (let day = addDays(expiry, 1); day <= through; day = addDays(day, 1)) {
    if (pauses.some(({ from, to }) => day >= from && (to === null || day <= to))) continue;
    let inForce = rate!;
    for (const step of steps) if (step.from <= day) inForce = step.rate;
    units++;
    sum += inForce;
    if (caps.amount !== null && sum >= caps.amount) return `${units} ${caps.amount} ${day}`;
  }
  return `${units} ${sum} null`;
}
