import { describe, expect, test } from "vitest";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import type { Asking } from "../../src/ports/form.ts";
import { deskOfKourou, type FormDesk, textOf } from "./form-desk.ts";

const KEY = "CNIL:SAN-2023-018";
const ANA = "slack:T1/U1";
/** Another person of the same name. */
const NAMESAKE: Partial<Asking> = { person: "slack:T1/U5" as PersonRef, place: "slack:T1/U5/dm" as Place };
const BEN = { person: "slack:T1/U2" as PersonRef, name: "ben" };

async function held({ desk }: FormDesk): Promise<readonly unknown[]> {
  return (await desk.register.matter(KEY))!.events.map(({ event }) => event);
}

describe("a matter that somebody takes by me", () => {
  test.each(["assign SAN-2023-018 to me", "assign SAN-2023-018 to @me --as owner", "assigned SAN-2023-018 --on 2024-04-30 --to Me"])(
    "is theirs by reference, and no namesake's: %s",
    async (line) => {
      const desk = await deskOfKourou();
      await desk.type("list", NAMESAKE);
      expect(textOf(await desk.type(line))).toContain("@ana");
      expect(await held(desk)).toMatchObject([{ type: "assigned", to: ANA }]);
      expect(textOf(await desk.type("list mine"))).toContain("SAN-2023-018");
      expect(textOf(await desk.type("list mine", NAMESAKE))).not.toContain("SAN-2023-018");
    },
  );

  test("is so by a form, and by a correction", async () => {
    const desk = await deskOfKourou();
    await desk.submit("assign", { ref: [KEY], "person:name": ["me"] });
    await desk.type("assign SAN-2023-018 to ben");
    await desk.type("corrected SAN-2023-018 --on 2024-05-01 --event e2 --set to=me --because slip --confirmed 3");
    expect(await held(desk)).toMatchObject([{ to: ANA }, { to: "ben" }, { set: { to: ANA } }]);
  });
});

