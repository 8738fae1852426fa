/** What the work comes to, or `late` where it takes longer; the work itself goes on. */
export async function soon<Result, Late>(work: Promise<Result>, milliseconds: number, late: Late): Promise<Result | Late> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve(late), milliseconds);
  });
  try {
    return await Promise.race([work, waited]);
  } finally {
    clearTimeout(timer);
  }
}
