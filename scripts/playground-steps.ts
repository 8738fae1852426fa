import { join } from "node:path";
import { systemClock } from "../src/time/clock.ts";
import { addDays } from "../src/time/day.ts";
import { dayIn } from "../src/time/instant.ts";
import type { Person } from "./playground-page.ts";

/** What was seen at a step. */
export interface Seen {
  readonly name: string;
  /** The picture, in the folder of the proof; null where none was taken. */
  readonly picture: string | null;
  /** What the picture shows, in a sentence. */
  readonly shows: string;
  /** The beginning of the card's own words, as the page has them. */
  readonly words: string;
}

const CHANNEL = "Enforcement - General";
const MATTER = "SAN-2099-001";

/** Walks from the installation to a thread in a channel, a picture a step; throws at the first that does not come out. */
export async function walked(person: Person, folder: string, tell: (seen: Seen) => void): Promise<void> {
  let number = 0;
  /** Waits for a card with the words, and takes a picture of it. */
  async function shown(name: string, words: RegExp, shows: string, height?: number): Promise<void> {
    number++;
    const picture = `${number}-${name.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase()}.png`;
    const text = await person.card(words);
    await person.picture(join(folder, picture), words, height);
    tell({ name, picture, shows, words: text.slice(0, 200) });
  }

  await person.open("Personal Chat");
  await shown(
    "installed",
    /added Curewatch|Curewatch was added/,
    "The app was installed for a person: who added it, what it does, how to begin and how to stop.",
  );
  await person.say("show SAN-2023-018");
  // The first place that speaks is told at once what it watches and what is due, and the page scrolls to the newest.
  for (const words of [/This is the first place/, /ACT NOW/, /cap was reached/]) await person.card(words);
  await shown("show", /CNIL v. Commune de Kourou/, "`show`: the matter's card with its buttons.");
  await person.say("chart SAN-2023-018");
  await shown("chart", /SAN-2023-018: the penalty over time/, "`chart`: the running total of a penalty, drawn by the client.");

  await person.open(CHANNEL);
  await shown("installed in a team", /added Curewatch|Curewatch was added/, "The app was added to a team: the welcome in its channel.");
  await person.say("watch --weekdays mon-sun --quiet none");
  await shown("watch", /This place watches/, "`watch` after a mention: the channel hears of every matter.");
  // Its time ends the day after tomorrow: the reminder of three days before was due yesterday, whatever hour it is now.
  const notified = addDays(dayIn("Europe/Paris", systemClock.now()), -26);
  const facts = `--kind sanction --decided ${notified} --notified ${notified} --item erase --order "Erase the data" --period P28D --rate 500 --per day`;
  await person.say(`register CNIL ${MATTER} "Playground Example SA" ${facts}`);
  await shown(
    "reminder",
    /Playground Example SA[\s\S]*Acknowledge/,
    "A reminder arrives by itself, as a post of its own, with Acknowledge and Snooze.",
  );
  await person.press(/Playground Example SA[\s\S]*Acknowledge/, "Acknowledge");
  await shown("acknowledged", /acknowledged by @?Alex Wilber/i, "Acknowledge was pressed: the card says who has taken note, and when.");
  await person.say(`extended ${MATTER} --on ${addDays(notified, 26)} --by P14D --because "granted on request"`);
  await person.press(/To be confirmed/, "Record it");
  await shown("thread", /The deadline has moved/, "The deadline moved: that is said under the matter's card, in the thread of its post.");
  await person.say("digest --here");
  await shown("digest", /ACT NOW/, "`digest` in the channel.");
  await person.say("chart SAN-2023-018 --on 2024-03-01 --here");
  await shown(
    "digest and chart",
    /penalty over time/,
    "`chart` as of a day, and under it the digest: the newest post stands first. The digest itself holds no chart.",
    1_900,
  );
}
