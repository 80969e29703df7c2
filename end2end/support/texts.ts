// Texts whose length is hard to count, and as many more as wanted.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A text with what Twilio counts. */
export interface Counted {
  body: string;
  encoding: "GSM-7" | "UCS-2";
  segments: number;
}

/** Written down by hand, by the rules of GSM 03.38 and of concatenated texts. */
const KNOWN: Counted[] = [
  { body: "", encoding: "GSM-7", segments: 1 },
  { body: "a".repeat(160), encoding: "GSM-7", segments: 1 },
  { body: "a".repeat(161), encoding: "GSM-7", segments: 2 },
  { body: "a".repeat(306), encoding: "GSM-7", segments: 2 },
  { body: "a".repeat(307), encoding: "GSM-7", segments: 3 },
  { body: "€".repeat(80), encoding: "GSM-7", segments: 1 },
  { body: "€".repeat(81), encoding: "GSM-7", segments: 2 },
  { body: `${"a".repeat(152)}€${"a".repeat(10)}`, encoding: "GSM-7", segments: 2 },
  { body: "é à ñ ü Ω ¿ ¡", encoding: "GSM-7", segments: 1 },
  { body: "it’s", encoding: "UCS-2", segments: 1 },
  { body: "’".repeat(70), encoding: "UCS-2", segments: 1 },
  { body: "’".repeat(71), encoding: "UCS-2", segments: 2 },
  { body: "😀".repeat(35), encoding: "UCS-2", segments: 1 },
  { body: "😀".repeat(36), encoding: "UCS-2", segments: 2 },
  { body: "line\nline\n", encoding: "GSM-7", segments: 1 },
];

/** Twilio's own examples, where the folder with them is at hand, and those of this file. */
export function counted(): Counted[] {
  const file = join(process.env.OKTEXT_TEST_SHARED ?? "", "data", "segments.json");
  const theirs = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Counted[]) : [];
  return [...KNOWN, ...theirs];
}

const PIECES = [
  "a", "word ", "é", "á", "€", "[", "^^", "’", "\u0301", "\u0303", "\u200d", "👨", "👍", "🏽", "🇲", "🇽", "\n", "好",
  "\ufe0f", "क्षि", "שלום", "\u202e", "</p>", "&amp;", "x".repeat(60), "x".repeat(150),
];

/** Texts of such pieces, always the same ones. */
export function manyTexts(count: number): string[] {
  let state = 20_26;
  const below = (limit: number) => {
    // A linear congruential generator (Numerical Recipes): chance is not wanted here.
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const piece = () => PIECES[below(PIECES.length)] ?? "";
  return Array.from({ length: count }, () => Array.from({ length: below(40) }, piece).join(""));
}
