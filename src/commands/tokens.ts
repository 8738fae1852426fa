import { type Misunderstanding, misunderstood } from "./command.ts";

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”", "«": "»" };

/** Splits a typed line into words; quotes hold words together, typographic ones too, since chat clients put them in. */
export function tokensOf(line: string): readonly string[] | Misunderstanding {
  const tokens: string[] = [];
  let token = "";
  let started = false;
  let until: string | null = null;
  let opened = 0;
  for (const [index, character] of [...line].entries()) {
    if (until !== null) {
      if (character === until) until = null;
      else token += character;
    } else if (QUOTES[character] !== undefined && (token === "" || token.endsWith("=") || token.endsWith(":"))) {
      [until, opened, started] = [QUOTES[character], index, true];
    } else if (/\s/u.test(character)) {
      if (started) tokens.push(token.trim());
      [token, started] = ["", false];
    } else {
      [token, started] = [token + dashed(character), true];
    }
  }
  if (until !== null) return misunderstood("quote-open", { at: [...line].slice(opened, opened + 20).join("") });
  if (started) tokens.push(token.trim());
  return tokens;
}

/** Chat clients and keyboards turn -- into an em dash. */
function dashed(character: string): string {
  return character === "—" ? "--" : character;
}
