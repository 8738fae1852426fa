import type { Choice, Field, Form, Lookup, LookupRequest } from "../../../src/ports/form.ts";
import { soon } from "../shared/soon.ts";
import type { Reply } from "./bot-framework.ts";
import { isRecord } from "./dialog-sent.ts";
import { choiceOf } from "./form-inputs.ts";
import type { Invoked, Ready } from "./invoke.ts";
import type { Person } from "./mentions.ts";

/** Teams lists no more at once. */
const LISTED = 15;
/** What a client can choose from that does not ask while the reader types: enough for a short list, and little to send. */
const AT_HAND = 30;
const MOST = 100;

const LOOKUPS: ReadonlySet<string> = new Set<Lookup>(["matter", "authority", "calendar", "zone"]);

type Asker = Pick<Invoked, "asking">;

/** What can be chosen in each field of the form before anything was typed. */
export async function choicesIn(form: Form, { asking }: Asker, means: Ready): Promise<ReadonlyMap<string, readonly Choice[]>> {
  const choicesOf = async ({ kind }: Field): Promise<readonly Choice[]> => {
    if (kind.type === "lookup") return means.host.lookUp({ ...asking, of: kind.of, query: "", most: AT_HAND });
    return kind.type === "person" ? (await people(means, "")).slice(0, MOST) : [];
  };
  return new Map(await Promise.all(form.fields.map(async (field) => [field.name, await choicesOf(field)] as const)));
}

/** Somebody types into a list whose choices are asked for. */
export async function searched({ value, asking }: Invoked, means: Ready): Promise<Reply> {
  if (!isRecord(value) || typeof value.dataset !== "string") return { status: 400 };
  const [of = "", many] = value.dataset.split("/");
  const query = typeof value.queryText === "string" ? value.queryText : "";
  const options = isRecord(value.queryOptions) ? value.queryOptions : {};
  const [from, count] = [numberIn(options.skip, 0), numberIn(options.top, LISTED)];
  const most = Math.min(from + count, MOST);
  const found = LOOKUPS.has(of)
    ? await means.host.lookUp({ ...asking, of: of as LookupRequest["of"], query, most })
    : of === "people"
      ? await people(means, query)
      : null;
  if (found === null) return { status: 400 };
  const results = found.slice(from, most).map((choice) => choiceOf(choice, many === "many"));
  return listed(results);
}

export function searchFault(): Reply {
  return listed([]);
}

function listed(results: readonly object[]): Reply {
  return { status: 200, body: { statusCode: 200, type: "application/vnd.microsoft.search.searchResponse", value: { results } } };
}

/** The people of the conversation; nobody where Teams does not tell in good time, so that a form waits no longer for them. */
export async function peopleHere({ people: ask, patience }: Ready): ReturnType<NonNullable<Ready["people"]>> {
  return ask === undefined ? [] : soon(ask(), patience / 4, []);
}

async function people(means: Ready, query: string): Promise<readonly Choice[]> {
  const found = (await peopleHere(means)).filter(({ name }) => folded(name).includes(folded(query)));
  const byName = Map.groupBy(found, ({ name }) => folded(name));
  return found.map((one) => ({ value: one.person, label: one.name, ...apart(one, byName.get(folded(one.name))!) }));
}

/** The least that is shown of the end of an id. */
const LEAST = 4;

/** What tells somebody apart from the others of that name: the address where it is theirs alone, else as much of the end of the id as differs. */
function apart({ person, mail }: Person, namesakes: readonly Person[]): Pick<Choice, "detail"> {
  const others = namesakes.filter((one) => one.person !== person);
  if (others.length === 0) return {};
  if (mail !== undefined && others.every((one) => folded(one.mail ?? "") !== folded(mail))) return { detail: mail };
  let length = LEAST;
  while (length < person.length && others.some((one) => one.person.endsWith(person.slice(-length)))) length++;
  return { detail: `…${person.slice(-length)}` };
}

/** Without accents and capitals: what is typed in haste finds what is written with care. */
function folded(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();
}

export function numberIn(value: unknown, usual: number): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : usual;
}
