/**
 * Names of all rules, calendars and authorities together, as they were in each edition that moved something: the newest last. Whoever changes one of
 * them adds the new name, which the test of this list prints. A day may move with no event, and what others keep by a number, such as a calendar's
 * entries, must then have a higher one.
 */
export const EDITIONS: readonly string[] = ["42d50df460c3", "f9b8c887813a", "365ba0968dbc", "f07a52fcc68c", "e47fe5577064", "6d8654951129"];

/** How often the law has changed since the first edition: it never falls. */
export const EDITION = EDITIONS.length - 1;
