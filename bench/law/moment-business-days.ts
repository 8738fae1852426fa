import type { Day } from "../../src/time/day.ts";
import { peer } from "../servers/peers.ts";

interface Moment {
  businessAdd(days: number): Moment;
  format(shape: string): string;
}
interface MomentWithBusinessDays {
  (text: string, shape: string): Moment;
  updateLocale(language: string, settings: object): unknown;
}

const SHAPE = "YYYY-MM-DD";

/** moment-business-days with the same holidays, those of the years that are asked about and no more: it looks through them one by one. */
export async function momentBusinessDays(holidays: readonly string[]): Promise<(from: Day, count: number) => Day> {
  const moment = await peer<MomentWithBusinessDays>("moment-business-days");
  moment.updateLocale("en", { holidays: [...holidays], holidayFormat: SHAPE, workingWeekdays: [1, 2, 3, 4, 5] });
  return (from, count) => moment(from, SHAPE).businessAdd(count).format(SHAPE) as Day;
}
