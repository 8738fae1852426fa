import { describe, expect, test } from "vitest";
import { jsonText } from "../../src/commands/json-text.ts";
import type { Instant } from "../../src/time/instant.ts";
import { ADMINISTERED, CHANNEL, type FormDesk, fieldOf, formDesk, KOUROU, textOf } from "./form-desk.ts";
import { sessionAt } from "./places.ts";

const HEBREW = "חברת דוגמה";
const SHOWN = `\u2068${HEBREW}\u2069`;
const ISOLATES = /[\u2066-\u2069]/;

async function hebrew(): Promise<FormDesk> {
  const desk = await formDesk(undefined, ADMINISTERED);
  await desk.type(KOUROU.replace("Commune de Kourou", HEBREW));
  return desk;
}

describe("a respondent with a Hebrew name", () => {
  test("is isolated in the list and in the title of its card, and what stands beside it is as it was", async () => {
    const desk = await hebrew();
    for (const line of ["list", "show SAN-2023-018", "digest"]) expect(textOf(await desk.type(line)), line).toContain(SHOWN);
    const latin = await formDesk(undefined, ADMINISTERED);
    await latin.type(KOUROU);
    for (const line of ["list", "show SAN-2023-018", "digest"]) expect(textOf(await latin.type(line)), line).not.toMatch(ISOLATES);
  });

  test("is found when it is typed as it was shown, and recorded as it was typed first", async () => {
    const desk = await hebrew();
    for (const line of [`list "respondent:${SHOWN}"`, `list respondent:"${SHOWN}"`, `list \u2068respondent:"${HEBREW}"\u2069`])
      expect(textOf(await desk.type(line)), line).toContain("SAN-2023-018");
    expect(await desk.found("matter", SHOWN)).toEqual(["CNIL:SAN-2023-018"]);
    await desk.type(`note SAN-2023-018 --on 2024-04-01 --text "of ${SHOWN}"`);
    await desk.submit("note", { ref: ["SAN-2023-018"], on: ["2024-04-01"], text: [`and ${SHOWN}`] });
    const [matter] = await desk.desk.register.all();
    expect(matter!.facts.respondent).toBe(HEBREW);
    expect(JSON.stringify(matter)).not.toMatch(ISOLATES);
    expect(matter!.events).toHaveLength(2);
    await desk.type(`watch "respondent:${SHOWN}"`);
    expect((await desk.desk.store.subscriptions.of(CHANNEL))!.watches.map(({ filters }) => filters)).toContainEqual([
      `respondent:${HEBREW}`,
    ]);
  });

  test("is isolated in the filters of a watch too, in the answer, in the settings and where it is chosen, and cut as a whole", async () => {
    const desk = await hebrew();
    const filter = `respondent:${HEBREW}`;
    const shown = `\u2068${filter}\u2069 · 1 matter`;
    expect(textOf(await desk.type(`watch "${filter}"`))).toContain(shown);
    for (const line of ["settings", "watches"]) expect(textOf(await desk.type(line)), line).toContain(shown);
    await desk.type(`watch "respondent:${HEBREW.repeat(12)}"`);
    const { kind } = fieldOf(await desk.form("unwatch", {}), "id");
    const labels = (kind.type === "choice" ? kind.options : []).map(({ label }) => label);
    expect(labels).toContainEqual(expect.stringContaining(`\u2068${filter}\u2069`));
    expect(labels.find((label) => label.includes("…"))).toMatch(/\u2068respondent:[^\u2069]+\u2069…$/);
  });

  test("stays as it was written in what scripts and calendars read", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    await session.ask(KOUROU.replace("Commune de Kourou", HEBREW));
    for (const line of [
      "show SAN-2023-018",
      "list",
      "why SAN-2023-018",
      "history SAN-2023-018",
      "digest",
      "show NO-SUCH-שם",
      "export --format csv",
    ]) {
      const { json } = await session.type(line);
      expect(jsonText(json), line).not.toMatch(ISOLATES);
    }
    session.clock.set("2024-01-10T11:00:00.000Z" as Instant);
    const { json } = await session.type("export --format ics");
    const calendar = JSON.stringify(json).replaceAll("\\r\\n ", "");
    expect(calendar).toContain(HEBREW);
    expect(calendar).not.toMatch(ISOLATES);
  });
});
