import { describe, expect, test } from "vitest";
import { openDoor } from "../../src/app/door.ts";
import type { Answer } from "../../src/ports/chat.ts";
import type { Asking } from "../../src/ports/form.ts";
import { ANA, BEN, CLEO, type ConsentDesk, consentDesk, KEY } from "./consent-desk.ts";
import { textOf } from "./form-desk.ts";

const PEOPLE: readonly Partial<Asking>[] = [ANA, BEN, CLEO];
const paid = (amount: number) => `paid SAN-2023-018 --on 2024-04-20 --amount ${amount} --for fine`;

/** The id under which each event of the matter stands, by a field of it. */
async function idsBy({ desk }: ConsentDesk, field: string): Promise<ReadonlyMap<unknown, string>> {
  const { events } = (await desk.register.matter(KEY))!;
  return new Map(events.map(({ id, event }) => [(event as unknown as Record<string, unknown>)[field], id]));
}

describe("of several people who record at the same moment each reads their own event", () => {
  test("typed", async () => {
    const desk = await consentDesk();
    const texts = (await Promise.all(PEOPLE.map((who, index) => desk.type(paid(11 + index), who)))).map(textOf);
    const ids = await idsBy(desk, "amount");
    expect([...ids.values()].sort()).toEqual(["e1", "e2", "e3"]);
    for (const [index, text] of texts.entries()) {
      expect(text).toContain(`Paid EUR ${11 + index} for the fine`);
      expect(text).toContain(`event ${ids.get(String(11 + index))}`);
    }
  });

  test("in forms", async () => {
    const desk = await consentDesk();
    const values = (amount: number) => ({ ref: ["SAN-2023-018"], on: ["2024-04-20"], amount: [String(amount)], for: ["fine"] });
    const answers = await Promise.all(PEOPLE.map((who, index) => desk.submit("paid", values(101 + index), who)));
    const ids = await idsBy(desk, "amount");
    for (const [index, answer] of answers.entries()) expect(textOf(answer as Answer)).toContain(`event ${ids.get(String(101 + index))}`);
  });

  test("assigned to themselves", async () => {
    const desk = await consentDesk();
    const texts = (await Promise.all(PEOPLE.map((who) => desk.type("assign SAN-2023-018 to me", who)))).map(textOf);
    const { events } = (await desk.desk.register.matter(KEY))!;
    expect(events).toHaveLength(3);
    const ids = await Promise.all(
      PEOPLE.map(async ({ person }) => {
        const by = await desk.desk.store.people.known(person!);
        return events.find((one) => one.by === by)!.id;
      }),
    );
    for (const [index, text] of texts.entries()) expect(text).toContain(`event ${ids[index]}`);
  });
});

test("a command that comes a second time is answered with what it has recorded, not with what came last", async () => {
  const desk = await consentDesk();
  const first = textOf(await desk.type(paid(11), { ...ANA, id: "once" }));
  await desk.type(paid(12), BEN);
  // A door that was opened anew does not remember what it has answered.
  const door = openDoor(desk.desk, null);
  const again = textOf(await door.onCommand({ ...desk.asking({ ...ANA, id: "once" }), text: paid(11) }));
  for (const text of [first, again]) {
    expect(text).toContain("Paid EUR 11 for the fine");
    expect(text).toContain("event e1");
  }
  expect(await desk.types()).toEqual(["paid", "paid"]);
});
