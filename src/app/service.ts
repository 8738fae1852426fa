import { CHAT } from "../../adapters/index.ts";
import { gathered } from "../alerts/gathered.ts";
import { say } from "../cards/say.ts";
import type { Matter } from "../matter/history.ts";
import { sees, visibilityOf } from "../matter/sight.ts";
import type { ChatAdapter, ChatHost, Log, PersonRef, Place } from "../ports/chat.ts";
import { stopwatch } from "../time/clock.ts";
import type { Language } from "../time/wording.ts";
import type { Desk } from "./answer.ts";
import { type Belonging, openBelonging } from "./belonging.ts";
import type { Config, WatchSettings } from "./config.ts";
import { HOUSE_DESK } from "./desk-names.ts";
import { entranceOf } from "./desk-scope.ts";
import { openDesks, serveAs } from "./desks.ts";
import { openDoor } from "./door.ts";
import { type FeedDesk, serveFeeds } from "./feed.ts";
import { openWeb, type Web } from "./http.ts";
import { startLoop } from "./loop.ts";
import type { DeskInView } from "./vitals.ts";
import { type Means, openWatch, type Watch } from "./watch.ts";

/** What runs until it is told to stop. */
export interface Service {
  readonly adapters: readonly ChatAdapter[];
  /** Where HTTP is served; null where nothing needs it. */
  readonly address: string | null;
  /** Nothing new is begun; what is under way is finished. What is left is due still and is said after the next start. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly host: string;
  readonly port: number;
  /** How it is watched from outside; by nobody but this machine where it is absent. */
  readonly watch?: WatchSettings;
  readonly means?: Means;
}

const UNWATCHED: WatchSettings = { metricsToken: null, heartbeat: null };

/** The adapters that the configuration asks for. */
export async function configuredAdapters({ slack, teams }: Config): Promise<readonly ChatAdapter[]> {
  const adapters: ChatAdapter[] = [];
  if (slack !== null) adapters.push(await CHAT.slack(slack));
  if (teams !== null) adapters.push(await CHAT.teams(teams));
  return adapters;
}

/** Connects the adapters, answers their commands, and delivers what is due. */
export async function startService(desk: Desk, adapters: readonly ChatAdapter[], options: ServiceOptions): Promise<Service> {
  const { clock, log, store, language } = desk;
  const web = openWeb(log);
  const begun: Stoppable[] = [{ stop: () => web.close() }];
  try {
    let watch: Watch;
    const belonging = openBelonging(store.members, adapters);
    await belonging.refresh();
    const desks = openDesks(desk, adapters, belonging, () => watch);
    const means = options.means ?? { stopwatch, fetch };
    const house = { ...desk, canary: desk.configured.canary };
    watch = await openWatch(house, adapters, options.watch ?? UNWATCHED, web, means, desks.inView, belonging.ofPlace);
    serveAs(HOUSE_DESK, desk, adapters, belonging);
    begun.push(watch);
    serveFeeds(web, () => [desk, ...desks.inView()].map((one) => feedDeskOf(one, belonging)));
    const door = openDoor(desk, null);
    const { follow: workspacesChanged } = desks;
    // Whichever desk the place is of: the others have seen nothing of it.
    const audienceChanged = (place: Place) => {
      for (const { sights } of [desk, ...desks.inView()]) sights.changed(place);
    };
    for (const adapter of adapters) {
      const { name } = adapter;
      const named = namedOf(name, desk);
      const heardTime = (platform: Parameters<ChatHost["heardTime"]>[0]) => watch.heardTime(name, platform);
      begun.push(adapter);
      await adapter.start({
        clock,
        log,
        named,
        state: store.state(name),
        route: web.route,
        heardTime,
        workspacesChanged,
        audienceChanged,
        ...entranceOf(adapter, { desk, door, desks, belonging }),
      });
      log.info({ adapter: name }, "connected");
    }
    const address = await listening(web, options, language);
    begun.push(desks);
    await desks.begin();
    begun.push(startLoop(desk, desk.running.adapters, watch));
    return {
      adapters,
      address,
      stop() {
        watch.stopping();
        return stopAll(begun, log);
      },
    };
  } catch (error) {
    // What is connected already would go on answering in a program that has failed.
    await stopAll(begun, log);
    throw error;
  }
}

function namedOf(adapter: string, { configured }: Desk): NonNullable<ChatHost["named"]> {
  const all = [configured.canary, configured.operations, ...configured.admins];
  return all.flatMap((one) => (one?.startsWith(`${adapter}:`) === true ? [one] : []));
}

/**
 * What the maker of a feed may see now, but for restricted matters: whoever has the address reads them without a name, and they are for people
 * who are let in by name.
 */
function feedDeskOf(desk: DeskInView, belonging: Belonging): FeedDesk {
  const { name = HOUSE_DESK, store, clock, register, sights } = desk;

  /** Of this desk, or given a role at it by name; whoever made it at the terminal has the database. */
  async function isServed(person: PersonRef): Promise<boolean> {
    await belonging.refresh();
    if (person.startsWith("console:") || belonging.ofPerson(person) === name) return true;
    const id = await store.people.known(person);
    return ((id === null ? undefined : (await store.access.roles()).get(id)) ?? "none") !== "none";
  }

  return {
    store,
    clock,
    async visible(person) {
      if (!(await isServed(person))) return null;
      const { sight } = await sights.ofPerson(person);
      const isShown = (matter: Matter) => sees(sight, matter) && visibilityOf(matter) !== "restricted";
      return { matters: await gathered(register.each(), (some) => some.filter(isShown)), amounts: sight.amounts };
    },
  };
}

interface Stoppable {
  stop(): Promise<void>;
}

/** The last begun first; one that cannot be stopped does not keep the others going. */
async function stopAll(begun: readonly Stoppable[], log: Log): Promise<void> {
  for (const one of begun.toReversed()) {
    try {
      await one.stop();
    } catch (error) {
      log.error({ error: error instanceof Error ? error.stack : String(error) }, "something could not be stopped");
    }
  }
}

async function listening(web: Web, { host, port }: { host: string; port: number }, language: Language): Promise<string | null> {
  try {
    return await web.listen(host, port);
  } catch (error) {
    throw new Error(say(language, "start.listen", { host, port: String(port), detail: (error as Error).message }), { cause: error });
  }
}
