import { expect, test } from "vitest";
import { contextOf, openDesk } from "../../src/app/answer.ts";
import { SILENT } from "../../src/app/log.ts";
import { dispatchLine } from "../../src/commands/dispatcher.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { deskOfTest, moment } from "../alerts/desk-of-test.ts";
import { textOf } from "../commands/places.ts";

const [ONE, TWO] = ["memory:one", "memory:two"] as [Place, Place];
/** A week before the end of 5 March 2024, seven in the morning in Paris. */
const SEVEN = "2024-02-27T06:00";

/** A desk with one matter, at which Ana types. */
async function deskWithAna() {
  const desk = await deskOfTest();
  await desk.store.access.setPolicy({ notes: true }, "p1", desk.clock.now());
  await desk.hold();
  const opened = openDesk(desk.store, { clock: desk.clock, log: SILENT, language: "en", zone: "Europe/Paris" } as const);
  const platform = { direct: () => null, audience: async () => ({ kind: "internal" }), kindOf: async () => "member" };
  opened.running.adapters = [{ name: "memory", ...platform } as never];
  let typed = 0;
  async function type(line: string, place: Place = ONE) {
    const who = { id: `line-${++typed}`, place, person: "memory:ana" as PersonRef, personName: "ana" };
    const answer = await dispatchLine(line, COMMANDS, contextOf(opened, who, null), SILENT);
    expect(answer.json, line).not.toHaveProperty("error");
    return { json: answer.json, text: textOf(answer) };
  }
  const heard = (place: Place) =>
    desk.posts
      .filter(({ to, key }) => to === place && key.includes('"reminder"'))
      .map(({ at, text }) => [at.slice(0, 16), /(\d+) days? left/.exec(text)?.[1]]);
  return { ...desk, type, heard };
}

test("whoever types watch at seven on the day of a stage reads the days left once that day, and acknowledges that stage", async () => {
  const { type, clock, runUntil, heard } = await deskWithAna();
  clock.set(moment(SEVEN));
  await type("watch authority:CNIL");
  await runUntil(moment("2024-02-27T06:20"), 5);
  expect(heard(ONE)).toEqual([[SEVEN, "7"]]);
  const { json, text } = await type("ack SAN-2024-001");
  expect(json).toMatchObject({ acknowledged: [{ item: "a", stage: "7", deadline: "2024-03-05" }] });
  expect(text).toContain("The next stage asks again: Sat 2 Mar 2024 (3 days left)");
  await runUntil(moment("2024-02-28T12:00"), 20);
  expect(heard(ONE)).toEqual([[SEVEN, "7"]]);
  await runUntil(moment("2024-03-02T12:00"), 20);
  expect(heard(ONE)).toEqual([
    [SEVEN, "7"],
    ["2024-03-02T08:00", "3"],
  ]);
});

test("a matter that is assigned at seven on the day of a stage is told once that day to whom watches it by that", async () => {
  const { type, runUntil, clock, heard } = await deskWithAna();
  await type("watch assigned:me", TWO);
  await runUntil(moment("2024-01-03T12:00"), 60);
  clock.set(moment(SEVEN));
  await type("assign SAN-2024-001 to me");
  await runUntil(moment("2024-02-28T06:00"), 30);
  expect(heard(TWO)).toEqual([[SEVEN, "7"]]);
});
