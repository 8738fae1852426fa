import { describe, expect, test } from "vitest";
import { ORDER } from "../support/given.ts";
import { type Session, sessionOfTest } from "../support/session.ts";

const MAP =
  "--map ref=ref --map authority=authority --map respondent=respondent --map decided=decided --map published=published --map fine=fine --map link=link --set kind=sanction";
const HEADER = "ref,authority,respondent,decided,published,fine,link";

interface Rehearsed {
  readonly dryRun: true;
  readonly registered: readonly string[];
  readonly changes: readonly { readonly ref: string; readonly line: number; readonly change: string; readonly fields: readonly object[] }[];
  readonly refused: readonly { readonly line: number; readonly code: string }[];
}

/** A register that holds the order, with a fine. */
async function holding(): Promise<Session> {
  const session = await sessionOfTest();
  await session.bring({ ...ORDER, fines: [{ id: "f", amount: "unknown" }], events: [{ on: "2024-03-15", type: "complied", item: "a" }] });
  return session;
}

async function bring(session: Session, rows: readonly string[], options = "") {
  session.files.set("t.csv", [HEADER, ...rows].join("\n"));
  const { status, json } = await session.type(`import t.csv ${MAP} ${options}`);
  const answer = json as Rehearsed & { error?: { problems: { line: number; code: string }[] } };
  return { status, answer, wrong: (answer.error?.problems ?? []).map(({ line, code }) => [line, code]) };
}

describe("a row of a matter that the register holds", () => {
  test("drops nothing that it does not say, however its reference and its respondent are spelt", async () => {
    const session = await holding();
    const before = await session.head();
    const { answer } = await bring(session, ["san 2024 001,cnil,EXEMPLE S.A.,2024-01-02,,,"]);
    expect(answer).toMatchObject({ registered: [], updated: [], unchanged: [ORDER.ref] });
    expect(await session.head()).toBe(before);
  });

  test("fills in what was missing, and leaves the items and events alone", async () => {
    const session = await holding();
    const { answer } = await bring(session, ["SAN-2024-001,CNIL,Exemple SA,2024-01-02,2024-01-09,5000,https://example.org/1"]);
    expect(answer).toMatchObject({ updated: [ORDER.ref] });
    const { matters } = await session.ask<{ matters: object[] }>("export --format json");
    expect(matters).toMatchObject([
      {
        published: "2024-01-09",
        fines: [{ id: "f", amount: "5000" }],
        links: ["https://example.org/1"],
        items: ORDER.items,
        events: [{ type: "complied" }],
      },
    ]);
    expect(await session.type("verify")).toMatchObject({ status: 0 });
  });

  test.each([
    ["another day of decision", "SAN-2024-001,CNIL,Exemple SA,2024-01-03,,,"],
    ["another respondent", "SAN-2024-001,CNIL,Autre SA,2024-01-02,,,"],
  ])("that contradicts it is refused and recorded nowhere: %s", async (_name, row) => {
    const session = await holding();
    const before = await session.head();
    expect(await bring(session, [row])).toMatchObject({ status: 1, wrong: [[2, "fact-changed"]] });
    expect(await session.head()).toBe(before);
  });

  test("that contradicts a fine is refused, and one that does not know it is not", async () => {
    const session = await holding();
    await bring(session, ["SAN-2024-001,CNIL,Exemple SA,2024-01-02,,5000,"]);
    expect((await bring(session, ["SAN-2024-001,CNIL,Exemple SA,2024-01-02,,5000.00,"])).answer).toMatchObject({ unchanged: [ORDER.ref] });
    expect((await bring(session, ["SAN-2024-001,CNIL,Exemple SA,2024-01-02,,6000,"])).wrong).toEqual([[2, "fact-changed"]]);
  });

  test("may say what a correction has made of it", async () => {
    const session = await holding();
    await session.ask(`corrected ${ORDER.ref} --on 2024-05-01 --event registered --set decided=2024-01-01 --because "typed wrongly"`);
    const row = (day: string) => [`SAN-2024-001,CNIL,Exemple SA,${day},,,`];
    expect((await bring(session, row("2024-01-01"))).answer).toMatchObject({ unchanged: [ORDER.ref] });
    expect((await bring(session, row("2024-01-02"))).answer).toMatchObject({ unchanged: [ORDER.ref] });
    expect((await bring(session, row("2023-12-30"))).wrong).toEqual([[2, "fact-changed"]]);
  });
});

