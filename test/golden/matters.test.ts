import { beforeAll, expect, test } from "vitest";
import { deskIn, folderOfFile, type Shown } from "../support/cli.ts";

/** The cases of accruals.json as matter files, each imported and asked about through the command line. */
const desk = deskIn(folderOfFile());

const MATTERS = `matters:
  - { ref: KOUROU-1, authority: CNIL, respondent: Commune, kind: sanction, decided: 2023-12-12, notified: 2023-12-18,
      items: [{ id: dpo, cure: { period: P2M, from: notified }, penalty: { rate: "150", per: day } }],
      events: [{ on: 2024-07-22, type: liquidated, from: 2024-02-19, to: 2024-04-04, amount: "6900", ref: SAN-2024-009 }] }
  - { ref: CLEARVIEW-1, authority: cnil, respondent: Company, kind: sanction, decided: 2022-10-17,
      items: [{ id: stop, cure: { until: 2022-12-18, because: the window of the liquidation }, penalty: { rate: "100000", per: day } }],
      events: [{ on: 2023-04-13, type: liquidated, from: 2022-12-19, to: 2023-02-09, amount: "5200000" }] }
  - { ref: EXAMPLE-1, authority: CNIL, respondent: Company, kind: sanction, decided: 2024-01-02, notified: 2024-01-05,
      items: [{ id: comply, cure: { period: P2M, from: notified }, penalty: { rate: "100", per: day } }],
      events: [{ on: 2024-03-15, type: complied }] }
  - { ref: META-1, authority: "Datatilsynet (NO)", respondent: Company, kind: order, decided: 2023-08-07,
      items: [{ id: ban, cure: { until: 2023-08-13, because: decision }, penalty: { rate: "1000000", per: day, cap: { until: 2023-11-03 } } }],
      events:
        [{ on: 2023-11-22, type: liquidated, from: 2023-08-14, to: 2023-11-03, amount: "82000000" },
         { on: 2023-12-31, type: paid, amount: "82000000" },
         { on: 2024-06-18, type: annulled, matter: true }] }
  - { ref: MICROSOFT-1, authority: European Commission, respondent: Company, kind: order, decided: 2005-11-10,
      items: [{ id: terms, cure: { until: 2006-06-20, because: decision }, penalty: { rate: unknown, per: day } }],
      events:
        [{ on: 2007-10-22, type: complied, counted: false },
         { on: 2008-02-27, type: liquidated, from: 2006-06-21, to: 2007-10-21, amount: "899000000", ref: C-2008 },
         { on: 2008-02-27, type: accepted, from: 2007-10-21 },
         { on: 2012-06-27, type: reduced, for: C-2008, to: "860000000" }] }
  - { ref: APPLE-1, authority: ACM, respondent: Company, kind: order, decided: 2021-08-24,
      items: [{ id: pay, cure: { until: 2022-01-15, because: judge }, penalty: { rate: "5000000", per: week, cap: { amount: "50000000" } } }] }
  - { ref: 4CHAN-1, authority: Ofcom, respondent: Company, kind: sanction, decided: 2025-10-13,
      fines: [{ id: fine, amount: "20000" }],
      items: [{ id: information, cure: { until: 2025-10-13, because: decision }, penalty: { rate: "100", per: day, cap: { units: 60 } } }] }
`;

beforeAll(async () => {
  desk.write("cases.yaml", MATTERS);
  await desk.ask("import", "cases.yaml");
});

const EUR = (amount: string) => ({ amount, currency: "EUR" });
const NOK = (amount: string) => ({ amount, currency: "NOK" });
const GBP = (amount: string) => ({ amount, currency: "GBP" });

test.concurrent.each([
  [
    "KOUROU-1",
    "2024-04-04",
    { state: "accruing", expiry: "2024-02-18", firstPenaltyDay: "2024-02-19", units: 46, theoretical: EUR("6900.00") },
  ],
  ["KOUROU-1", "2024-07-22", { state: "accruing", units: 155, fixed: EUR("6900.00"), open: EUR("16350.00"), warnings: [] }],
  ["CLEARVIEW-1", "2023-02-09", { units: 53, theoretical: EUR("5300000.00"), fixed: EUR("0.00"), warnings: [] }],
  [
    "CLEARVIEW-1",
    "2023-04-13",
    { fixed: EUR("5200000.00"), warnings: [expect.objectContaining({ code: "window-mismatch", counted: 53, implied: 52 })] },
  ],
  ["EXAMPLE-1", "2024-06-01", { state: "claimed", units: 10, theoretical: EUR("1000.00"), conditional: true }],
  ["META-1", "2023-11-03", { state: "capped", units: 82, theoretical: NOK("82000000.00"), capReached: "2023-11-03" }],
  [
    "META-1",
    "2024-01-10",
    { state: "lapsed", fixed: NOK("82000000.00"), paid: NOK("82000000.00"), refundDue: NOK("0.00"), open: NOK("0.00") },
  ],
  [
    "META-1",
    "2024-06-18",
    { state: "annulled", theoretical: NOK("0.00"), fixed: NOK("0.00"), paid: NOK("82000000.00"), refundDue: NOK("82000000.00") },
  ],
  ["MICROSOFT-1", "2008-02-27", { state: "complied", units: 488, theoretical: null, fixed: EUR("899000000.00") }],
  ["MICROSOFT-1", "2012-06-27", { state: "complied", units: 488, theoretical: null, fixed: EUR("860000000.00") }],
  ["APPLE-1", "2022-02-21", { state: "accruing", units: 5, theoretical: EUR("25000000.00"), capReached: null }],
  ["APPLE-1", "2022-02-28", { state: "accruing", units: 6, theoretical: EUR("30000000.00"), capReached: null }],
  ["APPLE-1", "2022-03-28", { state: "capped", units: 10, theoretical: EUR("50000000.00"), capReached: "2022-03-26" }],
  ["APPLE-1", "2022-06-01", { state: "capped", units: 10, theoretical: EUR("50000000.00"), capReached: "2022-03-26" }],
  ["4CHAN-1", "2025-12-12", { state: "capped", units: 60, theoretical: GBP("6000.00"), capReached: "2025-12-12" }],
] as const)("%s on %s stands where the case says", async (ref, on, item) => {
  const shown = await desk.ask("show", ref, "--on", on);
  expect(shown.items).toHaveLength(1);
  expect(shown.items[0]).toMatchObject(item);
});

test("a fine beside a daily penalty is a sum of its own", async () => {
  const { fines, totals } = await desk.ask<Shown>("show", "4CHAN-1", "--on", "2025-12-12");
  expect(fines).toMatchObject([{ id: "fine", amount: GBP("20000.00"), paid: GBP("0.00") }]);
  expect(totals).toEqual([{ currency: "GBP", theoretical: "6000.00", fixed: "0.00", paid: "0.00", fines: "20000.00" }]);
});
