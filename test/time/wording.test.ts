import { expect, test } from "vitest";
import { wordZone } from "../../src/time/wording.ts";

test.each([
  ["America/Sao_Paulo", "São Paulo", "São Paulo"],
  ["Europe/London", "London", "Londres"],
  ["America/New_York", "New York", "New York"],
])("the city of %s is %s, and %s in French", (zone, en, fr) => {
  expect([wordZone("en", zone), wordZone("fr", zone)]).toEqual([en, fr]);
});
