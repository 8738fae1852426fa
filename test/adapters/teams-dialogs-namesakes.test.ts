import { expect, test } from "vitest";
import type { Means } from "../../adapters/chat/teams/invoke.ts";
import type { PersonRef } from "../../src/ports/chat.ts";
import { dialogDesk, dialogIn, KOUROU } from "./teams-dialog-desk.ts";

type People = Awaited<ReturnType<NonNullable<Means["people"]>>>;

const ref = (id: string) => `teams:${id}` as PersonRef;
const ANNA = { person: ref("00000001-0000-0000-0000-00000000000a"), name: "Anna Weber", mail: "anna@us.example" };
const [BOB2, BOB3] = [ref("00000002-0000-0000-0000-00000000000b"), ref("00000003-0000-0000-0000-00000000000b")];

/** The people whom a form lists, and whom a search for them finds. */
async function listed(people: People): Promise<readonly string[]> {
  const at = await dialogDesk({ people: async () => people });
  await at.types(KOUROU);
  const form = dialogIn(await at.sends("task/fetch", { data: { command: "form assign SAN-2023-018" } }));
  const choices = form.inputs.get("person")!.choices as readonly { readonly title: string; readonly value: string }[];
  const { body } = await at.sends("application/search", { dataset: "people", queryText: "bob", queryOptions: { skip: 0, top: 15 } });
  const { results } = body.value as { readonly results: readonly { readonly title: string }[] };
  const titles = choices.filter(({ value }) => value !== "").map(({ title }) => title);
  expect(results.map(({ title }) => title)).toEqual(titles.filter((title) => /bob/i.test(title)));
  return titles;
}

test("two people of one name are told apart by their addresses, and others are listed by their names alone", async () => {
  const people = [
    ANNA,
    { person: BOB2, name: "Bob Stone", mail: "bob@us.example" },
    { person: BOB3, name: "bob stone", mail: "b@us.example" },
  ];
  expect(await listed(people)).toEqual(["Anna Weber", "Bob Stone · bob@us.example", "bob stone · b@us.example"]);
});

test("where Teams tells no addresses, or one and the same, they are told apart by the part of their ids that differs", async () => {
  const different = ["2-0000-0000-0000-00000000000b", "3-0000-0000-0000-00000000000b"];
  const titles = different.map((id) => `Bob Stone · …${id}`);
  for (const mail of [{}, { mail: "team@us.example" }]) {
    expect(await listed([BOB2, BOB3].map((person) => ({ person, name: "Bob Stone", ...mail })))).toEqual(titles);
  }
  const ends = ["00000002-0000-0000-0000-000000000abc", "00000002-0000-0000-0000-000000000abd"].map(ref);
  expect(await listed(ends.map((person) => ({ person, name: "Bob Stone" })))).toEqual(["Bob Stone · …0abc", "Bob Stone · …0abd"]);
});