describe("rows of one matter", () => {
  test("that say the same are one, under any spelling of the reference", async () => {
    const session = await sessionOfTest();
    const row = "A-1,CNIL,One,2024-01-02,,,";
    const { answer } = await bring(session, [row, row, "A-2,CNIL,Two,2024-01-02,,,"]);
    expect(answer).toMatchObject({ registered: ["A-1", "A-2"], repeated: [{ line: 3, of: 2, key: "CNIL:A-1" }] });
    expect((await bring(session, ["A-3,CNIL,One,2024-01-02,,,", "A 3,CNIL,Other,2024-01-02,,,"])).wrong).toEqual([[3, "csv-twice"]]);
  });

  test("and of a matter file beside it are one too many", async () => {
    const session = await sessionOfTest();
    session.files.set("m.json", JSON.stringify({ matters: [ORDER] }));
    session.files.set("t.csv", `${HEADER}\nSAN-2024-001,CNIL,Exemple SA,2024-01-02,,,\nA-1,CNIL,One,2024-01-02,,,`);
    expect(await session.type(`import m.json t.csv ${MAP}`)).toMatchObject({
      status: 1,
      json: { error: { code: "matter-twice", file: "t.csv", line: 2 } },
    });
    const skipped = await session.ask(`import m.json t.csv ${MAP} --skip-bad`);
    expect(skipped).toMatchObject({ registered: ["SAN-2024-001", "A-1"], skipped: [{ line: 2, code: "matter-twice" }] });
  });

  test("a matter file with a problem stops all, also with --skip-bad", async () => {
    const session = await sessionOfTest();
    session.files.set("m.json", JSON.stringify({ matters: [{ ...ORDER, notified: "2023-01-01" }] }));
    session.files.set("t.csv", `${HEADER}\nA-1,CNIL,One,2024-01-02,,,`);
    expect(await session.type(`import m.json t.csv ${MAP} --skip-bad`)).toMatchObject({ status: 1 });
    expect(await session.ask("list")).toMatchObject({ total: 0 });
  });
});

describe("a rehearsal", () => {
  const ROWS = [
    "SAN-2024-001,CNIL,Exemple SA,2024-01-02,2024-01-09,5000,",
    "A-1,CNIL,One,2024-01-02,,7,",
    "A-2,CNIL,Two,03/04/2024,,,",
    "SAN-2024-001,CNIL,Exemple SA,2024-01-02,2024-01-09,5000,",
  ];

  test("tells field by field what would be registered, updated and refused, and writes nothing at all", async () => {
    const session = await holding();
    const before = await session.head();
    const { status, answer } = await bring(session, ROWS, "--dry-run");
    expect(status).toBe(1);
    expect(answer).toMatchObject({
      dryRun: true,
      registered: ["A-1"],
      updated: [ORDER.ref],
      unchanged: [],
      drafts: [{ ref: "A-1", missing: ["items.order.cure"] }],
      refused: [{ file: "t.csv", line: 4, code: "csv-day-ambiguous" }],
      repeated: [{ line: 5, of: 2 }],
    });
    expect(answer.changes).toEqual([
      {
        ref: ORDER.ref,
        file: "t.csv",
        line: 2,
        change: "updated",
        fields: [
          { field: "fines.f.amount", before: "unknown", after: "5000" },
          { field: "published", before: null, after: "2024-01-09" },
        ],
        events: 0,
      },
      expect.objectContaining({ ref: "A-1", line: 3, change: "registered" }),
    ]);
    expect(answer.changes[1]!.fields).toContainEqual({ field: "fines.fine.amount", before: null, after: "7" });
    expect(answer.changes[1]!.fields).toContainEqual({ field: "items.order", before: null, after: "order" });
    expect(await session.head()).toBe(before);
    expect(await session.store.people.named("me")).toHaveLength(1);
  });

  test("says what the import then does", async () => {
    const session = await holding();
    const rehearsed = await bring(session, ROWS, "--dry-run --skip-bad");
    const done = await bring(session, ROWS, "--skip-bad");
    const { registered, updated, unchanged, drafts } = rehearsed.answer as unknown as Record<string, unknown>;
    expect([rehearsed.status, done.status]).toEqual([0, 0]);
    expect(done.answer).toMatchObject({ registered, updated, unchanged, drafts });
    expect((await bring(session, ROWS, "--dry-run --skip-bad")).answer.changes).toEqual([]);
  });

  test("is there for matter files too, and knows nobody whom the register does not", async () => {
    const session = await sessionOfTest();
    session.files.set("m.json", JSON.stringify({ matters: [{ ...ORDER, events: [{ on: "2024-03-15", type: "complied" }] }] }));
    expect(await session.ask("import m.json --dry-run")).toMatchObject({ registered: [ORDER.ref], changes: [{ events: 1 }], refused: [] });
    expect(await session.ask("list")).toMatchObject({ total: 0 });
    expect(await session.store.people.named("me")).toEqual([]);
  });

  test("is shown to people with what was and what would be", async () => {
    const session = await holding();
    session.files.set("t.csv", [HEADER, ...ROWS].join("\n"));
    const { cards } = await session.type(`import t.csv ${MAP} --dry-run`);
    const shown = JSON.stringify(cards);
    expect(shown).toContain("unknown → 5000");
    expect(shown).toContain("nothing was recorded");
    expect(shown).toContain("can mean two days");
  });
});
