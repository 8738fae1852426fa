/** What the CNIL's table says of a decision in words. */
export interface Outcome {
  /** A plain decimal in euros; "unknown" where a fine is spoken of and one sum cannot be told; null where none is spoken of. */
  readonly fine: string | null;
  readonly injunction: boolean;
  /** The number of the deliberation, where it is printed. */
  readonly ref: string | null;
}

const FINE = /amendes?|sanctions? pécuniaires?/giu;
const SUM = String.raw`(\d{1,3}(?:\s\d{3})+|\d+)(?:,(\d{1,3}))?\s*(millions?|milliards?)?\s*(?:d['’]\s?)?(?:euros?|€)`;
/** The sum has to follow the fine: what comes after the word astreinte is a rate. */
const FINE_OF = new RegExp(
  String.raw`(?:amende|sanction pécuniaire)(?:\s+(?!astreinte)\p{L}+){0,3}?\s+(?:d['’]un montant )?de\s+${SUM}`,
  "giu",
);
const ANY_SUM = new RegExp(String.raw`${SUM}|\d\s*(?:millions?|milliards?)`, "giu");
const RATE = new RegExp(`astreinte[^.;]*?${SUM}`, "giu");

/** Reads the outcome as the CNIL words it: "Amende administrative de 300 000 euros et injonction sous astreinte de 500 euros par jour". Never two sums as one. */
export function readOutcome(text: string): Outcome {
  const words = text.normalize("NFC").replaceAll(/\s+/gu, " ");
  const number = /\b(SAN|MED)[-\s](\d{4})[-\s](\d{1,4})\b/iu.exec(words);
  return {
    fine: fineIn(words),
    injunction: /\binjonctions?\b/iu.test(words),
    ref: number === null ? null : `${number[1]!.toUpperCase()}-${number[2]}-${number[3]}`,
  };
}

function fineIn(words: string): string | null {
  if (words.match(FINE) === null) return null;
  const sums = words.replaceAll(RATE, "astreinte").match(ANY_SUM) ?? [];
  const [found, ...others] = [...words.matchAll(FINE_OF)];
  if (found === undefined || others.length > 0 || sums.length !== 1) return "unknown";
  const [, whole, fraction = "", scale = ""] = found;
  const zeros = /^milliard/iu.test(scale) ? 9 : /^million/iu.test(scale) ? 6 : 0;
  const digits = whole!.replaceAll(/\s/gu, "");
  if (zeros === 0) return fraction === "" ? digits : `${digits}.${fraction}`;
  return String(BigInt(digits + fraction.padEnd(zeros, "0")));
}

/** The number that Légifrance gives to a text, in its address. */
export function legifranceId(address: string): string | null {
  return /\bCNILTEXT\d{12}\b/u.exec(address)?.[0] ?? null;
}
