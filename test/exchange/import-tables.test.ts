import { describe, expect, test } from "vitest";
import { PRESETS } from "../../src/exchange/presets.ts";
import { authorityOf } from "../../src/law/catalogue.ts";
import { type Imported, type Session, sessionOfTest } from "../support/session.ts";

const LINK = "https://www.legifrance.gouv.fr/cnil/id/CNILTEXT000046444859";

interface Answer extends Imported {
  readonly skipped?: readonly { readonly line: number; readonly code: string; readonly text: string }[];
  readonly repeated?: readonly { readonly line: number; readonly of: number }[];
}

async function bring(session: Session, text: string, options: string) {
  session.files.set("t.csv", text);
  const { status, json } = await session.type(`import t.csv ${options}`);
  const answer = json as Answer;
  const wrong = (answer.error?.problems ?? []) as unknown as readonly { line: number; column?: string; code: string }[];
  return { status, answer, wrong: wrong.map(({ line, column, code }) => [line, column ?? null, code]) };
}

async function facts(session: Session): Promise<readonly Record<string, unknown>[]> {
  return (await session.ask<{ matters: Record<string, unknown>[] }>("export --format json")).matters;
}

describe("presets", () => {
  test("say where they were read, and name authorities of the catalogue", () => {
    for (const { id, sources, read, authorities = {} } of PRESETS) {
      expect(read, id).not.toBe("");
      if (id !== "curewatch") expect(sources.length, id).toBeGreaterThan(0);
      for (const code of Object.values(authorities)) expect(authorityOf(code)?.code, code).toBe(code);
    }
  });

  test("cnil: French days and outcomes in words become drafts without a clock", async () => {
    const session = await sessionOfTest();
    const { status, answer } = await bring(
      session,
      [
        "Date;Type d’organisme;Manquements principaux / Thèmes;Décision adoptée;Lien",
        `17/10/2022;Société de reconnaissance faciale;Absence de base légale;Amende de 20 millions d'euros et injonction sous astreinte de 100 000 euros par jour;${LINK}`,
        "8 janvier 2026;Association;Sécurité;Amende administrative de 15 000 euros (SAN-2026-001);",
      ].join("\n"),
      "--preset cnil",
    );
    expect([status, answer]).toMatchObject([0, { registered: ["CNILTEXT000046444859", "SAN-2026-001"] }]);
    expect(answer.drafts).toEqual([{ ref: "CNILTEXT000046444859", missing: ["items.order.cure"] }]);
    expect(await facts(session)).toEqual([
      {
        ref: "CNILTEXT000046444859",
        authority: "CNIL",
        respondent: "Société de reconnaissance faciale",
        kind: "sanction",
        title: "Absence de base légale",
        decided: "2022-10-17",
        links: [LINK],
        fines: [{ id: "fine", amount: "20000000" }],
        items: [{ id: "order", order: "Amende de 20 millions d'euros et injonction sous astreinte de 100 000 euros par jour" }],
      },
      expect.objectContaining({ ref: "SAN-2026-001", decided: "2026-01-08", fines: [{ id: "fine", amount: "15000" }] }),
    ]);
    expect((await facts(session))[1]).not.toHaveProperty("items");
  });

  test("gdprhub: the fields of the box", async () => {
    const session = await sessionOfTest();
    const { answer } = await bring(
      session,
      [
        "DPA_With_Country,Case_Number_Name,Date_Decided,Date_Published,Fine,Currency,Party_Name_1,Party_Name_2,Original_Source_Link_1,Appeal_To_Status",
        `CNIL (France),SAN-2022-019,17.10.2022,20.10.2022,"20,000,000 EUR",EUR,Clearview AI,,${LINK},Unknown`,
        'ICO (United Kingdom),Clearview,18.05.2022,,"7,552,800",GBP,Clearview AI,n/a,,Appealed',
      ].join("\n"),
      "--preset gdprhub",
    );
    expect(answer).toMatchObject({ registered: ["SAN-2022-019", "Clearview"], drafts: [{ missing: ["items.order.cure"] }, {}] });
    expect(await facts(session)).toMatchObject([
      { decided: "2022-10-17", published: "2022-10-20", links: [LINK], fines: [{ amount: "20000000" }], respondent: "Clearview AI" },
      { authority: "ICO", fines: [{ amount: "7552800" }] },
    ]);
  });

  test("enforcement-tracker: a sum that was converted to euros, or is told in words, is not known", async () => {
    const session = await sessionOfTest();
    await bring(
      session,
      [
        "ETid,Country,Authority,Date of Decision,Fine [€],Controller/Processor,Quoted Art.,Type,Source",
        'ETid-1,FRANCE,French Data Protection Authority (CNIL),2019-01-21,"50,000,000",Google Inc.,Art. 13 GDPR,Insufficient legal basis,link',
        'ETid-2,NORWAY,Norwegian Supervisory Authority (Datatilsynet),2019-04-29,"203,000",Oslo,Art. 32 GDPR,Security,link',
        "ETid-3,AUSTRIA,Austrian Data Protection Authority (dsb),Unknown,Fine in three-digit amount,Private person,Art. 5 GDPR,CCTV,link",
        "ETid-4,UNITED KINGDOM,Information Commissioner (ICO),2019-07-08,Only intention to issue fine,British Airways,Art. 32 GDPR,Security,link",
      ].join("\n"),
      "--preset enforcement-tracker",
    );
    const [google, oslo, austria, airways] = await facts(session);
    expect(google).toMatchObject({
      ref: "ETid-1",
      decided: "2019-01-21",
      fines: [{ amount: "50000000" }],
      title: "Insufficient legal basis",
    });
    expect(oslo).toMatchObject({ authority: "DATATILSYNET-NO", fines: [{ amount: "unknown" }] });
    expect(austria).toMatchObject({ fines: [{ amount: "unknown" }] });
    expect(austria).not.toHaveProperty("decided");
    expect(airways).not.toHaveProperty("fines");
    expect(google).not.toHaveProperty("links");
  });
});

