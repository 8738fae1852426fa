import type { Database, Engine } from "../engine.ts";
import { migration0001 } from "./0001.ts";
import { migration0002 } from "./0002.ts";
import { migration0003 } from "./0003.ts";
import { migration0004 } from "./0004.ts";
import { migration0005 } from "./0005.ts";
import { migration0006 } from "./0006.ts";

/** Brings a database from one schema to the next. */
export interface Migration {
  /**
   * The tables of the schema before whose rows or readers it keeps waiting: those that it alters, or makes an index or a trigger on. They are taken
   * together before anything is done, so that nobody who has one of them already waits for another.
   */
  readonly alters: readonly string[];
  /** From schema 5 on it only adds: programs of the version before go on with what they know. */
  run(db: Database, engine: Engine): Promise<void>;
}

/** In their order: the first makes schema 1. */
export const MIGRATIONS: readonly Migration[] = [
  { alters: [], run: migration0001 },
  { alters: ["delivery", "desk", "watch"], run: migration0002 },
  { alters: ["delivery"], run: migration0003 },
  { alters: ["acknowledgement", "snooze"], run: migration0004 },
  { alters: ["delivery", "matter", "private_text"], run: migration0005 },
  { alters: ["private_text"], run: migration0006 },
];
