import type { FormValues } from "../../../src/ports/form.ts";
import type { ShownView } from "./asker.ts";
import { mintPerson, mintPlace } from "./places.ts";
import { readValue } from "./text.ts";

/** What an element holds (docs.slack.dev/reference/interaction-payloads/view-interactions-payload, "state"). */
interface Held {
  readonly type?: string;
  readonly value?: unknown;
  readonly selected_date?: unknown;
  readonly selected_time?: unknown;
  readonly selected_user?: unknown;
  readonly selected_conversation?: unknown;
  readonly selected_option?: { readonly value?: unknown } | null;
  readonly selected_options?: readonly ({ readonly value?: unknown } | null)[] | null;
}

/** What was entered into a view, by the fields' names; people and places as the references of that workspace. */
export function valuesOf(view: ShownView | undefined, team: string): FormValues {
  const entries = Object.entries(view?.state?.values ?? {}).flatMap(([name, elements]) => {
    const [held] = Object.values(elements ?? {});
    const values = heldIn((held ?? {}) as Held, team).filter((value): value is string => typeof value === "string" && value !== "");
    return values.length === 0 ? [] : [[name, values] as const];
  });
  return Object.fromEntries(entries);
}

function heldIn(held: Held, team: string): readonly unknown[] {
  const { selected_user: user, selected_conversation: channel } = held;
  if (typeof user === "string") return [mintPerson(team, user)];
  if (typeof channel === "string") return [mintPlace(team, channel)];
  if (Array.isArray(held.selected_options)) return held.selected_options.map(optionIn);
  if (held.selected_option != null) return [optionIn(held.selected_option)];
  if (typeof held.value === "number") return [String(held.value)];
  return [held.selected_date ?? held.selected_time ?? held.value];
}

function optionIn(option: { readonly value?: unknown } | null): unknown {
  return typeof option?.value === "string" ? readValue(option.value) : undefined;
}
