import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type SlackAdapter, slackAdapter } from "../../adapters/chat/slack/slack.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import { openDesk } from "../../src/app/answer.ts";
import { startService } from "../../src/app/service.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { systemClock } from "../../src/time/clock.ts";
import { type KeptLog, keptLog } from "../app/kept-log.ts";
import { httpDoor } from "../fakes/slack-platform/doors.ts";
import { pressedButton, type SlackPerson, slackPerson } from "../fakes/slack-platform/person.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  SIGNING_SECRET,
  type SlackPlatform,
  seen,
  slackPlatform,
} from "../fakes/slack-platform/slack-platform.ts";
import { folderOfTest } from "../support/cli.ts";

export const ALPHA = "T0ALPHA";
export const BETA = "T0BETA";

export interface TwoWorkspaces {
  readonly platform: SlackPlatform;
  readonly adapter: SlackAdapter;
  readonly store: Store;
  readonly log: KeptLog;
  readonly file: string;
  readonly url: string;
  /** Who works in which. */
  readonly people: Readonly<Record<typeof ALPHA | typeof BETA, SlackPerson>>;
  /** Installs the app by its pages. */
  install(team: string): Promise<void>;
  /** A button with that command in it is pressed, which somebody of the workspace came by; what they see. */
  press(team: typeof ALPHA | typeof BETA, command: string): Promise<string>;
  /** What Slack tells of by an event. */
  tell(event: object): Promise<void>;
  /** One matter of the same number in each, which the other must never read of: ALPHA's respondent is Aardvark, BETA's is Bumblebee. */
  register(): Promise<void>;
}

/** The whole process, but for its signals, over a register file, before a Slack with two workspaces. */
export async function twoWorkspaces(options: { readonly operations?: Place } = {}): Promise<TwoWorkspaces> {
  const platform = await slackPlatform({
    workspaces: [
      { team: ALPHA, name: "Alpha" },
      { team: BETA, name: "Beta" },
    ],
  });
  const file = join(folderOfTest(), "register.db");
  const store = await openStore({ url: `sqlite:${file}` });
  const log = keptLog();
  const desk = openDesk(store, { clock: systemClock, log, language: "en", zone: "Europe/Paris", operations: options.operations ?? null });
  const adapter = slackAdapter({
    ...{ mode: "http", signingSecret: SIGNING_SECRET, apiUrl: platform.apiUrl, timeoutMilliseconds: 2_000, pauseMilliseconds: 0 },
    oauth: {
      ...{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, secretKey: "s".repeat(32) },
      redirectUri: "http://127.0.0.1/slack/oauth_redirect",
    },
  });
  const service = await startService(desk, [adapter], { host: "127.0.0.1", port: 0 });
  const url = service.address!;
  onTestFinished(async () => {
    await service.stop();
    await store.close();
    await platform.close();
  });
  const door = httpDoor(
    () => url,
    () => ({ now: systemClock.now() }),
  );
  const personOf = (team: string) => {
    const [rest, name] = [team.slice(1), team.toLowerCase()];
    const origin = { team, user: `U${rest}`, userName: name, channel: `C${rest}`, channelName: name };
    return slackPerson({ platform, door, settled: () => adapter.idle(), origin });
  };
  const people = { [ALPHA]: personOf(ALPHA), [BETA]: personOf(BETA) };

  return {
    ...{ platform, adapter, store, log, file, url, people },
    async install(team) {
      platform.consent({ team });
      const first = await fetch(`${url}/slack/install`, { redirect: "manual" });
      const consented = await fetch(first.headers.get("location")!, { redirect: "manual" });
      const { pathname, search } = new URL(consented.headers.get("location")!);
      const cookie = first.headers.get("set-cookie")!.split(";")[0]!;
      const page = await fetch(`${url}${pathname}${search}`, { headers: { cookie } });
      if (page.status !== 200) throw new Error(await page.text());
    },
    async press(team, command) {
      const { origin } = people[team];
      const before = platform.messages(origin.channel, origin.user);
      const url = platform.responseUrl(origin.channel, origin.user);
      const button = { action_id: "command/0", value: command };
      await door("interactive", pressedButton(button, platform.trigger(origin.user), url, origin));
      await adapter.idle();
      const after = platform.messages(origin.channel, origin.user).filter((message) => !before.includes(message));
      return after.map(seen).join("\n");
    },
    async tell(event) {
      const { status } = await door("events_api", event);
      if (status !== 200) throw new Error(`answered ${status}`);
    },
    async register() {
      const facts = "--kind order --decided 2020-01-02 --notified 2020-01-03 --period P2M --item work --rate 100 --per day";
      await people[ALPHA].types(`register CNIL SAN-2020-001 "Aardvark Ltd" ${facts}`);
      await people[BETA].types(`register CNIL SAN-2020-001 "Bumblebee Ltd" ${facts}`);
      // Both take notes, which a desk does once it has turned them on.
      for (const team of [ALPHA, BETA])
        await (await store.desk(`slack-${team.toLowerCase()}`)).access.setPolicy({ notes: true }, "p1", systemClock.now());
    },
  };
}
