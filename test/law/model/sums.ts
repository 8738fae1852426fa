/** Decimal digits after the point, of the currencies that the random matters are in. */
const DIGITS: Readonly<Record<string, number>> = { EUR: 2, JPY: 0, KWD: 3 };

/** "12.5" euros are 1250 cents. */
export function minorOf(text: string, currency: string): bigint {
  const [whole, fraction = ""] = text.split(".");
  return BigInt(whole! + fraction.padEnd(DIGITS[currency]!, "0"));
}

/** A part of something, exactly. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** To a whole number, a half to the even neighbour. */
export function rounded({ over, under }: Fraction): bigint {
  let whole = 0n;
  let rest = over;
  for (let step = 1n << 80n; step > 0n; step >>= 1n)
    if (rest >= under * step) {
      rest -= under * step;
      whole += step;
    }
  if (rest + rest > under) return whole + 1n;
  if (rest + rest === under) return whole % 2n === 0n ? whole : whole + 1n;
  return whole;
}
