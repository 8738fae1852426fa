import { type Fact, read } from "../authority.ts";

/** Periods that an Irish enactment sets are reckoned with their first day. */
export const IRISH_COUNTING: Fact<string | null> = read(
  "ie-interpretation",
  "Interpretation Act 2005, s. 18(h)",
  "http://www.irishstatutebook.ie/eli/2005/act/23",
);
