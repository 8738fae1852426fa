import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { Asked } from "../../../src/ports/matter-index.ts";
import type { Tables } from "./schema.ts";

type Of = ExpressionBuilder<Tables, "matter">;
type Condition = Expression<SqlBool>;

/** Whether a row fits what is asked, or cannot tell. */
export function mayFit(of: Of, asked: Asked): Condition {
  return of.and([unlessTold(of, isTold(of), lasting(of, asked)), unlessTold(of, isCurrent(of, asked), passing(of, asked))]);
}

function unlessTold(of: Of, told: Condition, conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? of.lit(true) : of.or([of.not(told), of.and([...conditions])]);
}

/** Whether what the row tells was told of all that is recorded. A process of an older version writes rows and tells nothing. */
function isTold(of: Of): Condition {
  return of("told_version", "=", of.ref("version"));
}

/** Whether it was also told when the row was touched last, by these rules, and nothing has come to pass since. */
function isCurrent(of: Of, { now, by }: Asked): Condition {
  return of.and([
    isTold(of),
    of("told_at", "is not", null),
    of("told_at", "=", of.ref("touched_at")),
    of("told_by", "=", by),
    of("touched_at", "<=", now),
    of.or([of("wake_at", "is", null), of("wake_at", ">", now)]),
  ]);
}

/** What only an event changes. */
function lasting(of: Of, { authority, visibility }: Asked): readonly Condition[] {
  return [
    ...(authority === undefined ? [] : [of("authority", "=", authority)]),
    ...(visibility === undefined ? [] : [of("visibility", "=", visibility)]),
  ];
}

/** What a day can change. */
function passing(of: Of, { kind, state, dueBy }: Asked): readonly Condition[] {
  return [
    ...(kind === undefined ? [] : [of("kind", "=", kind)]),
    ...(state === undefined ? [] : [of("states", "like", `% ${state} %`)]),
    ...(dueBy === undefined ? [] : [of("next_day", "<=", dueBy)]),
  ];
}
