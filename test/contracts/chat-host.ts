import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer, ChatHost, IncomingCommand, Place, RouteHandler } from "../../src/ports/chat.ts";
import { type SetClock, setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";

/** A host for the tests of adapters: hears commands, answers as it is told, and serves routes on a loopback port. */
export interface TestHost extends ChatHost {
  readonly clock: SetClock;
  readonly heard: readonly IncomingCommand[];
  readonly kept: ReadonlyMap<string, unknown>;
  /** What time platforms said that it was, in order. */
  readonly times: readonly Instant[];
  /** Of which places it was told that others may read there now, in order. */
  readonly changes: readonly Place[];
  /** Lines of the log that were warnings or errors. */
  readonly complaints: readonly string[];
  /** Where the routes are served. */
  readonly url: string;
  answerWith(answer: (command: IncomingCommand) => Answer): void;
  /** How forms, submissions, lookups and homes are answered from now on. */
  serve(door: Partial<Pick<ChatHost, "form" | "submit" | "lookUp" | "home" | "welcome" | "workspacesChanged">>): void;
  close(): Promise<void>;
}

export const NOW = "2024-02-16T08:00:00.000Z" as Instant;

/** A host; `kept` is what an earlier one has kept. */
export async function testHost(kept = new Map<string, unknown>()): Promise<TestHost> {
  const routes = new Map<string, RouteHandler>();
  const times: Instant[] = [];
  const changes: Place[] = [];
  const heard: IncomingCommand[] = [];
  const complaints: string[] = [];
  const nothing: Answer = { cards: [], audience: "asker" };
  let door: Pick<ChatHost, "form" | "submit" | "lookUp" | "home" | "welcome" | "workspacesChanged"> = {
    form: async () => nothing,
    submit: async () => nothing,
    lookUp: async () => [],
    home: async () => ({ cards: [], previous: "", next: "" }),
    workspacesChanged: async () => undefined,
    welcome: async () => [],
  };
  let answer: (command: IncomingCommand) => Answer = () => ({ cards: [{ title: "ok", tone: "calm", blocks: [] }], audience: "asker" });
  const server = createServer((request, response) => {
    const handle = routes.get(`${request.method} ${request.url?.split("?")[0]}`);
    if (handle === undefined) response.writeHead(404).end();
    else void handle(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    clock: setClock(NOW),
    log: {
      info: () => {},
      warn: (_about, text) => complaints.push(text),
      error: (_about, text) => complaints.push(text),
    },
    state: {
      get: async (key) => kept.get(key),
      set: async (key, value) => kept.set(key, structuredClone(value)),
      add: async (key) => !kept.has(key) && kept.set(key, true) === kept,
      delete: async (key) => kept.delete(key),
    },
    route: (method, path, handle) => void routes.set(`${method} ${path}`, handle),
    heardTime: (platform) => void times.push(platform),
    async onCommand(command) {
      heard.push(command);
      return answer(command);
    },
    form: (request) => door.form(request),
    submit: (submission) => door.submit(submission),
    lookUp: (request) => door.lookUp(request),
    home: (asking) => door.home(asking),
    welcome: (asking) => door.welcome(asking),
    workspacesChanged: () => door.workspacesChanged(),
    audienceChanged: (place) => void changes.push(place),
    serve(next) {
      door = { ...door, ...next };
    },
    answerWith(next) {
      answer = next;
    },
    heard,
    times,
    changes,
    kept,
    complaints,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
