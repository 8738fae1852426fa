import { describe, expect, test } from "vitest";
import type { Instant } from "../../src/time/instant.ts";
import { ORDER } from "../support/given.ts";
import { type Session, sessionOfTest } from "../support/session.ts";

/** Registered on the fifteenth of January 2026; on the sixteenth an extension of 2024 is learnt, and that one more matter was missed. */
const [FIRST, SECOND] = ["2026-01-15T12:00:00Z", "2026-01-16T09:00:00.000Z"];
const LATER = { ...ORDER, ref: "SAN-2024-009", decided: "2024-04-02", notified: "2024-04-03" };

async function desk(): Promise<Session> {
  const session = await sessionOfTest();
  expect((await session.bring(ORDER)).status).toBe(0);
  session.clock.set(SECOND as Instant);
  await session.ask("extended SAN-2024-001 --on 2024-02-20 --by P1M --because asked");
  expect((await session.bring(LATER)).status).toBe(0);
  return session;
}

/** The cells of a table by their columns; none of them has a comma. */
async function rows({ ask }: Session, options: string) {
  const { text } = await ask<{ text: string }>(`export --format csv ${options}`);
  const [header, ...lines] = text.trimEnd().split("\r\n");
  const columns = header!.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, index) => [columns[index]!, cell])));
}

async function entries({ ask }: Session, options: string) {
  const { text } = await ask<{ text: string }>(`export --format ics ${options}`);
  return text
    .split("BEGIN:VEVENT")
    .slice(1)
    .map((entry) => ({
      uid: /UID:(\S+)/.exec(entry)![1]!,
      day: /DTSTART;VALUE=DATE:(\d+)/.exec(entry)![1]!,
      sequence: Number(/SEQUENCE:(\d+)/.exec(entry)![1]),
    }));
}

async function refused({ type }: Session, line: string) {
  const { status, json } = await type(line);
  return { status, code: (json as { error: { code: string } }).error.code };
}

describe("a table", () => {
  test("of a day has each matter as show --on has it", async () => {
    const session = await desk();
    for (const on of ["2024-02-19", "2024-03-10", "2024-04-20"])
      for (const row of await rows(session, `--on ${on}`)) {
        const shown = await session.ask(`show ${row.ref} --on ${on}`);
        const { state, expiry, units, theoretical } = shown.items[0]!;
        expect(row).toMatchObject({
          item_state: state,
          expiry: expiry ?? "",
          units: String(units),
          theoretical: theoretical?.amount,
          through: on,
        });
      }
    const [before, after] = [await rows(session, "--on 2024-02-19"), await rows(session, "--on 2024-02-20")];
    expect([before[0]!.expiry, after[0]!.expiry]).toEqual(["2024-03-05", "2024-04-05"]);
  });

  test("as recorded by a moment leaves out what came later", async () => {
    const session = await desk();
    const then = await rows(session, `--on 2024-03-10 --known-at ${FIRST}`);
    expect(then.map(({ ref, item_state, units }) => [ref, item_state, units])).toEqual([["SAN-2024-001", "accruing", "5"]]);
    expect((await rows(session, "--on 2024-03-10")).map(({ ref }) => ref)).toEqual(["SAN-2024-001", "SAN-2024-009"]);
  });
});

describe("a calendar", () => {
  test("of a day has what was ahead then, and counts as no newer than that of now", async () => {
    const session = await desk();
    const [before] = await entries(session, "--on 2024-02-19");
    const [after] = await entries(session, "--on 2024-02-20");
    expect(before).toMatchObject({ uid: "CNIL:SAN-2024-001#a-expiry@curewatch", day: "20240305" });
    expect(after).toMatchObject({ uid: before!.uid, day: "20240405" });
    expect(after!.sequence).toBe(before!.sequence + 1);
    expect((await entries(session, `--on 2024-02-20 --known-at ${FIRST}`)).map(({ day }) => day)).toEqual(["20240305"]);
  });
});

describe("a matter file", () => {
  test("as recorded by a moment is what the register held then", async () => {
    const session = await sessionOfTest();
    await session.bring(ORDER);
    const held = await session.ask("export --format json");
    session.clock.set(SECOND as Instant);
    await session.ask("extended SAN-2024-001 --on 2024-02-20 --by P1M --because asked");
    await session.ask("corrected SAN-2024-001 --on 2024-02-20 --event registered --set respondent=Autre --because misread");
    await session.bring(LATER);
    expect(await session.ask(`export --format json --known-at ${FIRST}`)).toEqual(held);
    expect(await session.ask("export --format json --known-at 2026-01-15T08:00:00Z")).toEqual({ matters: [] });
    const elsewhere = await sessionOfTest();
    elsewhere.files.set("then.json", JSON.stringify(held));
    expect(await elsewhere.ask("import then.json")).toMatchObject({ registered: ["SAN-2024-001"] });
  });

  test("shows a matter to no more people than see it now", async () => {
    const session = await desk();
    await session.ask("visibility SAN-2024-001 --to restricted --on 2026-01-16 --because asked");
    const { matters } = await session.ask<{ matters: object[] }>(`export --format json --known-at ${FIRST}`);
    expect(matters).toMatchObject([{ ref: "SAN-2024-001", visibility: "restricted" }]);
  });

  test("is of no day, and says what is", async () => {
    const session = await desk();
    expect(await refused(session, "export --format json --on 2024-03-01")).toEqual({ status: 1, code: "export-on" });
    expect(JSON.stringify((await session.type("export --format json --on 2024-03-01")).json)).toMatch(/--known-at.*--format csv/);
  });
});

test.each(["csv", "ics"])("%s of a day that is yet to come is refused", async (format) => {
  expect(await refused(await desk(), `export --format ${format} --on 2026-01-17`)).toEqual({ status: 1, code: "on-in-future" });
});