describe("a matter is assigned to no", () => {
  test.each([
    ["conversation", "slack:T1/C3", "assign-conversation"],
    ["two people who are mentioned", "slack:T1/U2 slack:T1/U3", "assign-several"],
    ["two people by name", "@ana @ben", "assign-several"],
    ["name with somebody who is mentioned", "Ana, slack:T1/U3", "assign-several"],
  ])("%s", async (_what, to, code) => {
    const desk = await deskOfKourou();
    for (const line of [`assign SAN-2023-018 to ${to}`, `assign SAN-2023-018 to ${to} --as owner`]) {
      const { cards } = await desk.type(line, { mentions: [BEN] });
      expect(textOf({ cards })).toMatch(
        code === "assign-several" ? /assigned to one: name one person \(/ : /is a conversation.*name a person/,
      );
    }
    expect(textOf(await desk.type(`assign SAN-2023-018 to ${to}`, { language: "fr" }))).toMatch(/nommez(-en)? une/);
    expect(await held(desk)).toEqual([]);
  });

  test("a name that holds a word with an @ is one name", async () => {
    const desk = await deskOfKourou();
    for (const name of ["Ana @acme", "Legal, @front desk"])
      expect(textOf(await desk.type(`assign SAN-2023-018 to "${name}"`))).toContain(`Assigned to ${name}`);
  });

  // Teams names its people without a slash.
  test.each([
    "teams:0001-a teams:0002-b",
    "teams:0001-a, teams:0002-b",
    "Ana Martin teams:0002-b",
    "slack:T1/U2 teams:0002-b",
    "teams:0001-a teams:0003-c",
  ])("two people of Teams: %s", async (to) => {
    const desk = await deskOfKourou();
    const mentions = ["0001-a", "0002-b"].map((id) => ({ person: `teams:${id}` as PersonRef, name: id }));
    for (const line of [`assign SAN-2023-018 to ${to}`, `assign SAN-2023-018 to ${to} as owner`])
      expect(textOf(await desk.type(line, { mentions }))).toMatch(
        /assigned to one: name one person \((teams:0001-a|Ana Martin|slack:T1\/U2)\)/,
      );
    expect(await held(desk)).toEqual([]);
  });

  test("conversation by a form or a correction either", async () => {
    const desk = await deskOfKourou();
    expect(await desk.problems("assign", { ref: [KEY], person: ["slack:T1/C3"] })).toMatchObject({ fields: {} });
    await desk.type("assign SAN-2023-018 to ben");
    const line = "corrected SAN-2023-018 --on 2024-05-01 --event e1 --set to=slack:T1/C3 --because slip --confirmed 2";
    expect(textOf(await desk.type(line))).toContain("is a conversation");
  });
});

describe("a name that several known people bear", () => {
  async function twoSams(): Promise<FormDesk> {
    const desk = await deskOfKourou();
    for (const number of [7, 8]) await desk.desk.store.people.idOf(`slack:T1/U${number}`, "Sam Stone");
    return desk;
  }

  test.each([
    "assign SAN-2023-018 to Sam Stone",
    "assign SAN-2023-018 to @sam stone --as owner",
    "assign SAN-2023-018 to Sam Stone as owner",
    'assigned SAN-2023-018 --on 2024-04-30 --to "Sam Stone"',
  ])("is nobody's until one is named by reference: %s", async (line) => {
    const desk = await twoSams();
    const said = textOf(await desk.type(line));
    expect(said).toMatch(/Several people are called Sam Stone: slack:T1\/U7, slack:T1\/U8\. Write one of these/i);
    expect(await held(desk)).toEqual([]);
    await desk.type(line.replace(/"?@?Sam Stone"?/i, "slack:T1/U8"));
    expect(await held(desk)).toMatchObject([{ to: "slack:T1/U8" }]);
  });

  test("is not what a correction says either, and a form tells it at the person", async () => {
    const desk = await twoSams();
    await desk.type("assign SAN-2023-018 to ben");
    const line = 'corrected SAN-2023-018 --on 2024-05-01 --event e1 --set "to=Sam Stone" --because slip --confirmed 2';
    expect(textOf(await desk.type(line))).toContain("Several people are called Sam Stone");
    const told = await desk.problems("assign", { ref: [KEY], "person:name": ["Sam Stone"] });
    expect(JSON.stringify(told)).toContain("Several people are called Sam Stone");
    expect(await held(desk)).toHaveLength(1);
  });
});

describe("who is assigned by a reference", () => {
  test("of whom nothing is known is said to be, and one who is mentioned or has typed is not", async () => {
    const desk = await deskOfKourou();
    const unknown = textOf(await desk.type("assign SAN-2023-018 to slack:T1/U999"));
    expect(unknown).toContain("Nobody is known here as slack:T1/U999: a message of the matter may not reach them");
    await desk.type("ack SAN-2023-018", NAMESAKE);
    for (const to of [BEN.person, NAMESAKE.person!, "me"])
      expect(textOf(await desk.type(`assign SAN-2023-018 to ${to}`, { mentions: [BEN] }))).not.toContain("Nobody is known");
  });

  test("may be of a platform that is not served here", async () => {
    const desk = await deskOfKourou();
    expect(textOf(await desk.type("assign SAN-2023-018 to teams:contoso/29:x"))).toContain("Nobody is known here as teams:contoso/29:x");
    expect(await held(desk)).toMatchObject([{ to: "teams:contoso/29:x" }]);
  });

  test("may bear a name with commas, points and colons in it", async () => {
    const desk = await deskOfKourou();
    const names = ["Martin, Ana", "Me. Durand, cabinet: Durand", "Durand cabinet:durand", "J. O'Neil (see https://example.org/team)"];
    for (const name of names) await desk.submit("assign", { ref: [KEY], "person:name": [name] });
    expect(await held(desk)).toMatchObject(names.map((to) => ({ to })));
  });
});

test("somebody who is known by no name is told how to be: by a mention or by mine, and no question makes them known", async () => {
  const desk = await deskOfKourou();
  const unknown = "Nobody of the name Carl Reader is known here";
  const carl: Partial<Asking> = { person: "slack:T1/U9" as PersonRef, personName: "Carl Reader", place: "slack:T1/U9/dm" as Place };
  const assigned = async () => textOf(await desk.type("assign SAN-2023-018 to Carl Reader"));
  for (const line of ["list", "help paid", "digest"]) await desk.type(line, carl);
  expect(await assigned()).toContain(`${unknown}: no message of the matter can reach them. Mention the person, or ask them to type mine`);
  await desk.type("mine", carl);
  expect(await assigned()).not.toContain(unknown);
});
