/** A disagreement of the library with the law: days that it lacks, days that are none, or a holiday of every year that it lacks or has too much. */
export interface Correction {
  readonly calendar: string;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  /** Rules in the library's own grammar, in the years from `since` to `through` where they are given. */
  readonly everyYear?: readonly string[];
  readonly removeEveryYear?: readonly string[];
  readonly since?: number;
  readonly through?: number;
  readonly because: string;
}

/** Days proclaimed for the whole United Kingdom. */
const KINGDOM: readonly Omit<Correction, "calendar">[] = [
  {
    add: ["2002-06-03", "2002-06-04"],
    remove: ["2002-05-27"],
    because: "Golden Jubilee: the spring bank holiday of 2002 was moved from 27 May to 4 June, and 3 June was added",
  },
  { add: ["2011-04-29"], because: "royal wedding: a bank holiday by proclamation" },
  {
    add: ["2012-06-04"],
    remove: ["2012-05-28"],
    because: "Diamond Jubilee: the spring bank holiday of 2012 was moved from 28 May to 4 June; the library has 5 June alone",
  },
];

export const CORRECTIONS: readonly Correction[] = [
  ...["GB-ENG", "GB-NIR", "GB-SCT"].flatMap((calendar) => KINGDOM.map((correction) => ({ calendar, ...correction }))),
  {
    calendar: "GB-SCT",
    // Days in lieu as well, where 30 November was a Saturday or a Sunday.
    remove: ["2002-12-02", "2003-12-01"],
    removeEveryYear: ["11-30"],
    through: 2006,
    because: "St Andrew's Day is a bank holiday since the Act of that name, asp 2007/2, in force on 16 January 2007",
  },
  { calendar: "GB-SCT", add: ["2026-06-15"], because: "a bank holiday in Scotland by a proclamation of February 2026" },
  ...["FR-GP", "FR-MQ"].map((calendar) => ({
    calendar,
    removeEveryYear: ["easter -2"],
    because: "Code du travail L3133-1 and L3422-2: Good Friday is kept there by custom and is no holiday by law",
  })),
  {
    calendar: "NL",
    everyYear: ["easter -2", "05-05"],
    because: "Algemene termijnenwet art. 3(1): 5 May; art. 3(2): Good Friday. The library files both as school holidays",
  },
  {
    calendar: "NL",
    add: [
      ...["2022-05-27", "2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30"],
      ...["2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26"],
    ],
    because: "Algemene termijnenwet art. 3(3): days equated with a holiday by decree",
  },
  {
    calendar: "IE",
    add: ["2022-03-18"],
    because: "a public holiday designated for that year alone, in remembrance of those who died in the pandemic",
  },
  { calendar: "IT", remove: ["2000-06-02"], because: "Law 336 of 20 November 2000, art. 1: 2 June is a holiday again since 2001" },
  {
    calendar: "ES",
    remove: ["2005-12-26", "2011-12-26", "2016-12-26", "2022-12-26", "2033-12-26", "2039-12-26"],
    because:
      "26 December where Christmas is a Sunday: a holiday in some regions alone, so that a day counted with it could come out too late",
  },
  { calendar: "PL", add: ["2018-11-12"], because: "a day off by a statute of November 2018, for the centenary of independence" },
  {
    calendar: "SE",
    everyYear: ["easter 50"],
    through: 2004,
    because: "Act 1989:253: Whit Monday was a holiday until Act 2004:1320, in force on 1 April 2005, put the National Day in its place",
  },
  {
    calendar: "CA",
    everyYear: ["easter 1", "monday before 05-25", "2nd monday in October", "11-11"],
    because:
      "Interpretation Act s. 35(1): Easter Monday, Victoria Day, Thanksgiving (by proclamation), Remembrance Day. The library has the days common to all provinces alone",
  },
  {
    calendar: "US",
    everyYear: ["substitutes 11-11 if sunday then next monday if saturday then previous friday"],
    because:
      "5 U.S.C. 6103(b), Executive Order 11582: Veterans Day is observed on the Friday before a Saturday and the Monday after a Sunday. The library files those days as bank holidays",
  },
  {
    calendar: "CA",
    everyYear: ["substitutes 07-01 if sunday then next monday"],
    because: "Holidays Act s. 2(2): where 1 July is a Sunday, Canada Day is 2 July",
  },
  {
    calendar: "CA",
    everyYear: ["09-30"],
    since: 2021,
    because: "Interpretation Act s. 35(1) as amended by S.C. 2021 c. 11: National Day for Truth and Reconciliation",
  },
];
