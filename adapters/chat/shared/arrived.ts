import type { Language } from "../../../src/time/wording.ts";

/** What became of each message of an answer, in order. */
export type Arrived = readonly ("shown" | "perhaps" | "unshown")[];

/** Of an answer of which a part was shown, or perhaps was: which. Null where it is one message, or nothing of it was shown. */
export function partOf(language: Language, arrived: Arrived): string | null {
  const of = arrived.length;
  if (of < 2 || arrived.every((one) => one === "unshown")) return null;
  const from = arrived.findIndex((one) => one !== "shown");
  const first = from === -1 ? of : from;
  const [next, ...rest] = arrived.slice(first);
  const words = WORDS[language];
  if (rest.some((one) => one !== "unshown")) return words.each(of, (what) => numbers(arrived, what));
  return words.first({ first, of, isInDoubt: next === "perhaps", rest: rest.length });
}

interface First {
  /** So many were shown before one that was not, or perhaps not; `rest` come behind that one. */
  readonly first: number;
  readonly of: number;
  readonly isInDoubt: boolean;
  readonly rest: number;
}

interface PartWords {
  first(part: First): string;
  /** `numbersOf` are those of the messages of which it is true; empty where there are none. */
  each(of: number, numbersOf: (what: Arrived[number]) => string): string;
}

const ENGLISH: PartWords = {
  first({ first, of, isInDoubt, rest }) {
    const others = isInDoubt ? rest : rest + 1;
    const unshown = others === 0 ? "" : "the rest was not";
    if (first === 0) return `It is not certain that the first of the answer's ${of} messages was shown; ${unshown}.`;
    const shown =
      first === 1 ? `The first of the answer's ${of} messages was shown` : `The first ${first} of the answer's ${of} messages were shown`;
    if (!isInDoubt) return `${shown}, ${unshown}.`;
    return `${shown}; it is not certain that the next one was${unshown === "" ? "" : `, and ${unshown}`}.`;
  },
  each: (of, numbersOf) =>
    `Of the answer's ${of} messages: ${listed([
      ["shown", numbersOf("shown")],
      ["perhaps shown", numbersOf("perhaps")],
      ["not shown", numbersOf("unshown")],
    ])}.`,
};

const FRENCH: PartWords = {
  first({ first, of, isInDoubt, rest }) {
    const others = isInDoubt ? rest : rest + 1;
    const unshown = others === 0 ? "" : "le reste ne l'a pas été";
    if (first === 0) return `Il n'est pas certain que le premier des ${of} messages de la réponse ait été affiché ; ${unshown}.`;
    const shown =
      first === 1
        ? `Le premier des ${of} messages de la réponse a été affiché`
        : `Les ${first} premiers des ${of} messages de la réponse ont été affichés`;
    if (!isInDoubt) return `${shown}, ${unshown}.`;
    return `${shown} ; il n'est pas certain que le suivant l'ait été${unshown === "" ? "" : `, et ${unshown}`}.`;
  },
  each: (of, numbersOf) =>
    `Des ${of} messages de la réponse : ${listed([
      ["affiché", numbersOf("shown")],
      ["peut-être affiché", numbersOf("perhaps")],
      ["non affiché", numbersOf("unshown")],
    ])}.`,
};

const WORDS: Readonly<Record<Language, PartWords>> = { en: ENGLISH, fr: FRENCH };

function listed(states: readonly (readonly [what: string, numbers: string])[]): string {
  return states.flatMap(([what, found]) => (found === "" ? [] : [`${what} ${found}`])).join("; ");
}

/** The numbers of the messages of which it is true, counted from 1. */
function numbers(arrived: Arrived, what: Arrived[number]): string {
  return arrived.flatMap((one, index) => (one === what ? [String(index + 1)] : [])).join(", ");
}
