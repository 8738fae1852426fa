import type { SocketModeReceiver } from "@slack/bolt";
import type { Log } from "../../../src/ports/chat.ts";
import { heldBack } from "./held-back.ts";

type Client = SocketModeReceiver["client"];

/** A message over the socket as far as it is read; any part may be missing or something else. */
interface Frame {
  readonly type?: unknown;
  readonly envelope_id?: unknown;
  readonly payload?: unknown;
}

/**
 * Reads what comes over the socket before the client does. The client reads parts of it without asking whether they are there, in a promise that it
 * leaves to nobody: Slack's app_rate_limited, which holds no event, would end the process (@slack/socket-mode 3.1.0, onWebSocketMessage).
 * What cannot be read is acknowledged, told of in a line without its contents, and dropped.
 */
export function readFirst(client: Client, log: Log): void {
  const listeners = client.listeners("ws_message") as ((data: unknown, isBinary: boolean) => unknown)[];
  client.removeAllListeners("ws_message");
  client.on("ws_message", (data: unknown, isBinary: boolean) => {
    const taken = isBinary ? undefined : read(data);
    const work = isReadable(taken) ? Promise.all(listeners.map(async (listen) => listen(data, isBinary))) : drop(taken);
    work.catch((err: unknown) => log.error({ err }, "slack: a message over the socket could not be handled"));
  });

  async function drop(frame: Frame | undefined): Promise<void> {
    if (!heldBack(frame?.payload, log))
      log.warn({ type: nameOf(frame?.type) }, "slack: a message over the socket held nothing that can be read, and was dropped");
    if (typeof frame?.envelope_id === "string") await acknowledge(frame.envelope_id);
  }

  /** As the client does it: the method is its own. */
  async function acknowledge(envelope: string): Promise<void> {
    await (client as unknown as { send(envelope: string): Promise<void> }).send(envelope);
  }
}

/** Undefined where it is no object of JSON. */
function read(data: unknown): Frame | undefined {
  try {
    const frame: unknown = JSON.parse(typeof data === "string" ? data : new TextDecoder().decode(data as ArrayBuffer));
    return isObject(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}

/** Whether everything is there that the client and Bolt read of it. */
function isReadable(frame: Frame | undefined): boolean {
  if (frame === undefined) return false;
  const { type, payload } = frame;
  if (type === "hello" || type === "disconnect") return true;
  if (typeof type !== "string" || !isObject(payload)) return false;
  return type !== "events_api" || (isObject(payload.event) && typeof payload.event.type === "string");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The kind of a message, where it is a word as Slack's are. */
function nameOf(type: unknown): string {
  return typeof type === "string" && /^[a-z_]{1,40}$/.test(type) ? type : "unknown";
}
