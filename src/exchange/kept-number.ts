/** A number of a whole value that the machine made of another number: more digits were written than it can keep. */
export interface ChangedNumber {
  readonly number: string;
  readonly kept: string;
}

/** More digits than these are of no number that a matter file can hold. */
const MOST_DIGITS = 100;

/**
 * What a number that stands in a file was rounded to, where a whole number came of it that was not written (1.00000000000000000001 reads as 1);
 * null where it was kept. What came to be no whole number, or too large a one, is refused by the field that it stands in.
 */
export function changedNumber(number: string): ChangedNumber | null {
  const value = Number(number);
  if (!Number.isSafeInteger(value)) return null;
  const kept = String(value);
  if (number.length <= MOST_DIGITS && plain(number) === plain(kept)) return null;
  return { number: number.slice(0, MOST_DIGITS), kept };
}

/** The sign, the digits that count and the exponent; the text itself where it is no decimal number, such as 0x1F of YAML. */
function plain(number: string): string {
  const [, sign, whole, fraction = "", exponent = "0"] = /^([-+]?)(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?$/i.exec(number) ?? [];
  if (whole === undefined) return plain(String(Number(number)));
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const counted = digits.replace(/0+$/, "");
  if (counted === "") return "0";
  return `${sign === "-" ? "-" : ""}${counted}e${Number(exponent) - fraction.length + digits.length - counted.length}`;
}
