import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { ROOT } from "../support/child.ts";
import { folderOfTest } from "../support/cli.ts";

/** This machine too, but none of the names by which a Web API on loopback is reached. */
const BAIT = "127.0.0.2";

/** A Web API that answers as Slack does, but sends the bot's socket to a port of this machine that the configuration does not name. */
async function luring(): Promise<{ readonly apiUrl: string; readonly lured: () => number; readonly bait: number }> {
  let visits = 0;
  const bait = createServer((_request, response) => {
    visits += 1;
    response.end();
  });
  bait.on("upgrade", () => {
    visits += 1;
  });
  const baitPort = await listening(bait, BAIT);
  const api = createServer((request, response) => {
    const url = `ws://${BAIT}:${baitPort}/link`;
    const known =
      request.url?.endsWith("apps.connections.open") === true
        ? { ok: true, url }
        : { ok: true, team_id: "T1", user_id: "U1", bot_id: "B1" };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(known));
  });
  return { apiUrl: `http://127.0.0.1:${await listening(api)}/api/`, lured: () => visits, bait: baitPort };
}

async function listening(server: ReturnType<typeof createServer>, host = "127.0.0.1"): Promise<number> {
  server.listen(0, host);
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

test("the process that serves does not connect where a platform's answer points, and says so in the log", { timeout: 30_000 }, async () => {
  const { apiUrl, lured, bait } = await luring();
  const folder = folderOfTest();
  const env = {
    ...{ PATH: process.env.PATH, INIT_CWD: folder, DATABASE_URL: `sqlite:${join(folder, "register.db")}` },
    ...{ SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1", SLACK_API_URL: apiUrl },
  };
  const child = spawn(process.execPath, ["src/app/start.js", "main"], { cwd: ROOT, env, stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  let log = "";
  child.stderr.on("data", (data) => {
    log += String(data);
  });
  const said = `"host":"${BAIT}","port":${bait},"msg":"a connection was refused: it is not among the addresses of the configuration"`;
  await vi.waitFor(() => expect(log).toContain(said), { timeout: 20_000 });
  expect(lured()).toBe(0);
});
