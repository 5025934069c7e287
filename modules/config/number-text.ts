import { foundText, foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { isToken } from './checked';

/**
 * The problem with a number's notation, or undefined: leading zeros, which YAML, JSON and people read differently, and numbers that
 * JavaScript can't represent. Accepts a CDKTF token.
 *
 * @param written the number in the file. @default as JavaScript prints it
 * @param textFits whether a string is accepted instead
 */
export function numberProblem(value: number, written?: string, textFits = true): Finding | undefined {
  if (isToken(value)) return undefined;
  const text = written ?? String(value);
  const found = written === undefined ? foundValue(value) : foundText(written);
  // The original notation of a program's number is unknown.
  const quoted = written === undefined ? 'write it as a string, in quotes' : `write "${text}", in quotes`;
  if (/^[-+]?0\d/.test(text)) {
    const fix = textFits ? `${quoted}, or ${value} if the number is meant` : `write ${value}`;
    return { found, accepted: 'a number without leading zeros', fix };
  }
  if (!Number.isFinite(value)) return { found, accepted: 'a finite number', fix: quoted };
  if (Object.is(value, -0))
    return { found: foundText('-0'), accepted: 'a number other than -0', fix: 'write 0, or "-0" in quotes' };
  if (isHeld(value, text)) return undefined;
  const accepted = `a number that JavaScript can represent: up to ${Number.MAX_SAFE_INTEGER}, or about 15 digits`;
  return { found, accepted, fix: quoted };
}

function isHeld(value: number, text: string): boolean {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
  const written = decimal(text);
  // Hexadecimal and octal numbers are whole, so JavaScript represents those in the safe range exactly.
  return written === undefined || written === decimal(String(value));
}

/** The same result for two notations of one decimal number: its digits without zeros at the ends, and the power of ten. */
function decimal(text: string): string | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([-+]?)(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`;
  if (digits === '') return undefined;
  const significant = digits.replace(/^0+/, '');
  const bare = significant.replace(/0+$/, '');
  if (bare === '') return '0';
  return `${sign === '-' ? '-' : ''}${bare}e${Number(exponent) - fraction.length + (significant.length - bare.length)}`;
}
