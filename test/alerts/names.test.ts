import { expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const DAN = "memory:dan";

/** An order assigned to Dan by reference, whose place is reminded of it fourteen days before. */
async function reminded(known: boolean) {
  const desk = await deskOfTest(undefined, { inPlace: true });
  if (known) await desk.store.people.idOf(DAN, "Dan Ito");
  await desk.hold({}, { on: "2024-01-02", type: "assigned", to: DAN });
  await desk.watch("memory:room");
  await desk.tickAt(moment("2024-02-20T09:00"));
  return desk;
}

test("what is posted calls a person by name who was assigned by reference, and mentions them", async () => {
  const { posts } = await reminded(true);
  const said = posts.filter(({ card }) => plainText(card).includes("Dan Ito"));
  expect(said.length).toBeGreaterThanOrEqual(1);
  expect(said[0]!.text).toContain(JSON.stringify({ person: DAN, name: "Dan Ito" }));
  for (const { card } of posts) expect(plainText(card)).not.toContain(DAN);
});

test("the card that stands in the place is kept up to date with that name", async () => {
  const desk = await reminded(true);
  await desk.acknowledge("CNIL:SAN-2024-001", "memory:room", "14");
  await desk.tickAt(moment("2024-02-20T10:00"));
  expect(desk.updates.at(-1)!.text).toContain("Dan Ito");
});

test("of whom nothing is known, the reference is shown", async () => {
  const { posts } = await reminded(false);
  expect(posts.map(({ text }) => text).join()).toContain(JSON.stringify({ person: DAN, name: DAN }));
});

test("a reminder's button names the stage that it was about", async () => {
  const { posts } = await reminded(true);
  expect(posts.map(({ text }) => text).join()).toContain("ack CNIL:SAN-2024-001 a --stage 14 --deadline 2024-03-05");
});
