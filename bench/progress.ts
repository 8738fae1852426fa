/** What is under way, on a terminal only: standard output is for the results. */
export interface Progress {
  /** Replaces the line. */
  now(text: string): void;
  /** Clears the line. */
  done(): void;
}

export function openProgress(): Progress {
  const { stderr } = process;
  if (!stderr.isTTY) return { now: () => undefined, done: () => undefined };
  return {
    now: (text) => void stderr.write(`\r\u001b[K${text.slice(0, (stderr.columns ?? 80) - 1)}`),
    done: () => void stderr.write("\r\u001b[K"),
  };
}
