import { type App, type Receiver, SocketModeReceiver, type webApi } from "@slack/bolt";
import type { Log } from "../../../src/ports/chat.ts";
import type { Admission } from "./admission.ts";
import { boltLogger } from "./logger.ts";
import { readFirst } from "./socket-frames.ts";
import { unstarted } from "./unstarted.ts";

export interface SocketConfig {
  readonly appToken: string;
  /** How the address of the socket is asked for. */
  readonly clientOptions: webApi.WebClientOptions;
  readonly log: Log;
  readonly admission: Pick<Admission, "admitted">;
}

export interface SocketReceiver extends Receiver {
  /** Whether the socket is open now. */
  isOpen(): boolean;
}

const LONGEST_WAIT = 30_000;

/**
 * Slack's requests over a WebSocket that we open. The client's own reconnection is off: where Slack refuses one attempt it leaves a rejected
 * promise to nobody, which ends the process (@slack/socket-mode 3.1.0, delayReconnectAttempt). Ours tries until it is stopped.
 */
export function socketReceiver({ appToken, clientOptions, log, admission }: SocketConfig): SocketReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: boltLogger(log),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
  });
  readFirst(receiver.client, log);
  let isOpen = false;
  let isStopped = false;
  receiver.client.on("connected", () => {
    isOpen = true;
  });
  receiver.client.on("disconnected", () => {
    isOpen = false;
  });
  // Where the socket does not open the client rejects with nothing, and says what broke only here.
  let at: string | undefined;
  let isBroken = false;
  receiver.client.on("authenticated", ({ url }: { readonly url?: string }) => {
    [at, isBroken] = [hostOf(url), false];
  });
  receiver.client.on("error", () => {
    isBroken = true;
  });
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    try {
      await receiver.client.start();
      failures = 0;
      if (isStopped) await receiver.client.disconnect();
    } catch (error) {
      log.warn({ err: error }, "slack: the socket could not be opened, and will be tried again");
      connectLater();
    }
  }

  function connectLater(): void {
    if (isStopped || timer !== undefined) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        void connect();
      },
      failures === 0 ? 0 : Math.min(LONGEST_WAIT, 250 * 2 ** failures),
    );
    failures += 1;
  }

  /** Why the socket did not open that Slack has named. */
  function unopened(): string {
    if (isBroken) return `Slack names ${at} for the socket, and it does not open. Let this machine connect there.`;
    return "Slack closed the socket at once. Socket Mode must be on in the app's settings, under Socket Mode.";
  }

  return {
    // It calls processEvent, and nothing else of it.
    init: (app) => receiver.init(admission.admitted(app) as App),
    isOpen: () => isOpen,
    async start() {
      try {
        await receiver.client.start();
      } catch (error) {
        throw new Error(`Slack's Socket Mode cannot be used: ${error === undefined ? unopened() : unstarted("app-level", error)}`, {
          cause: error,
        });
      }
      receiver.client.on("disconnected", connectLater);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await receiver.client.disconnect();
    },
  };
}

/** The address holds a ticket: its host alone may be told. */
function hostOf(url: string | undefined): string {
  return URL.parse(url ?? "")?.host ?? "an address that cannot be read";
}
