import { expect } from "vitest";
import type { Place, PostRef } from "../../src/ports/chat.ts";
import type { LiveCard, LiveCards } from "../../src/ports/matter-index.ts";
import { type Clause, type Closable, contract } from "./clause.ts";
import { HERE, minute, THERE } from "./delivery-fixtures.ts";

export interface LiveCardsSubject extends Closable {
  readonly cards: LiveCards;
  /** Closes them and opens them again. */
  reopen(): Promise<LiveCards>;
}

function card(place: Place, stream: string, changes: Partial<LiveCard> = {}): LiveCard {
  return { place, stream, posted: `${place}/${stream}` as PostRef, shows: "ab12", updatedAt: minute(0), ...changes };
}

async function placesOf(cards: LiveCards, ...streams: readonly string[]): Promise<readonly (readonly string[])[]> {
  return (await cards.of(streams)).map(({ stream, place }) => [stream, place]).toSorted();
}

/** What every keeper of live cards must do: see src/ports/matter-index.ts. */
export const LIVE_CARD_CLAUSES: readonly Clause<LiveCardsSubject>[] = [
  {
    clause: "a card is read back as it went in, after a restart too",
    async run({ cards, reopen }) {
      await cards.put(card(HERE, "alpha"));
      expect(await (await reopen()).of(["alpha"])).toEqual([card(HERE, "alpha")]);
    },
  },
  {
    clause: "a matter has one card in each place",
    async run({ cards }) {
      await cards.put(card(HERE, "alpha"));
      await cards.put(card(THERE, "alpha"));
      await cards.put(card(HERE, "beta"));
      const anew = card(HERE, "alpha", { posted: "anew" as PostRef, shows: "cd34", updatedAt: minute(2) });
      await cards.put(anew);
      expect(await placesOf(cards, "alpha")).toEqual([
        ["alpha", HERE],
        ["alpha", THERE],
      ]);
      expect((await cards.of(["alpha"])).find(({ place }) => place === HERE)).toEqual(anew);
    },
  },
  {
    clause: "only the matters that were asked for are told, each once",
    async run({ cards }) {
      for (const stream of ["alpha", "beta", "gamma"]) await cards.put(card(HERE, stream));
      expect(await cards.of([])).toEqual([]);
      expect(await placesOf(cards, "beta", "nobody", "alpha", "beta")).toEqual([
        ["alpha", HERE],
        ["beta", HERE],
      ]);
    },
  },
  {
    clause: "a card that is dropped is gone, and no other",
    async run({ cards }) {
      await cards.put(card(HERE, "alpha"));
      await cards.put(card(THERE, "alpha"));
      await cards.put(card(HERE, "beta"));
      await cards.drop(HERE, "alpha");
      await cards.drop(HERE, "alpha");
      expect(await placesOf(cards, "alpha", "beta")).toEqual([
        ["alpha", THERE],
        ["beta", HERE],
      ]);
    },
  },
];

/** Declares one test a clause. */
export function liveCardsContract(name: string, open: () => Promise<LiveCardsSubject>): void {
  contract(`the live-cards contract: ${name}`, LIVE_CARD_CLAUSES, open);
}
