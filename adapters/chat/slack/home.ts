import { sayWords } from "./answer.ts";
import { type Asker, askingOf, type Body, type Room } from "./asker.ts";
import { wordsFor } from "./asker-words.ts";
import { withOwnChannels } from "./channels.ts";
import { plain } from "./form-field.ts";
import { homeView, pageIn } from "./home-pages.ts";
import { RESULT_CALLBACK, sentence } from "./modal-view.ts";
import { mintPlace } from "./places.ts";

/** Somebody opened the App Home; its tab of messages has nothing to be shown on. Where that fails, the next opening shows it. */
export async function homeOpened(room: Room, asker: Asker, { event }: Body): Promise<void> {
  if (event?.tab !== undefined && event.tab !== "home") return;
  await published(room, asker, pageIn(event?.view?.private_metadata));
}

/**
 * Shows the person's Home as it is now, or another page of it, and tells them where that fails: else they would take what stands there for what they
 * asked for. In a modal, since they look at the Home, and by direct message where none opens.
 */
export async function publishHome(room: Room, asker: Asker, page = 0): Promise<void> {
  const failed = await published(room, asker, page);
  if (failed === null) return;
  const words = await wordsFor(room, asker);
  const text = words.unturned(failed.error, asker.id);
  if (!(await opensSaying(asker, text))) await sayWords(room, asker, () => text);
}

async function opensSaying({ client, trigger }: Asker, text: string): Promise<boolean> {
  if (trigger === undefined) return false;
  const view = { type: "modal", callback_id: RESULT_CALLBACK, title: plain("Curewatch", 24), blocks: sentence(text) } as const;
  try {
    await client.views.open({ trigger_id: trigger, view });
    return true;
  } catch {
    return false;
  }
}

/** One after the other for each person, so that what was asked for last stands. What it failed with, if it did; it is logged. */
async function published(room: Room, asker: Asker, page: number): Promise<{ readonly error: unknown } | null> {
  const { client, team, user } = asker;
  const key = `${team}/${user}`;
  const before = room.homes.get(key) ?? Promise.resolve();
  let failed: { readonly error: unknown } | null = null;
  const publishing = before.then(async () => {
    try {
      const asking = await askingOf(room, asker);
      const home = await room.host.home({ ...asking, place: mintPlace(team, user) });
      await client.views.publish({
        user_id: user,
        view: homeView({ ...home, cards: home.cards.map((card) => withOwnChannels(card, team)) }, page),
      });
    } catch (error) {
      failed = { error };
      room.host.log.warn({ err: error, id: asker.id }, "slack: a person's home could not be shown");
    }
  });
  room.homes.set(key, publishing);
  await publishing;
  if (room.homes.get(key) === publishing) room.homes.delete(key);
  return failed;
}
