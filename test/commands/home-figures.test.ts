import { expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { say } from "../../src/cards/say.ts";
import { homeOf } from "../../src/commands/home.ts";
import type { State } from "../../src/matter/standing-types.ts";
import { type Day, day } from "../../src/time/day.ts";
import { instantOf, millisecondsOf, momentOf } from "../../src/time/instant.ts";
import { story } from "../alerts/story.ts";
import { fc, SEED } from "../support/seeded.ts";
import { type Session, sessionOfTest, type Typist } from "../support/session.ts";
import { ANA } from "./places.ts";

const RUNS = 60;
/** Ana's own conversation: her digest is said there. */
const ALONE: Typist = { ...ANA, place: ANA.person as string as Typist["place"] };

const register = fc.record({
  stories: fc.array(fc.tuple(story, fc.constantFrom("CNIL", "ICO", "OAIC"), fc.boolean()), { minLength: 1, maxLength: 5 }),
  zone: fc.constantFrom("Europe/Paris", "Pacific/Auckland", "America/Los_Angeles"),
  hours: fc.integer({ min: 48, max: 150 * 24 }),
});

async function cardText(session: Session, title: string): Promise<readonly string[]> {
  const { cards } = await homeOf(session.context(ALONE));
  return cards.filter((card) => card.title.startsWith(title)).flatMap((card) => plainText(card).split("\n").slice(1));
}

test(`whatever is registered, home says the sums of the digest, and of each matter what show says (seed ${SEED})`, {
  timeout: 120_000,
}, async () => {
  let [ran, theirs] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.noBias(register), async ({ stories, zone, hours }) => {
      const session = await sessionOfTest();
      const start: Day = day("2024-01-10");
      const refs: string[] = [];
      for (const [index, [{ matter }, authority, isOwn]] of stories.entries()) {
        const { facts, events } = matter;
        // Often enough something has to run.
        const runs = isOwn ? { penalty: { rate: "100", per: "day" } } : {};
        const items = facts.items!.map((item) => ({ ...runs, ...item, cure: { ...item.cure, rule: "cure" } }));
        const owner = isOwn ? [{ on: start, type: "assigned", to: "ana" }] : [];
        const filed = {
          ...facts,
          ...(index === 0 ? { notified: start } : {}),
          ref: `X-${index}`,
          authority,
          items,
          events: [...owner, ...events.map(({ event }) => event)],
        };
        if ((await session.bring(filed)).status === 0 && isOwn) refs.push(`X-${index}`);
      }
      fc.pre(refs.length > 0);
      const now = instantOf(millisecondsOf(momentOf("Europe/Paris", start)) + hours * 3_600_000);
      session.clock.set(now);
      await session.type(`mine --zone ${zone}`, ALONE);
      const digest = plainText((await session.type("digest", ALONE)).cards[0]!).split("\n");
      const accruing = await cardText(session, "What accrues");
      const running = accruing.filter((line) => line.includes(" a day · "));
      expect(digest).toEqual(expect.arrayContaining([...running]));
      expect(digest.filter((line) => line.startsWith("RUNNING in ")).length).toBe(running.length);
      ran += running.length;
      const lines = await cardText(session, "My matters");
      for (const ref of refs) {
        const { state, next } = await session.ask<{ state: State; next: object | null }>(`show ${ref}`, ANA);
        const line = lines.find((one) => one.includes(` ${ref} · `));
        expect(line, ref).toContain(` · ${say("en", `state.${state}`)} · `);
        expect(line!.includes(say("en", "list.nothing-next")), ref).toBe(next === null);
        theirs += 1;
      }
      expect(lines.filter((one) => one.startsWith("- "))).toHaveLength(refs.length);
    }),
    { numRuns: RUNS },
  );
  expect([ran > RUNS / 6, theirs > RUNS], `${ran} sums, ${theirs} matters`).toEqual([true, true]);
});
