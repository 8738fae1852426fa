import { randomUUID } from "node:crypto";
import { plainCard } from "../cards/answers.ts";
import type { Answer } from "../ports/chat.ts";
import type { Asking } from "../ports/form.ts";
import type { Desk } from "./answer.ts";

/** Longer than any answer takes that comes at all: each question to the register has a limit of seconds, and there may be many. In milliseconds. */
export const MOST_PATIENCE = 120_000;

/**
 * What is asked is answered in some time, whatever the register, or the line to it, does: with the words that it is not known what was recorded,
 * and a reference under which it is logged. What comes of it later is not shown. `work` never throws.
 */
export async function inTime<Told>(desk: Pick<Desk, "log" | "language">, asking: Asking, work: Promise<Told>): Promise<Told | Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve(lateAnswer(desk, asking)), MOST_PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function lateAnswer({ log, language }: Pick<Desk, "log" | "language">, asking: Asking): Answer {
  const reference = randomUUID().slice(0, 8);
  log.error(
    { reference, seconds: MOST_PATIENCE / 1000 },
    "something that was asked was not answered in time: it is not known whether it was recorded",
  );
  return { cards: [plainCard(asking.language ?? language, "answer.late", { reference })], audience: "asker" };
}
