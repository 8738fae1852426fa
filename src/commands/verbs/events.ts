import { EVENT_TYPES, type EventType } from "../../matter/events.ts";
import type { Command } from "../command.ts";
import { optionsOf, splitRef } from "../event-fields.ts";
import { recordEvent } from "../record-event.ts";

const EXAMPLES: Readonly<Record<EventType, string>> = {
  notified: "notified SAN-2023-018 --on 2023-12-18",
  extended: 'extended SAN-2023-018 --on 2024-02-10 --until 2024-03-31 --because "granted on request"',
  stayed: "stayed SAN-2023-018 --on 2024-03-01",
  resumed: "resumed SAN-2023-018 --on 2024-04-01 --with remainder",
  "rate-changed": "rate-changed SAN-2023-018 --on 2024-05-01 --rate 300",
  violation: "violation SAN-2023-018 --on 2024-05-01 --count 3",
  complied: "complied SAN-2023-018 --on 2024-09-17",
  rejected: "rejected SAN-2023-018 --on 2024-10-01",
  accepted: "accepted SAN-2023-018 --on 2024-11-07 --from 2024-09-17",
  "partly-complied": "partly-complied SAN-2023-018 --on 2024-06-01 --rate 75",
  intended: "intended SAN-2023-018 --on 2024-07-01 --from 2024-02-19 --to 2024-04-04 --amount 6900",
  liquidated: "liquidated SAN-2023-018 --on 2024-07-22 --from 2024-02-19 --to 2024-04-04 --amount 6900 --ref SAN-2024-009",
  invoiced: "invoiced SAN-2023-018 --on 2024-08-01 --amount 6900 --for dpo",
  paid: "paid SAN-2023-018 --on 2024-08-20 --amount 6900 --for dpo",
  refunded: "refunded SAN-2023-018 --on 2024-12-01 --amount 100 --for dpo",
  reduced: "reduced SAN-2023-018 --on 2024-12-01 --for SAN-2024-009 --to 5000",
  appealed: "appealed SAN-2023-018 --on 2024-01-15 --suspends no",
  annulled: "annulled SAN-2023-018 --on 2024-12-01 --liquidation SAN-2024-009",
  remitted: "remitted SAN-2023-018 --on 2024-12-01",
  settled: "settled SAN-2023-018 --on 2024-12-01",
  withdrawn: "withdrawn SAN-2023-018 --on 2024-12-01",
  lapsed: "lapsed SAN-2023-018 --on 2024-12-01",
  closed: "closed SAN-2023-018 --on 2024-11-07 --ref SAN-2024-018",
  referred: "referred MED-2021-134 --on 2022-10-17 --to SAN-2022-019",
  overridden: 'overridden SAN-2023-018 --on 2024-02-01 --what expiry --value 2024-02-19 --because "agreed with the authority"',
  assigned: "assigned SAN-2023-018 --on 2024-01-08 --to @ana",
  note: 'note SAN-2023-018 --on 2024-01-08 --text "Counsel has been asked"',
  visibility: "visibility SAN-2023-018 --to public",
  corrected: 'corrected SAN-2023-018 --on 2024-08-21 --event e1 --set amount=6900 --because "typed wrongly"',
};

/** One command for each kind of event, its options those of the event. */
export const eventVerbs: readonly Command[] = EVENT_TYPES.map((type) => ({
  verb: type,
  summary: `help.${type}`,
  group: "record",
  access: "writes",
  who: "editor",
  positionals: [{ name: "ref", kind: "matter", required: true }],
  options: optionsOf(type),
  form: { first: ["ref", "item", "on"], last: ["because", "option:ref", "source", "note", "id"] },
  examples: [EXAMPLES[type]],
  async run(values, context) {
    const { named, fields } = splitRef(values);
    return recordEvent(type, named, fields, context);
  },
}));
