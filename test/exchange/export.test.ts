import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { exportCsv } from "../../src/exchange/csv.ts";
import { readDrafts } from "../../src/exchange/drafts.ts";
import { presetOf } from "../../src/exchange/presets.ts";
import { authorityOf } from "../../src/law/catalogue.ts";
import { dayOf, type Facts } from "../../src/matter/facts.ts";
import type { Standing } from "../../src/matter/standing-types.ts";
import type { Instant } from "../../src/time/instant.ts";
import { given, ORDER, on } from "../support/given.ts";
import { fc } from "../support/seeded.ts";
import { type Session, sessionOfTest } from "../support/session.ts";
import { filesUnder, textOf } from "../support/source.ts";

const HOSTILE = {
  ...ORDER,
  ref: "SAN-2024-002",
  respondent: `'s-Hertogenbosch; "Société" =SUM(A1), NV`,
  title: '=HYPERLINK("https://example.org")',
  published: "2024-01-09",
  fines: [
    { id: "f1", amount: "5000.50" },
    { id: "f2", amount: "unknown" },
  ],
  links: ["https://example.org/1", "https://example.org/2;x=1,2"],
  tags: ["dpo", "commune"],
  items: [...ORDER.items, { id: "b" }],
};

/** What a draft knows of each matter: days without their sources, fines without their day, items without their clocks, and no default currency. */
async function factsIn(session: Session): Promise<readonly object[]> {
  const { matters } = await session.ask<{ matters: Facts[] }>("export --format json");
  return matters.map(({ ref, authority, addressee, respondent, kind, title, decided, published, currency, fines, links, tags, items }) => ({
    ...{ ref, authority, addressee, respondent, kind, title, links, tags },
    decided: dayOf(decided),
    published: dayOf(published),
    currency: currency ?? authorityOf(authority)!.currency,
    fines: (fines ?? []).map(({ id, amount }) => ({ id, amount })),
    items: (items ?? []).map(({ id }) => id),
  }));
}

/** The examples as files of the session, on a day on which all of them have happened. */
function readExamples(session: Session): readonly string[] {
  session.clock.set("2026-11-20T12:00:00.000Z" as Instant);
  const examples = filesUnder("examples");
  for (const path of examples) session.files.set(path, textOf(path));
  return examples;
}

async function csvOf(session: Session): Promise<string> {
  return (await session.ask<{ text: string }>("export --format csv")).text;
}

describe("what is exported as CSV", () => {
  test("makes drafts of the same facts elsewhere, and changes nothing where it comes from", async () => {
    const session = await sessionOfTest();
    await session.bring({ ...ORDER, addressee: "google-llc", currency: "USD" }, HOSTILE, { ...ORDER, ref: "F-1", items: undefined });
    const before = await session.head();
    const elsewhere = await sessionOfTest();
    for (const one of [session, elsewhere]) one.files.set("register.csv", await csvOf(session));
    expect(await session.ask("import register.csv --preset curewatch")).toMatchObject({ registered: [], updated: [] });
    expect(await session.head()).toBe(before);
    expect(await elsewhere.ask("import register.csv --preset curewatch")).toMatchObject({
      registered: [`${ORDER.ref}/google-llc`, HOSTILE.ref, "F-1"],
      drafts: [{ missing: ["items.a.cure"] }, { missing: ["items.a.cure", "items.b.cure"] }],
    });
    expect(await factsIn(elsewhere)).toEqual(await factsIn(session));
    elsewhere.files.set("again.csv", await csvOf(elsewhere));
    expect(await elsewhere.ask("import again.csv --preset curewatch")).toMatchObject({ registered: [], updated: [] });
  });

  test("of the examples comes back as the same drafts' facts", async () => {
    const session = await sessionOfTest();
    const examples = readExamples(session);
    await session.ask(`import ${examples.join(" ")}`);
    const elsewhere = await sessionOfTest();
    elsewhere.clock.set(session.clock.now());
    elsewhere.files.set("register.csv", await csvOf(session));
    await elsewhere.ask("import register.csv --preset curewatch");
    expect(await factsIn(elsewhere)).toEqual(await factsIn(session));
  });

  test("as JSON is unchanged when it is imported again, events and all", async () => {
    const session = await sessionOfTest();
    const examples = readExamples(session);
    const { registered } = await session.ask<{ registered: string[] }>(`import ${examples.join(" ")}`);
    session.files.set("register.json", JSON.stringify(await session.ask("export --format json")));
    const again = await session.ask<{ unchanged: string[] }>("import register.json");
    expect(again).toMatchObject({ registered: [], updated: [] });
    expect(again.unchanged.toSorted()).toEqual(registered.toSorted());
  });
});

test("whatever one line of text a cell holds, no spreadsheet runs it, and it is read back as it was", () => {
  const standing = on(given({}), "2024-02-01");
  const line = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).map((text) => text.replaceAll(/[\p{C}\p{Z}]+/gu, " ").trim());
  const formula = fc.tuple(fc.constantFrom("=", "+", "-", "@", "'=", "''+", "'"), line).map(([begin, rest]) => begin + rest);
  fc.assert(
    fc.property(
      fc.oneof(line, formula).filter((text) => text !== ""),
      (respondent) => {
        const csv = exportCsv([{ ...standing, facts: { ...standing.facts, respondent } } as Standing]);
        const { drafts, problems } = readDrafts("a.csv", csv, presetOf("curewatch")!, null);
        expect(problems).toEqual([]);
        expect(drafts[0]!.filed.respondent).toBe(respondent);
        const cells = parse(csv);
        expect(cells.flat().filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
      },
    ),
  );
});
