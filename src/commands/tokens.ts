import { withoutIsolates } from "../matter/turns.ts";
import { type Misunderstanding, misunderstood } from "./command.ts";

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”", "«": "»" };

/** A word of a typed line, and where it stands there. */
interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly isQuoted: boolean;
}

/** Splits a typed line into words; quotes hold words together, typographic ones too, since chat clients put them in. A name may be copied from a sentence. */
export function tokensOf(line: string): readonly string[] | Misunderstanding {
  const words = wordsOf(withoutIsolates(line));
  return "misunderstood" in words ? words : words.map(({ text }) => text);
}

/** A word as it is typed so that it is read as it stands: in quotes where it has to be. Null where it holds an end of each kind of quotes. */
export function typedWord(word: string): string | null {
  if (word !== "" && !/^["'“«]|[=:]["'“«]|[\s—]/u.test(word)) return word;
  const found = Object.entries(QUOTES).find(([, close]) => !word.includes(close));
  return found === undefined ? null : `${found[0]}${word}${found[1]}`;
}

/** The line without an option that stands by itself in it; null where none does. What is quoted is a value, and stays as it is. */
export function withoutOption(line: string, option: string): string | null {
  const words = wordsOf(line);
  const word = "misunderstood" in words ? undefined : words.find(({ text, isQuoted }) => text === option && !isQuoted);
  return word === undefined ? null : `${line.slice(0, word.from)}${line.slice(word.to)}`;
}

function wordsOf(line: string): readonly Word[] | Misunderstanding {
  const words: Word[] = [];
  let token = "";
  let started = false;
  let isQuoted = false;
  let until: string | null = null;
  let [from, at, opened] = [0, 0, 0];
  const end = () => {
    if (started) words.push({ text: token.trim(), from, to: at, isQuoted });
    [token, started, isQuoted] = ["", false, false];
  };
  for (const character of line) {
    if (!started) from = at;
    if (until !== null) {
      if (character === until) until = null;
      else token += character;
    } else if (QUOTES[character] !== undefined && (token === "" || token.endsWith("=") || token.endsWith(":"))) {
      [until, opened, started, isQuoted] = [QUOTES[character], at, true, true];
    } else if (/\s/u.test(character)) {
      end();
    } else {
      [token, started] = [token + dashed(character), true];
    }
    at += character.length;
  }
  if (until !== null) return misunderstood("quote-open", { at: [...line.slice(opened)].slice(0, 20).join("") });
  end();
  return words;
}

/** Chat clients and keyboards turn -- into an em dash. */
function dashed(character: string): string {
  return character === "—" ? "--" : character;
}
