import { CHAT } from "../../adapters/index.ts";
import { say } from "../cards/say.ts";
import type { Matter } from "../matter/history.ts";
import { sees, visibilityOf } from "../matter/sight.ts";
import type { ChatAdapter, ChatHost, Log, Place } from "../ports/chat.ts";
import { stopwatch } from "../time/clock.ts";
import type { Language } from "../time/wording.ts";
import type { Desk } from "./answer.ts";
import type { Config, WatchSettings } from "./config.ts";
import { deskNameOf, HOUSE_DESK } from "./desk-names.ts";
import { entranceOf } from "./desk-scope.ts";
import { openDesks } from "./desks.ts";
import { openDoor } from "./door.ts";
import { type FeedDesk, serveFeeds } from "./feed.ts";
import { openWeb, type Web } from "./http.ts";
import { startLoop } from "./loop.ts";
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
    const desks = openDesks(desk, adapters, () => watch);
    const means = options.means ?? { stopwatch, fetch };
    watch = await openWatch(desk, adapters, options.watch ?? UNWATCHED, web, means, desks.inView);
    begun.push(watch);
    serveFeeds(web, () => [desk, ...desks.inView()].map(feedDeskOf));
    const house = houseOf(desk, adapters);
    const door = openDoor(house, null);
    const { follow: workspacesChanged } = desks;
    for (const adapter of adapters) {
      const { name } = adapter;
      const heardTime = (platform: Parameters<ChatHost["heardTime"]>[0]) => watch.heardTime(name, platform);
      begun.push(adapter);
      await adapter.start({
        clock,
        log,
        state: store.state(name),
        route: web.route,
        heardTime,
        workspacesChanged,
        ...entranceOf(adapter, door, desks, language),
      });
      log.info({ adapter: name }, "connected");
    }
    const address = await listening(web, options, language);
    begun.push(desks);
    await desks.begin();
    begun.push(startLoop(house, house.running.adapters, watch));
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

/** The desk of the terminal and of the platforms that reach one workspace; what is configured for a workspace's place is said at its own desk. */
function houseOf(desk: Desk, adapters: readonly ChatAdapter[]): Desk {
  const owned = (place: Place | null) => (place !== null && deskNameOf(adapters, place) === HOUSE_DESK ? place : null);
  desk.running.adapters = adapters.filter(({ workspaces }) => workspaces === undefined);
  return { ...desk, operations: owned(desk.operations), canary: owned(desk.canary) };
}

/**
 * What the maker of a feed may see now, but for restricted matters: whoever has the address reads them without a name, and they are for people
 * who are let in by name.
 */
function feedDeskOf({ store, clock, register, sights }: Pick<Desk, "store" | "clock" | "register" | "sights">): FeedDesk {
  return {
    store,
    clock,
    async visible(person) {
      const { sight } = await sights.ofPerson(person);
      const isShown = (matter: Matter) => sees(sight, matter) && visibilityOf(matter) !== "restricted";
      return { matters: (await register.all()).filter(isShown), amounts: sight.amounts };
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
