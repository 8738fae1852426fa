import { stopwatch } from "../../src/time/clock.ts";

/** Something that answers all of its questions in one go; its answers are checked before its time counts. */
export interface Contender<Question, Answer> {
  readonly name: string;
  readonly questions: readonly Question[];
  answer(question: Question): Answer;
}

/** A round takes at least so many milliseconds, so that the stopwatch's own grain does not show. */
const LEAST = 40;

/**
 * Nanoseconds for one answer, a figure a round. The rounds are interleaved, so that a machine whose speed drifts slows all alike. Everybody answers
 * once before the first round, so that what can be prepared is.
 */
export function timed<Question>(
  contenders: readonly Contender<Question, unknown>[],
  rounds: number,
): ReadonlyMap<string, readonly number[]> {
  const took = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) go(contender, 3);
  for (let round = 0; round < rounds; round++) for (const contender of contenders) took.get(contender.name)!.push(perAnswer(contender));
  return took;
}

function perAnswer<Question>(contender: Contender<Question, unknown>): number {
  // What the one before has left to be collected is collected here.
  for (const began = stopwatch(); stopwatch() - began < LEAST / 2; ) go(contender, 1);
  for (let times = 1; ; times *= 2) {
    const began = stopwatch();
    const answered = go(contender, times);
    const milliseconds = stopwatch() - began;
    if (milliseconds >= LEAST) return (milliseconds * 1e6) / answered;
  }
}

/** Kept, so that no answer can be left out as of no use to anybody. */
let last: unknown;

function go<Question>({ questions, answer }: Contender<Question, unknown>, times: number): number {
  for (let time = 0; time < times; time++) for (const question of questions) last = answer(question);
  return times * questions.length;
}

export function lastAnswer(): unknown {
  return last;
}

/** Throws where two contenders do not answer the same of the questions that both are asked. */
export function agree<Question, Answer>(contenders: readonly Contender<Question, Answer>[]): number {
  const [one, ...others] = contenders;
  const known = new Map(one!.questions.map((question) => [question, one!.answer(question)]));
  let compared = 0;
  for (const { name, questions, answer } of others)
    for (const question of questions) {
      const [ours, theirs] = [known.get(question), answer(question)];
      compared++;
      if (ours !== theirs)
        throw new Error(`${one!.name} answers ${String(ours)} and ${name} ${String(theirs)} to ${JSON.stringify(question)}`);
    }
  return compared;
}
