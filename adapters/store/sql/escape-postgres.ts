/**
 * PostgreSQL's text takes every character but U+0000. Curewatch keeps what SQLite keeps, so that character is written as two here, after one that
 * Unicode has set aside for a program's own use, and is read back as it was.
 */
const MARK = "\uFDD0";
const NUL = "\0";

export function escaped(text: string): string {
  if (!text.includes(NUL) && !text.includes(MARK)) return text;
  return text.replaceAll(MARK, `${MARK}1`).replaceAll(NUL, `${MARK}0`);
}

export function unescaped(text: string): string {
  if (!text.includes(MARK)) return text;
  return text.replaceAll(`${MARK}0`, NUL).replaceAll(`${MARK}1`, MARK);
}
