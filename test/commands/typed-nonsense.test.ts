import { expect, test } from "vitest";
import { refusalText } from "../../src/cards/findings.ts";
import { given, orderWith, refusalOf } from "../support/given.ts";
import { sessionOfTest } from "../support/session.ts";

const ACCRUE = "accrue --after 2024-02-29 --through 2024-03-31 --currency EUR";

test.each([
  ["--rate 100 --per day --count 3", "count-of-neither"],
  ["--rate 100 --per week --count 3", "count-of-neither"],
  ["--rate 100 --per day --stay 2024-02-01..2024-02-29", "stay-before-after"],
  ["--rate 100 --per day --percent 5", "turnover-only-turnover-day"],
  ["--rate 999999999999999999999 --per day", "amount-large"],
])("accrue %s is refused as %s", async (rest, code) => {
  const session = await sessionOfTest();
  expect(await session.type(`${ACCRUE} ${rest}`)).toMatchObject({ json: { error: { code } } });
});

test("accrue takes a stay that reaches into the delay, and counts of units and of violations", async () => {
  const session = await sessionOfTest();
  expect(await session.ask(`${ACCRUE} --rate 1 --per day --stay 2024-02-01..2024-03-01`)).toMatchObject({ units: 30 });
  expect(await session.ask(`${ACCRUE} --rate 1 --per unit-day --count 3`)).toMatchObject({ units: 93 });
  expect(await session.ask(`${ACCRUE} --rate 1 --per violation --count 3`)).toMatchObject({ units: 3 });
});

const corrected = (set: object) => ({ on: "2024-03-10", type: "corrected", event: "registered", because: "mistyped", set });

test("a correction to a day after its own is refused in true words", () => {
  const refusal = refusalOf(given({}), corrected({ decided: "2025-01-01" }))!;
  expect(refusal).toMatchObject({ refused: "correction-before-day", args: { day: "2025-01-01", on: "2024-03-10" } });
  expect(refusalText("en", refusal)).toContain("Wed 1 Jan 2025 is later than the correction itself, which is of Sun 10 Mar 2024");
});

test.each<[object, string, string]>([
  [{ "items.a.penalty.rate": "-5" }, "Write the amount in quotes", "Écrivez le montant entre guillemets"],
  [{ "items.a.penalty.rate": "9".repeat(19) }, "at most 18 digits before the point", "18 chiffres au plus"],
  [{ "items.b.penalty.rate": "5" }, "there is nothing of that name", "rien ne porte ce nom"],
  [{ kind: "fine" }, "Write one of: notice, sanction, order, judgment", "notice, sanction, order, judgment"],
  [{ "items.a.cure.from": "yesterday" }, "in event registered: ", "Écrivez un jour"],
])("a correction that cannot stand says why: %j", (set, english, french) => {
  const refusal = refusalOf(given({}), corrected(set))!;
  expect(refusal.refused).toBe("correction-invalid");
  expect(refusalText("en", refusal)).toContain(english);
  expect(refusalText("fr", refusal)).toContain(french);
});

test("a correction of an event says why, too", () => {
  const matter = given({}, { on: "2024-03-09", type: "rate-changed", rate: "5", id: "r" });
  const refusal = refusalOf(matter, { ...corrected({ rate: "5,5" }), event: "r" })!;
  expect(refusalText("en", refusal)).toContain("rate cannot be set so in event r: Write the amount in quotes");
});

test("a sum that is too large is said to be, by line and by file", async () => {
  const session = await sessionOfTest();
  const large = "9".repeat(21);
  await session.ask('register CNIL M-1 "Exemple SA" --kind order --decided 2024-01-02 --period P2M --rule cure --rate 5 --per day');
  const { json } = await session.type(`rate-changed M-1 --on 2024-03-10 --rate ${large}`);
  expect(json).toMatchObject({ error: { code: "amount-large", text: expect.stringContaining(`${large} is larger than any sum`) } });
  const item = { id: "a", cure: { period: "P2M" }, penalty: { rate: large, per: "day" } };
  const { codes } = await session.bring({ ref: "M-2", authority: "CNIL", respondent: "Exemple SA", kind: "order", items: [item] });
  expect(codes).toEqual(["amount-large"]);
});

test.each<[object, string]>([
  [{ ref: "F1", follows: "f1" }, "follows-itself"],
  [{ ref: "F1", follows: "CNIL:F1" }, "follows-itself"],
  [{ ref: "F1", fines: [{ id: "fine", amount: "0.00" }] }, "fine-zero"],
])("a file with %j is refused as %s", async (facts, code) => {
  const session = await sessionOfTest();
  const { codes } = await session.bring({ authority: "CNIL", respondent: "Exemple SA", kind: "sanction", ...facts });
  expect(codes).toEqual([code]);
});

test("what led to itself is refused; what bears its number elsewhere is not", () => {
  const referred = { on: "2024-03-10", type: "referred" };
  expect(refusalOf(given({}), { ...referred, to: "san 2024 001" })).toMatchObject({ refused: "referred-to-itself" });
  expect(refusalOf(given({}), { ...referred, to: "CNIL:SAN-2024-001" })).toMatchObject({ refused: "referred-to-itself" });
  for (const to of ["CE:SAN-2024-001", "SAN-2024-001/google-llc"]) expect(refusalOf(given({}), { ...referred, to })).toBeNull();
});

test.each<[object, string]>([
  [orderWith({ cure: { until: "2024-01-04", because: "set" } }), "until-before-notified"],
  [
    orderWith({ penalty: { rate: "100", per: "day", cap: { until: "2024-04-01" }, steps: [{ from: "2024-04-02", rate: "5" }] } }),
    "step-after-cap-until",
  ],
])("%j is taken with the warning %s", async (facts, code) => {
  const session = await sessionOfTest();
  const { answer } = await session.bring(facts);
  expect(answer).toMatchObject({ warnings: [{ code, text: expect.any(String) }] });
});
