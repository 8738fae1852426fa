import { describe, expect, test } from "vitest";
import { later } from "../alerts/desk-of-test.ts";
import { textOf } from "./form-desk.ts";
import { DESK, type GuardedDesk, guardedDesk, PEOPLE, PUBLIC, SECRET } from "./guarded-desk.ts";

const ORDER = "--kind sanction --decided 2024-01-02 --notified 2024-01-05 --item a --period P2M --rate 100 --per day";

async function traced(desk: GuardedDesk, key: string, work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = (await desk.desk.store.trail.of(key)).length;
  await work();
  return (await desk.desk.store.trail.of(key)).slice(before).map(({ action, verb }) => `${action} ${verb}`);
}

function isDiscreet({ cards }: { readonly cards: readonly { readonly discreet?: string }[] }): boolean {
  return cards.length > 0 && cards.every(({ discreet }) => discreet !== undefined);
}

describe("a look at a restricted matter is noted, and announced in words that name nothing", () => {
  test.each([
    ["complied zeta --on 2024-04-01", "complied"],
    ["annulled CNIL:MED-2021-777 --on 2024-04-01 --fine zz", "annulled"],
    ["show CNIL:MED-2021-77", "show"],
    ["show corp", "show"],
    ["show CNIL:MED-2021-777 --on 2024-02-01", "show"],
    ["list respondent:zeta", "list"],
  ])("however it is answered: %s", async (line, verb) => {
    const desk = await guardedDesk();
    await desk.as("editor", `register CNIL "MED 2021 777" "Zeta Corp" ${ORDER} --visibility restricted`, "alone");
    let discreet = false;
    const traces = await traced(desk, "CNIL:MED-2021-777", async () => {
      discreet = isDiscreet(await desk.as("editor", line, "alone"));
    });
    expect(traces).toEqual([`viewed ${verb}`]);
    expect(discreet).toBe(true);
  });

  test.each(["show", "history"])("whatever signs its reference has: %s", async (verb) => {
    const desk = await guardedDesk();
    await desk.as("editor", `register CNIL "Q\\"x" "Omega Corp" ${ORDER} --visibility restricted`, "alone");
    const key = (await desk.desk.register.all()).find(({ facts }) => facts.respondent === "Omega Corp")!.key;
    expect(await traced(desk, key, () => desk.as("editor", `${verb} ${key}`, "alone"))).toEqual([`viewed ${verb}`]);
    expect(await traced(desk, key, () => desk.as("editor", "list respondent:omega", "alone"))).toEqual(["viewed list"]);
  });

  test("once for what is chosen from, however fast somebody types, and anew after a minute", async () => {
    const desk = await guardedDesk();
    const clock = desk.desk.clock as unknown as { set(at: string): void };
    const place = `${PEOPLE.editor}/dm` as never;
    const type = (query: string) => desk.found("matter", query, 10, { person: PEOPLE.editor as never, personName: "editor", place });
    const typed = await traced(desk, SECRET, async () => {
      for (const query of ["", "f", "fi", "fir"]) expect(await type(query)).toContain(SECRET);
    });
    expect(typed).toEqual(["viewed form"]);
    clock.set(later(desk.desk.clock.now(), 2));
    expect(await traced(desk, SECRET, () => type("firma"))).toEqual(["viewed form"]);
  });
});

describe("a restricted matter whose reference is a word", () => {
  test("makes nothing of what does not show it a look, nor discreet", async () => {
    const desk = await guardedDesk();
    await desk.as("editor", `register CNIL e "Zed" ${ORDER} --visibility restricted`, "alone");
    await desk.as("editor", `admit CNIL:E ${PEOPLE.approver}`, "alone");
    for (const line of ["help", `show ${PUBLIC}`, `history ${DESK}`, "list respondent:002", "watches"]) {
      const traces = await traced(desk, "CNIL:E", async () => {
        expect(isDiscreet(await desk.as("approver", line, "alone"))).toBe(false);
      });
      expect(traces).toEqual([]);
    }
    expect(textOf(await desk.as("approver", "list", "alone"))).toContain("Zed");
  });
});

test("whoever registers a number that is taken out of their sight leaves a trace of having been refused", async () => {
  const desk = await guardedDesk();
  const answer = await desk.told("approver", `register CNIL SECRET-2024-003 "Q" ${ORDER} --visibility desk`);
  expect(answer).not.toContain("Firma");
  const latest = await desk.desk.store.trail.latest(5);
  expect(latest).toContainEqual(
    expect.objectContaining({ action: "refused", verb: "register", stream: null, by: await desk.id("approver") }),
  );
  expect(latest.filter(({ action }) => action === "refused")).toHaveLength(1);
});
