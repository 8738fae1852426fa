/** How often others could go first while that was under way. */
export async function turnsDuring<Made>(work: () => Promise<Made>): Promise<{ readonly made: Made; readonly turns: number }> {
  let turns = 0;
  let next = setImmediate(function again() {
    turns += 1;
    next = setImmediate(again);
  });
  try {
    const made = await work();
    return { made, turns };
  } finally {
    clearImmediate(next);
  }
}
