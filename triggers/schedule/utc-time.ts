import { z } from 'zod';
import { isToken, refuse } from '../../modules/config/checked';
import { type Fix, writeAccepted } from '../../modules/problems/fix';
import { foundValue } from '../../modules/problems/found';
import { clockOf, clockText, isUtc, repaired } from './date-time';

/** A time in UTC, as AWS writes it. */
export const utcTime = z.string({ error: () => DATE_ACCEPTED }).check((context) => {
  const { value } = context;
  if (isToken(value) || isUtc(value)) return;
  refuse(context, { code: 'invalid-format', found: foundValue(value), accepted: DATE_ACCEPTED, fix: dateFix(value) });
});

const DATE_ACCEPTED = 'a time in UTC, such as 2027-03-01T00:00:00Z';

function dateFix(text: string): Fix {
  const [, day, minutes = '00:00', seconds = '00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|[+-]\d\d:\d\d)?$/i.exec(text.trim()) ?? [];
  if (day === undefined) return writeAccepted(DATE_ACCEPTED);
  const written = `${day}T${minutes}:${seconds}`;
  const repair = clockOf(written) === undefined ? repaired(written) : undefined;
  const time = Date.parse(`${repair === undefined ? written : repair.text}${zone.toUpperCase()}`);
  if (Number.isNaN(time) || clockOf(clockText(time)) === undefined)
    return repair?.reason ?? writeAccepted(DATE_ACCEPTED);
  return `write ${clockText(time)}Z${repair === undefined ? ', which is in UTC' : `: ${repair.reason}`}`;
}
