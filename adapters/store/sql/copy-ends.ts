import { existsSync } from "node:fs";
import { Kysely } from "kysely";
import { CopyRefused } from "./copy-rows.ts";
import { engineOf } from "./open.ts";
import type { Tables } from "./schema.ts";
import type { End } from "./snapshot.ts";

/** Opens what a copy is taken from, and changes nothing in it. */
export async function openSource(url: string): Promise<End> {
  const path = pathOf(url);
  if (path !== null && !existsSync(path)) throw new CopyRefused("move-source-absent", { from: path });
  return open(url, true);
}

/** Opens what a copy is written into; a file is made where there is none. */
export function openTarget(url: string): Promise<End> {
  return open(url, false);
}

async function open(url: string, readOnly: boolean): Promise<End> {
  const { engine, name } = await engineOf(url, { readOnly });
  return { db: new Kysely<Tables>({ dialect: engine.dialect }), engine, name };
}

function pathOf(url: string): string | null {
  return url.startsWith("sqlite:") ? url.slice("sqlite:".length) : null;
}