describe("a row that cannot be read is told with its line and its column", () => {
  const TABLE = [
    "No,Body,Company,Day,Sum",
    "A-1,CNIL,One,2024-01-02,1.234",
    "A-2,CNIL,Two,03/04/2024,5",
    "A-3,Nobody,Three,2024-01-02,5",
    "A-4,CNIL,Four,2024-01-02,5,6",
    ",CNIL,Five,2024-01-02,5",
    "A-6,CNIL,,2024-01-02,5",
    "A-7,CNIL,Seven,2024-01-02,5",
    "A-8,CNIL,Eight,2199-01-01,5",
  ].join("\n");
  const MAP = "--map No=ref --map Body=authority --map Company=respondent --map Day=decided --map Sum=fine --set kind=sanction";
  const WRONG = [
    [2, "Sum", "csv-amount-ambiguous"],
    [3, "Day", "csv-day-ambiguous"],
    [4, "Body", "csv-authority"],
    [5, null, "csv-cells"],
    [6, "ref", "csv-no-ref"],
    [7, "Company", "required"],
    [9, "Day", "day-in-future"],
  ];

  test("all of them at once, and nothing is recorded", async () => {
    const session = await sessionOfTest();
    const before = await session.head();
    const { status, wrong } = await bring(session, TABLE, MAP);
    expect([status, wrong]).toEqual([1, WRONG]);
    expect(await session.head()).toBe(before);
  });

  test("with --skip-bad each is listed, and the others are recorded", async () => {
    const session = await sessionOfTest();
    const { status, answer } = await bring(session, TABLE, `${MAP} --skip-bad`);
    expect([status, answer.registered]).toEqual([0, ["A-7"]]);
    expect(answer.skipped!.map(({ line, code }) => [line, code])).toEqual(WRONG.map(([line, , code]) => [line, code]));
  });

  test("a form that is declared settles what it means", async () => {
    const session = await sessionOfTest();
    const { answer } = await bring(session, TABLE, `${MAP} --days dmy --amounts point --skip-bad`);
    expect(answer.registered).toEqual(["A-1", "A-2", "A-7"]);
    expect(await facts(session)).toMatchObject([{ fines: [{ amount: "1234" }] }, { decided: "2024-04-03" }, {}]);
  });

  test.each([
    ["a column that is not there", `${MAP} --map Nowhere=title`, "csv-columns-missing", 1],
    ["a field of a clock", "--map Day=notified", "csv-field-clock", 2],
    ["a field that there is not", "--map Day=dated", "value-invalid", 2],
    ["a pair that is none", "--map Day", "value-invalid", 2],
    ["an authority that there is not", "--map No=ref --authority X=NOWHERE", "value-invalid", 2],
  ])("%s stops all, --skip-bad or not", async (_name, options, code, expected) => {
    const session = await sessionOfTest();
    const { status, answer } = await bring(session, TABLE, `${options} --skip-bad`);
    expect([status, answer.error?.code]).toEqual([expected, code]);
  });

  test("of several parties none is chosen, until a line says which", async () => {
    const table = "DPA_With_Country,Case_Number_Name,Party_Name_1,Party_Name_2\nCNIL (France),A-1,Somebody,Company SA";
    const session = await sessionOfTest();
    expect((await bring(session, table, "--preset gdprhub")).wrong).toEqual([[2, "Party_Name_2", "csv-parties"]]);
    await bring(session, table, "--preset gdprhub --map Party_Name_2=respondent");
    expect(await facts(session)).toMatchObject([{ respondent: "Company SA" }]);
  });

  test("a name that several authorities bear is none of them", async () => {
    const table = "DPA,Case_Number_Name,Party_Name_1\nDatatilsynet,A-1,Company";
    const session = await sessionOfTest();
    expect((await bring(session, table, "--preset gdprhub")).wrong).toEqual([[2, "DPA", "csv-authority-several"]]);
    const { answer } = await bring(session, table, "--preset gdprhub --authority Datatilsynet=DATATILSYNET-NO");
    expect(answer.registered).toEqual(["A-1"]);
  });
});
