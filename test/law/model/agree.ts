import { isDeepStrictEqual } from "node:util";
import type { FiledMatter } from "../../../src/matter/facts.ts";
import { type Answer, modelOn } from "./model.ts";
import { productOn, readMatter } from "./product.ts";
import type { RandomMatter } from "./random.ts";

/** One figure on which model and product do not agree. */
export interface Difference {
  readonly day: string;
  readonly of: string;
  readonly field: string;
  readonly model: unknown;
  readonly product: unknown;
}

/** What the matter's file is, as it was read, and every difference on the days that are asked about. */
export function compared({ filed: file, days }: RandomMatter): {
  readonly filed: FiledMatter;
  readonly differences: readonly Difference[];
} {
  const { filed, matter } = readMatter(file);
  return { filed, differences: days.flatMap((day) => between(day, modelOn(filed, day), productOn(matter, day))) };
}

export function between(day: string, model: Answer, product: Answer): readonly Difference[] {
  return [...fields(day, model.items, product.items), ...fields(day, model.fines, product.fines)];
}

function fields<T extends { readonly id: string }>(day: string, model: readonly T[], product: readonly T[]): readonly Difference[] {
  if (model.length !== product.length) return [{ day, of: "", field: "length", model: model.length, product: product.length }];
  return model.flatMap((one, index) => {
    const other = product[index]!;
    const names = Object.keys(one) as (keyof T & string)[];
    const wrong = names.filter((field) => !isDeepStrictEqual(one[field], other[field]));
    return wrong.map((field) => ({ day, of: one.id, field, model: one[field], product: other[field] }));
  });
}

/** Differences as lines, with the matter as a file would hold it. */
export function written(matter: RandomMatter, differences: readonly Difference[]): string {
  const lines = differences.map(
    ({ day, of, field, model, product }) => `${day} ${of}.${field}: model ${plain(model)}, product ${plain(product)}`,
  );
  return `${lines.join("\n")}\n${plain({ matters: [matter.filed] }, 1)}\n`;
}

/** JSON with sums as whole numbers of minor units in quotes. */
export function plain(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}` : part), indent);
}
