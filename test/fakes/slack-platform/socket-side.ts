import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { acceptSocket, type SocketPeer } from "./socket-server.ts";

/** Slack's end of Socket Mode: connections of the app, and envelopes to it. */
export interface SocketSide {
  accept(request: IncomingMessage, socket: Duplex): void;
  readonly connections: number;
  /** Closes them all, as Slack does when it recycles a machine. */
  drop(): void;
  /** Sends an envelope and waits until it is acknowledged; the payload of the acknowledgement. */
  deliver(type: string, payload: object | null | undefined, retry?: number): Promise<unknown>;
  /** Sends anything at all, to every connection. */
  say(frame: unknown): void;
}

export function socketSide(mint: () => string): SocketSide {
  const acknowledged = new Map<string, (payload: unknown) => void>();
  const peers = new Set<SocketPeer>();

  function hear(message: object): void {
    const { envelope_id, payload } = message as { readonly envelope_id: string; readonly payload?: unknown };
    acknowledged.get(envelope_id)?.(payload);
    acknowledged.delete(envelope_id);
  }

  return {
    accept(request, socket) {
      const peer = acceptSocket(request, socket, hear, () => peers.delete(peer));
      peers.add(peer);
      peer.send({ type: "hello", num_connections: peers.size });
    },
    get connections() {
      return peers.size;
    },
    drop() {
      for (const peer of peers) peer.close();
    },
    say(frame) {
      for (const peer of peers) peer.send(frame);
    },
    deliver(type, payload, retry) {
      const [peer] = peers;
      if (peer === undefined) throw new Error("nobody is connected over Socket Mode");
      const envelope_id = mint();
      const done = new Promise<unknown>((resolve) => acknowledged.set(envelope_id, resolve));
      const retried = retry === undefined ? {} : { retry_attempt: retry, retry_reason: "timeout" };
      peer.send({ envelope_id, type, payload, accepts_response_payload: type !== "events_api", ...retried });
      return done;
    },
  };
}
