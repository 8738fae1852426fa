import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { ORDER, orderWith } from "../support/given.ts";
import { type Session, sessionOfTest, type Typist } from "../support/session.ts";

const ME = { place: "console:terminal" as Place, person: "console:me" as PersonRef, personName: "me" };
const FRENCH: Typist = { ...ME, language: "fr" };
const REF = ORDER.ref;

interface Answer {
  readonly reviews: readonly object[];
  readonly review: object;
  readonly authorities: readonly { readonly code: string }[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly error: { readonly code: string };
}

async function withOrder(): Promise<Session> {
  const session = await sessionOfTest();
  expect((await session.bring(orderWith({}))).status).toBe(0);
  return session;
}

async function textOf(session: Session, line: string, by: Typist = ME): Promise<string> {
  const { cards } = await session.type(line, by);
  return cards.map((card) => plainText(card)).join("\n");
}

async function refusedWith(session: Session, line: string): Promise<string> {
  const { status, json } = await session.type(line);
  expect(status).not.toBe(0);
  return (json as unknown as Answer).error.code;
}

const NOT_REVIEWED = [
  { subject: "authority", id: "CNIL", by: null, on: null },
  { subject: "rule", id: "cure", by: null, on: null },
];

describe("nothing is reviewed until somebody says so", () => {
  test("why says of the authority and of the rule that no lawyer has reviewed them", async () => {
    const session = await withOrder();
    expect(await session.ask<Answer>(`why ${REF} a`)).toMatchObject({ reviews: NOT_REVIEWED });
    const text = await textOf(session, `why ${REF} a`);
    expect(text).toContain("Rule cure: not reviewed by a lawyer");
    expect(text).toContain("What is known of CNIL: not reviewed by a lawyer");
    expect(await textOf(session, `why ${REF} a`, FRENCH)).toMatch(/Règle cure.: sans relecture par un juriste/);
  });

  test("deadline says so of the rule that it counts by", async () => {
    const session = await sessionOfTest();
    const line = "deadline --from 2024-01-05 --period P2M --rule cure";
    expect(await session.ask<Answer>(line)).not.toHaveProperty("reviews");
    expect(await textOf(session, line)).toContain("Rule cure: not reviewed by a lawyer");
  });

  test("authority says so of itself", async () => {
    const session = await sessionOfTest();
    expect(await session.ask<Answer>("authority CNIL")).toMatchObject({ review: { subject: "authority", id: "CNIL", by: null } });
    expect(await textOf(session, "authority CNIL")).toContain("not reviewed by a lawyer");
  });
});

describe("a review", () => {
  test("is told with who and when wherever the rule counts, and only of what was reviewed", async () => {
    const session = await withOrder();
    await session.ask('reviewed rule cure --by "Me X" --on 2026-01-10');
    const { reviews } = await session.ask<Answer>(`why ${REF} a`);
    expect(reviews).toEqual([NOT_REVIEWED[0], { subject: "rule", id: "cure", by: "Me X", on: "2026-01-10", outdated: false }]);
    expect(await textOf(session, `why ${REF} a`)).toContain("Rule cure: reviewed by Me X on Sat 10 Jan 2026");
    expect(await textOf(session, `why ${REF} a`, FRENCH)).toMatch(/Règle cure.: relecture par Me X le /);
    expect(await textOf(session, "deadline --from 2024-01-05 --period P2M --rule cure")).toContain("reviewed by Me X");
    expect(await session.ask<Answer>("deadline --from 2024-01-05 --period P2M --rule cure")).toMatchObject({
      reviews: [{ id: "cure", by: "Me X" }],
    });
    expect(await textOf(session, "deadline --from 2024-01-05 --period P2M --rule fr-civil")).toContain(
      "Rule fr-civil: not reviewed by a lawyer",
    );
  });

  test("of an authority is told by its code, an alias or in small letters", async () => {
    const session = await sessionOfTest();
    await session.ask('reviewed authority cnil --by "Me X" --on 2026-01-10');
    expect(await session.ask<Answer>("authority CNIL")).toMatchObject({ review: { by: "Me X", on: "2026-01-10", outdated: false } });
  });

  test("stands until a later one is entered, and none is taken back", async () => {
    const session = await sessionOfTest();
    await session.ask('reviewed rule cure --by "Me X" --on 2026-01-10');
    await session.ask('reviewed rule cure --by "Me Y" --on 2026-01-12');
    expect(await textOf(session, "deadline --from 2024-01-05 --period P2M --rule cure")).toContain("reviewed by Me Y");
    expect(await session.store.reviews.all()).toMatchObject([{ by: "Me X" }, { by: "Me Y" }]);
  });

  test("of a text that has changed since says that it has", async () => {
    const session = await sessionOfTest();
    await session.ask('reviewed rule cure --by "Me X" --on 2026-01-10');
    const [kept] = await session.store.reviews.all();
    await session.store.reviews.add({ ...kept!, text: "another" });
    expect(await textOf(session, "deadline --from 2024-01-05 --period P2M --rule cure")).toContain("it has changed since");
  });

  test("is kept for its desk alone", async () => {
    const [one, other] = [await sessionOfTest(), await sessionOfTest()];
    await one.ask('reviewed rule cure --by "Me X" --on 2026-01-10');
    expect(await textOf(other, "deadline --from 2024-01-05 --period P2M --rule cure")).toContain("not reviewed by a lawyer");
  });

  test("is refused of a day to come, of a rule or an authority that is not there, and without a name", async () => {
    const session = await sessionOfTest();
    expect(await refusedWith(session, 'reviewed rule cure --by "Me X" --on 2026-01-16')).toBe("review-in-future");
    expect(await refusedWith(session, 'reviewed rule nowhere --by "Me X" --on 2026-01-10')).toBe("rule-unknown");
    expect(await refusedWith(session, 'reviewed authority nowhere --by "Me X" --on 2026-01-10')).toBe("authority-unknown");
    await refusedWith(session, "reviewed rule cure --on 2026-01-10");
    await refusedWith(session, 'reviewed rule cure --by "  " --on 2026-01-10');
    expect(await session.store.reviews.all()).toEqual([]);
  });
});

describe("authority", () => {
  test("lists them all, a line each", async () => {
    const session = await sessionOfTest();
    const { authorities } = await session.ask<Answer>("authority");
    expect(authorities.map(({ code }) => code)).toEqual(expect.arrayContaining(["CNIL", "DGCCRF", "BKARTA", "CNPD-LU"]));
    expect(await textOf(session, "authority")).toContain("CNIL");
  });

  test("shows each fact with the provision that it was read in, or says that it is not verified", async () => {
    const session = await sessionOfTest();
    const { facts } = await session.ask<Answer>("authority CNIL");
    expect(facts).toMatchObject({ zone: { basis: "read" }, currency: { basis: "read" }, regime: { basis: "read" } });
    const [english, french] = [await textOf(session, "authority CNIL"), await textOf(session, "authority CNIL", FRENCH)];
    expect(english).toContain("Europe/Paris");
    expect(french).not.toBe(english);
  });

  test("refuses one that it does not know", async () => {
    const session = await sessionOfTest();
    expect(await refusedWith(session, "authority nowhere")).toBe("authority-unknown");
  });
});
