import { type Fact, type PeriodFacts, read } from "../authority.ts";

/** What Norwegian administrative law says for every authority. A new Act of 2025 will replace that of 1967; its first day is not set. */
export const FVL = "https://lovdata.no/dokument/NL/lov/1967-02-10";

export const NORWEGIAN_COUNTING: Fact<string | null> = read("no-domstolloven", "Forvaltningsloven § 30; domstolloven §§ 148–149", FVL);

export const NORWEGIAN_OBSERVATIONS: PeriodFacts = {
  note: "The advance notice sets the length, which runs from the day on which it was sent (forvaltningsloven § 16).",
};
