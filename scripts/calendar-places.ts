/** Where each table of src/law/calendars comes from, and whether anybody has read it against the law. */
export interface Place {
  readonly id: string;
  readonly name: string;
  /** Country, then region, as date-holidays writes them. */
  readonly place: readonly [string, string?];
  readonly reviewed: string;
}

const UNREVIEWED = "not reviewed";

const OVERSEAS =
  "against Code du travail L3133-1 and L3422-2, every year; without days that are kept by custom alone, such as the days of carnival and 2 November";

const LAENDER: readonly (readonly [string, string, string?])[] = [
  ["BB", "Brandenburg"],
  ["BE", "Berlin"],
  ["BW", "Baden-Württemberg"],
  ["BY", "Bavaria", "without 15 August and Augsburg's 8 August, which are holidays in some communes alone"],
  ["HB", "Bremen"],
  ["HE", "Hesse"],
  ["HH", "Hamburg"],
  ["MV", "Mecklenburg-Western Pomerania"],
  ["NI", "Lower Saxony"],
  ["NW", "North Rhine-Westphalia"],
  ["RP", "Rhineland-Palatinate"],
  ["SH", "Schleswig-Holstein"],
  ["SL", "Saarland"],
  ["SN", "Saxony", "without Corpus Christi, which is a holiday in some communes alone"],
  ["ST", "Saxony-Anhalt"],
  ["TH", "Thuringia", "without Corpus Christi, which is a holiday in some communes alone"],
];

export const PLACES: readonly Place[] = [
  {
    id: "FR",
    name: "France (metropolitan)",
    place: ["FR"],
    reviewed: "against Code du travail L3133-1, every year; without the days of Alsace-Moselle alone and the overseas abolition days",
  },
  {
    id: "FR-ALSACE-MOSELLE",
    name: "France: Alsace-Moselle",
    place: ["FR", "67"],
    reviewed:
      "against Code du travail L3133-1 and L3134-13, every year; Good Friday is a holiday only in communes with a Protestant or a shared church",
  },
  { id: "FR-GF", name: "France: French Guiana", place: ["FR", "GF"], reviewed: OVERSEAS },
  { id: "FR-GP", name: "France: Guadeloupe", place: ["FR", "GP"], reviewed: OVERSEAS },
  { id: "FR-MQ", name: "France: Martinique", place: ["FR", "MQ"], reviewed: OVERSEAS },
  { id: "FR-RE", name: "France: Réunion", place: ["FR", "RE"], reviewed: OVERSEAS },
  {
    id: "FR-YT",
    name: "France: Mayotte",
    place: ["FR", "YT"],
    reviewed: "against Code du travail L3133-1 and L3422-2, every year; without the Muslim feasts that are kept there by custom",
  },
  {
    id: "GB-ENG",
    name: "England and Wales",
    place: ["GB", "ENG"],
    reviewed: "against the Banking and Financial Dealings Act 1971 and the proclamations known at the build, every year",
  },
  {
    id: "GB-NIR",
    name: "Northern Ireland",
    place: ["GB", "NIR"],
    reviewed: `${UNREVIEWED} as a whole; the days proclaimed for the whole Kingdom are those of England and Wales`,
  },
  {
    id: "GB-SCT",
    name: "Scotland",
    place: ["GB", "SCT"],
    reviewed: `${UNREVIEWED} as a whole; the days proclaimed for the whole Kingdom are those of England and Wales; without local holidays`,
  },
  {
    id: "NL",
    name: "Netherlands",
    place: ["NL"],
    reviewed: `${UNREVIEWED} as a whole; holds the days of Algemene termijnenwet art. 3(1) and (2); days equated by decree (art. 3(3)) only those of 2023 to 2028 and 27 May 2022`,
  },
  { id: "NO", name: "Norway", place: ["NO"], reviewed: UNREVIEWED },
  { id: "IT", name: "Italy", place: ["IT"], reviewed: `${UNREVIEWED}; without the feasts of patron saints` },
  { id: "GR", name: "Greece", place: ["GR"], reviewed: `${UNREVIEWED}; 1 May on its own date also where its observance was moved` },
  { id: "DE", name: "Germany (holidays common to all Länder)", place: ["DE"], reviewed: UNREVIEWED },
  ...LAENDER.map(
    ([code, name, but]): Place => ({
      id: `DE-${code}`,
      name: `Germany: ${name}`,
      place: ["DE", code],
      reviewed: but === undefined ? UNREVIEWED : `${UNREVIEWED}; ${but}`,
    }),
  ),
  { id: "AT", name: "Austria", place: ["AT"], reviewed: UNREVIEWED },
  { id: "IE", name: "Ireland", place: ["IE"], reviewed: `${UNREVIEWED}; without Good Friday and without weekdays in lieu` },
  {
    id: "ES",
    name: "Spain (national)",
    place: ["ES"],
    reviewed: `${UNREVIEWED}; holds 26 December where Christmas is a Sunday, which some regions only observe`,
  },
  { id: "BE", name: "Belgium", place: ["BE"], reviewed: UNREVIEWED },
  { id: "US", name: "United States (federal)", place: ["US"], reviewed: `${UNREVIEWED}; without days given by executive order` },
  {
    id: "CA",
    name: "Canada (federal)",
    place: ["CA"],
    reviewed: `${UNREVIEWED} as a whole; the days of Interpretation Act s. 35(1) are entered, those of the provinces are not, nor weekdays in lieu`,
  },
  {
    id: "AU",
    name: "Australia (national)",
    place: ["AU"],
    reviewed: `${UNREVIEWED}; some days are not observed in every State; the King's Birthday differs by State and is left out`,
  },
  {
    id: "BR",
    name: "Brazil (national)",
    place: ["BR"],
    reviewed: `${UNREVIEWED}; without carnival and Corpus Christi, which are optional`,
  },
  { id: "SE", name: "Sweden", place: ["SE"], reviewed: `${UNREVIEWED}; without the eves of midsummer, Christmas and New Year` },
  { id: "PL", name: "Poland", place: ["PL"], reviewed: UNREVIEWED },
];

/** A table that no library holds, copied from the lists that its own authority publishes; only for the days that were read. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly reviewed: string;
  readonly coversFrom: string;
  readonly coversUntil: string;
  readonly days: readonly string[];
}

export const LISTED: readonly Listed[] = [
  {
    id: "EU",
    name: "European Commission (Brussels)",
    source: "Commission Decisions of 25 May 2021 (2021/C 201 I/02) for 2023 and of 17 November 2022 (2022/C 440/05) for 2024",
    reviewed:
      "copied from the Official Journal; the list for 2024 was read up to 15 August, so the table ends there; later lists were not read",
    coversFrom: "2023-01-01",
    coversUntil: "2024-08-15",
    days: [
      ...["2023-01-02", "2023-04-06", "2023-04-07", "2023-04-10", "2023-05-01", "2023-05-09", "2023-05-18", "2023-05-19", "2023-05-29"],
      ...["2023-07-21", "2023-08-15", "2023-11-01", "2023-11-02"],
      ...["2023-12-25", "2023-12-26", "2023-12-27", "2023-12-28", "2023-12-29"],
      ...["2024-01-01", "2024-01-02", "2024-03-28", "2024-03-29", "2024-04-01", "2024-05-01", "2024-05-09", "2024-05-10", "2024-05-20"],
      "2024-08-15",
    ],
  },
];
