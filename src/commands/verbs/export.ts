import { registerKnownAt } from "../../alerts/known-register.ts";
import { exportCsv } from "../../exchange/csv.ts";
import { exportMatters } from "../../exchange/matters.ts";
import { refuse } from "../../law/finding.ts";
import type { Matter } from "../../matter/history.ts";
import { standingNow, standingOn } from "../../matter/standing.ts";
import type { Day } from "../../time/day.ts";
import { parseInstant } from "../../time/instant.ts";
import { calendarFile } from "../calendar-file.ts";
import type { Command, Context } from "../command.ts";
import { toCome, todayOf } from "../find.ts";

/**
 * Writes the register out: JSON as a matter file that can be imported again, CSV for a spreadsheet, ICS for a calendar; as recorded by --known-at
 * where it is told. A matter file holds all that was recorded, on whatever day it took effect, so that none is of a day: --on is for the others.
 */
export const exportRegister: Command = {
  verb: "export",
  summary: "help.export",
  group: "terminal",
  access: "reads",
  who: "admin",
  terminalOnly: true,
  positionals: [],
  options: [
    { name: "format", kind: "choice", allowed: ["csv", "json", "ics"], required: true },
    { name: "amounts", kind: "flag" },
    { name: "on", kind: "day" },
    { name: "known-at", kind: "instant" },
  ],
  examples: [
    "export --format json",
    "export --format json --known-at 2024-07-22T09:00:00Z",
    "export --format csv",
    "export --format csv --on 2024-04-04",
    "export --format ics",
    "export --format ics --amounts",
  ],
  async run(values, context) {
    const on = (values.on ?? null) as Day | null;
    if (on !== null && values.format === "json") return refuse("export-on", { day: on });
    const knownAt = values["known-at"] === undefined ? null : parseInstant(values["known-at"] as string);
    const register = knownAt === null ? context.register : registerKnownAt(context.register, knownAt);
    const matters = await register.all();
    const early = toCome(on, matters, context);
    if (early !== null) return early;
    context.looks.add(matters.map(({ key }) => key));
    const terminal = context.terminal!;
    if (values.format === "json") {
      const file = exportMatters(matters);
      terminal.writeLine(JSON.stringify(file, null, 2));
      return { cards: [], json: file, written: true };
    }
    const text = values.format === "csv" ? csvOf(matters, on, context) : await calendarOf(matters, on, values.amounts === true, context);
    if (!terminal.json) terminal.writeLine(text.trimEnd());
    return { cards: [], json: { format: values.format, text }, written: !terminal.json };
  },
};

function csvOf(matters: readonly Matter[], on: Day | null, context: Context): string {
  return exportCsv(matters.map((matter) => (on === null ? standingNow(matter, todayOf(matter, context)) : standingOn(matter, on))));
}

function calendarOf(matters: readonly Matter[], on: Day | null, amounts: boolean, { language, clock }: Context): Promise<string> {
  return calendarFile(matters, { language, amounts, now: clock.now(), ...(on === null ? {} : { on }) });
}
