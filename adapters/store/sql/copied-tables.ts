import type { Tables } from "./schema.ts";

/** A table as the copying code goes through it. */
export interface CopiedTable {
  readonly name: keyof Tables;
  /** What its rows are ordered by: no two rows have the same. */
  readonly key: readonly string[];
  /** The database refuses that a row of it is deleted: a copy that was broken off is continued in it, and never begun anew. */
  readonly kept: boolean;
}

function kept(name: keyof Tables, ...key: readonly string[]): CopiedTable {
  return { name, key, kept: true };
}

function loose(name: keyof Tables, ...key: readonly string[]): CopiedTable {
  return { name, key, kept: false };
}

/**
 * Every table that goes along, in the order in which it is copied: first what cannot be taken back, so that a target that holds something else is
 * found before anything in it is changed.
 */
export const COPIED: readonly CopiedTable[] = [
  kept("ledger", "desk", "position"),
  kept("acknowledgement", "desk", "stream", "number"),
  kept("snooze", "desk", "stream", "number"),
  kept("role_grant", "desk", "number"),
  kept("admission", "desk", "number"),
  kept("place_confirmation", "desk", "number"),
  kept("desk_policy", "desk", "number"),
  kept("trail", "desk", "number"),
  kept("proposal", "desk", "number"),
  kept("proposal_outcome", "desk", "number"),
  kept("erasure", "desk", "number"),
  kept("hold", "desk", "number"),
  kept("review", "desk", "number"),
  kept("desk_member", "number"),
  loose("schema_version", "version"),
  loose("desk", "id"),
  loose("private_text", "desk", "position", "path"),
  loose("person", "desk", "id"),
  loose("proposal_text", "desk", "number", "path"),
  loose("place_setting", "desk", "place"),
  loose("watch", "desk", "number"),
  loose("delivery", "desk", "key"),
  loose("matter", "desk", "stream"),
  loose("live_card", "desk", "stream", "place"),
  loose("keyv", "desk", "key"),
];

/** What tells of the processes that run on a database, and not of matters: it stays where it is. */
export const LEFT: readonly (keyof Tables)[] = ["write_check", "process", "lead"];

/** A table beside the register's own, for as long as a move into the database is under way: who is moving, and since when. */
export const MOVING = "moving";
