import type { Listed } from "./calendar-places.ts";
import { type PublishedList, projectedDays } from "./calendar-projection.ts";

/** The Commission's own lists for its staff in Brussels, as far as they were read. Whoever reads a later one adds it here and runs `npm run calendars`. */
export const COMMISSION_LISTS: readonly PublishedList[] = [
  {
    // Commission Decision of 21 December 2012 (2013/C 39/03).
    year: 2014,
    until: "2014-12-31",
    days: [
      ...["2014-01-01", "2014-01-02", "2014-04-17", "2014-04-18", "2014-04-21", "2014-05-01", "2014-05-09", "2014-05-29", "2014-05-30"],
      ...["2014-06-09", "2014-07-21", "2014-08-15"],
      ...["2014-12-24", "2014-12-25", "2014-12-26", "2014-12-29", "2014-12-30", "2014-12-31"],
    ],
  },
  {
    // Commission Decision of 25 May 2021 (2021/C 201 I/02).
    year: 2023,
    until: "2023-12-31",
    days: [
      ...["2023-01-02", "2023-04-06", "2023-04-07", "2023-04-10", "2023-05-01", "2023-05-09", "2023-05-18", "2023-05-19", "2023-05-29"],
      ...["2023-07-21", "2023-08-15", "2023-11-01", "2023-11-02"],
      ...["2023-12-25", "2023-12-26", "2023-12-27", "2023-12-28", "2023-12-29"],
    ],
  },
  {
    // Commission Decision of 17 November 2022 (2022/C 440/05), read up to 15 August.
    year: 2024,
    until: "2024-08-15",
    days: [
      ...["2024-01-01", "2024-01-02", "2024-03-28", "2024-03-29", "2024-04-01", "2024-05-01", "2024-05-09", "2024-05-10", "2024-05-20"],
      "2024-08-15",
    ],
  },
];

const FROM = "2023-01-01";
const THROUGH = "2040-12-31";
const READ = COMMISSION_LISTS.at(-1)!.until;

/** The lists that follow one another without a gap, then what can be projected of the years after them. */
export const COMMISSION: Listed = {
  id: "EU",
  name: "European Commission (Brussels)",
  source:
    "Commission Decisions of 25 May 2021 (2021/C 201 I/02) for 2023 and of 17 November 2022 (2022/C 440/05) for 2024; projected beyond, with that of 21 December 2012 (2013/C 39/03) for 2014",
  reviewed:
    "copied from the Official Journal; the list for 2024 was read up to 15 August, later lists were not read; after that day it holds only what two lists at least contain and none leaves out, and there may be more",
  coversFrom: FROM,
  publishedUntil: READ,
  coversUntil: THROUGH,
  days: [...COMMISSION_LISTS.flatMap(({ days }) => days).filter((day) => day >= FROM), ...projectedDays(COMMISSION_LISTS, READ, THROUGH)],
};
