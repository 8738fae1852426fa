import { openStore } from "../../../../adapters/store/sql/open.ts";
import type { LiveCards } from "../../../../src/ports/matter-index.ts";
import type { Broken } from "../../clause.ts";
import type { LiveCardsSubject } from "../../live-cards.ts";

function broken(breaks: string, change: (cards: LiveCards) => Partial<LiveCards>): Broken<LiveCardsSubject> {
  return { breaks, of: (subject) => ({ ...subject, cards: { ...subject.cards, ...change(subject.cards) } }) };
}

/** Keepers of live cards that each do one thing wrongly. */
export const brokenLiveCards: readonly Broken<LiveCardsSubject>[] = [
  {
    breaks: "a card is read back as it went in, after a restart too",
    of: (subject) => ({
      ...subject,
      async reopen() {
        await subject.reopen();
        return (await openStore({ url: "sqlite::memory:" })).liveCards;
      },
    }),
  },
  broken("a matter has one card in each place", (cards) => ({
    async put(card) {
      const held = await cards.of([card.stream]);
      if (!held.some(({ place }) => place === card.place)) await cards.put(card);
    },
  })),
  broken("only the matters that were asked for are told, each once", (cards) => ({
    of: async (streams) => (await Promise.all(streams.map((stream) => cards.of([stream])))).flat(),
  })),
  broken("a card that is dropped is gone, and no other", (cards) => ({
    async drop(_place, stream) {
      for (const { place } of await cards.of([stream])) await cards.drop(place, stream);
    },
  })),
];
