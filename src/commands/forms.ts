import { draftWords } from "../cards/draft-words.ts";
import { fieldLabel, formTitle, submitText } from "../cards/form-words.ts";
import { say } from "../cards/say.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { Refusal } from "../law/finding.ts";
import { standingNow } from "../matter/standing.ts";
import type { Text } from "../ports/card.ts";
import type { Field, Form, FormValues } from "../ports/form.ts";
import { dayIn } from "../time/instant.ts";
import type { Command, Context } from "./command.ts";
import { findMatter, nameOf, todayOf } from "./find.ts";
import { fieldKind, hintOf, type Scene } from "./form-fields.ts";
import type { Part } from "./form-parts.ts";
import { partsOfCommand } from "./form-values.ts";
import { askedFields } from "./notes.ts";

/** Whether a command can be filled in: what only a terminal has and what asks for nothing cannot. */
export function hasForm(command: Command): boolean {
  return command.terminalOnly !== true && command.form !== null && partsOfCommand(command).length > 0;
}

/**
 * The form of a command, what is known filled in. Null where it has none; refused where the matter that is named cannot be found. Every argument
 * that can be typed has its field; what can be chosen of the matter that is named (its items, its events) is there to choose from.
 */
export async function formOf(command: Command, given: FormValues, context: Context): Promise<Form | Refusal | null> {
  if (!hasForm(command)) return null;
  const { language } = context;
  const { verb, group } = command;
  const asks = await askedFields(command, context);
  if ("refused" in asks) return asks;
  const scene = await sceneOf(command, given, context);
  if ("refused" in scene) return scene;
  const known = { ...(await command.form?.initial?.(context)), ...given };
  const fields: Field[] = [];
  for (const part of inOrder(command)) if (asks(part.key)) fields.push(await fieldOf(part, known, scene));
  const intro = introOf(scene);
  return {
    verb,
    title: formTitle(language, verb),
    submit: submitText(language, verb, group),
    cancel: say(language, "form.cancel"),
    ...(intro === null ? {} : { intro }),
    fields,
    words: draftWords(language),
  };
}

/** Where the form is opened, and of which matter, if one is named. */
async function sceneOf(command: Command, given: FormValues, context: Context): Promise<Scene | Refusal> {
  const named = command.positionals.find(({ kind }) => kind === "matter");
  const text = named === undefined ? undefined : given[named.name]?.[0]?.trim();
  const zone = (await context.store.subscriptions.of(context.place))?.zone ?? context.zone;
  if (text === undefined || text === "") return { command, context, matter: null, standing: null, today: dayIn(zone, context.clock.now()) };
  const matter = await findMatter(text, context);
  if ("refused" in matter) return matter;
  const today = todayOf(matter, context);
  return { command, context, matter, standing: standingNow(matter, today), today };
}

function introOf({ matter, context }: Scene): Text | null {
  if (matter === null) return null;
  const { authority, respondent } = matter.facts;
  const parties = say(context.language, "list.matter", { authority: authorityOf(authority)?.code ?? authority, respondent });
  return [{ bold: nameOf(matter) }, ` · ${parties}`];
}

/** The fields in the order of the layout; those of which it says nothing stand between, as they are declared. */
function inOrder(command: Command): readonly Part[] {
  const { first = [], last = [] } = command.form ?? {};
  const rank = ({ name, key }: Part): number => {
    const place = (names: readonly string[]) => (names.includes(name) ? names.indexOf(name) : names.indexOf(key));
    if (place(first) >= 0) return place(first);
    return place(last) >= 0 ? first.length + 1 + place(last) : first.length;
  };
  return partsOfCommand(command).toSorted((one, other) => rank(one) - rank(other));
}

async function fieldOf(part: Part, known: FormValues, scene: Scene): Promise<Field> {
  const { verb } = scene.command;
  const { language } = scene.context;
  const { kind, initial } = await fieldKind(part, known[part.name] ?? [], scene);
  const hint = hintOf(part, kind, scene);
  return {
    name: part.name,
    label: fieldLabel(language, verb, part.name),
    ...(hint === undefined ? {} : { hint }),
    required: part.of.required === true && part.name === part.key && !hasOther(part, scene.command),
    kind,
    ...(initial.length === 0 ? {} : { initial }),
  };
}

/** Whether another field may be filled in instead: then neither of them must be. */
function hasOther({ key }: Part, command: Command): boolean {
  return partsOfCommand(command).some((part) => part.key === key && part.isOther === true);
}
