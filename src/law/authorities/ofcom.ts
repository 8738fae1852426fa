import { type AuthorityFacts, read } from "../authority.ts";
import { GB } from "./places.ts";

export const ofcom: AuthorityFacts = {
  code: "OFCOM",
  english: "Ofcom",
  own: [],
  law: "Online Safety Act 2023",
  ...GB,
  calendar: "GB-ENG",
  regime: read(
    "imposed",
    "Online Safety Act 2023, s. 137(1)(b), 140(6)",
    "https://crimeline.co.uk/legislationdisplay/?leg=%2Fukpga%2F2023%2F50%2Fsection%2F140",
  ),
  ceiling: read(
    {
      other: "GBP 18 million or 10 % of qualifying worldwide revenue, whichever is greater: the single amount and the daily rate together",
    },
    "Online Safety Act 2023, Sch. 13, para. 4",
    "https://legislation.gov.uk/cy/ukpga/2023/50/schedule/13/paragraph/4?view=plain",
  ),
  periods: {
    order: { note: "A confirmation decision sets the time (s. 133)." },
    observations: { note: "A provisional notice sets the time for representations (s. 130)." },
    payment: { note: "A penalty notice sets the time (s. 139(4)(d))." },
    appeal: {
      rule: read(
        "uk-ut",
        "Tribunal Procedure (Upper Tribunal) Rules 2008, r. 12",
        "https://www.mentalhealthlaw.co.uk/Text:Upper_Tribunal_rule_12",
      ),
      note: "To the Upper Tribunal (s. 168), received by 17:00; the time was not read.",
    },
  },
};
