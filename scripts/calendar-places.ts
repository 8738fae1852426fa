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
    reviewed: `${UNREVIEWED}; without the holidays of the regions and towns`,
  },
  { id: "BE", name: "Belgium", place: ["BE"], reviewed: UNREVIEWED },
  {
    id: "US",
    name: "United States (federal)",
    place: ["US"],
    reviewed: `${UNREVIEWED} as a whole; weekdays in lieu against 5 U.S.C. 6103(b); without days given by executive order`,
  },
  {
    id: "CA",
    name: "Canada (federal)",
    place: ["CA"],
    reviewed: `${UNREVIEWED} as a whole; the days of Interpretation Act s. 35(1) are entered, with 2 July in lieu of a Sunday (Holidays Act s. 2(2)); those of the provinces and other weekdays in lieu are not`,
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
  {
    id: "LU",
    name: "Luxembourg",
    place: ["LU"],
    reviewed: `${UNREVIEWED}; without days in lieu of holidays that are Sundays`,
  },
  { id: "SE", name: "Sweden", place: ["SE"], reviewed: `${UNREVIEWED}; without the eves of midsummer, Christmas and New Year` },
  { id: "PL", name: "Poland", place: ["PL"], reviewed: UNREVIEWED },
];

/** A table that no library holds, copied from the lists that its own authority publishes; only for the days that were read, and those projected from them. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly reviewed: string;
  readonly coversFrom: string;
  /** Of a list that is published a year ahead and projected beyond: the last day that was read. */
  readonly publishedUntil?: string;
  readonly coversUntil: string;
  readonly days: readonly string[];
}
