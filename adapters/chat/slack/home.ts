import { type Asker, askingOf, type Body, type Room } from "./asker.ts";
import { withOwnChannels } from "./channels.ts";
import { homeView, pageIn } from "./home-pages.ts";
import { mintPlace } from "./places.ts";

/** Somebody opened the App Home; its tab of messages has nothing to be shown on. */
export async function homeOpened(room: Room, asker: Asker, { event }: Body): Promise<void> {
  if (event?.tab !== undefined && event.tab !== "home") return;
  await publishHome(room, asker, pageIn(event?.view?.private_metadata));
}

/**
 * Shows the person's Home as it is now. One after the other for each person, so that what was asked for last stands. That it fails is logged
 * alone: there is no conversation that asked for it, and the next opening shows it.
 */
export async function publishHome(room: Room, asker: Asker, page = 0): Promise<void> {
  const { client, team, user } = asker;
  const key = `${team}/${user}`;
  const before = room.homes.get(key) ?? Promise.resolve();
  const publishing = before.then(async () => {
    try {
      const asking = await askingOf(room, asker);
      const home = await room.host.home({ ...asking, place: mintPlace(team, user) });
      await client.views.publish({
        user_id: user,
        view: homeView({ ...home, cards: home.cards.map((card) => withOwnChannels(card, team)) }, page),
      });
    } catch (err) {
      room.host.log.warn({ err, id: asker.id }, "slack: a person's home could not be shown");
    }
  });
  room.homes.set(key, publishing);
  await publishing;
  if (room.homes.get(key) === publishing) room.homes.delete(key);
}
