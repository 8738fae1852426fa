import fc from "fast-check";

/**
 * Where every random test begins: the same code is tried with the same numbers each time, so that what fails tells of what was changed.
 * CUREWATCH_TEST_SEED begins elsewhere, and `npm run seeds` does so many times.
 */
export const SEED = Number(process.env.CUREWATCH_TEST_SEED ?? 20_221_017);

fc.configureGlobal({ seed: SEED });

export { fc };
