import type { types } from "@slack/bolt";
import type { Choice, Lookup } from "../../../src/ports/form.ts";
import { soon } from "../shared/soon.ts";
import { type Asker, askingOf, type Body, type Room } from "./asker.ts";
import { isOption, OPTIONS, optionOf } from "./form-field.ts";
import { valuesOf } from "./form-values.ts";
import { formAgain, isForm } from "./modal-open.ts";
import { unescapeText } from "./text.ts";

/** Slack waits three seconds, and shows that nothing came. */
const PATIENCE = 2_500;

const LOOKUPS: ReadonlySet<string> = new Set<Lookup>(["matter", "authority", "calendar", "zone"]);

/** What may be chosen, for what was typed so far; nothing where it cannot be told in time. Never throws. */
export async function suggested(room: Room, asker: Asker | null, body: Body): Promise<types.PlainTextOption[]> {
  if (asker === null) return [];
  try {
    const choices = await soon(choicesFor(room, asker, body), PATIENCE, []);
    const seen = new Set<string>();
    const fit = choices.filter(({ value }) => isOption(value) && !seen.has(value) && seen.add(value));
    return fit.slice(0, OPTIONS).map(optionOf);
  } catch (err) {
    room.host.log.error({ err, id: asker.id }, "slack: options could not be looked up");
    return [];
  }
}

async function choicesFor(room: Room, asker: Asker, { action_id = "", block_id, value, view }: Body): Promise<readonly Choice[]> {
  const query = typeof value === "string" ? unescapeText(value) : "";
  const of = action_id.split("/")[2] ?? "";
  if (LOOKUPS.has(of)) return room.host.lookUp({ ...(await askingOf(room, asker)), of: of as Lookup, query, most: OPTIONS });
  if (of !== "own" || asker.modal === undefined) return [];
  const form = await formAgain(room, asker, asker.modal.meta, valuesOf(view, asker.team));
  const field = isForm(form) ? form.fields.find(({ name }) => name === block_id) : undefined;
  if (field?.kind.type !== "choice") return [];
  const wanted = folded(query);
  return field.kind.options.filter(({ label, value, detail = "" }) => folded(`${label} ${value} ${detail}`).includes(wanted));
}

/** Without accents and capitals: what is typed in haste finds what is written with care. */
function folded(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
