import { z } from 'zod';
import { formatFound, foundValue } from '../problems/found';
import { refuse, text } from './checked';

/** Accounts that the stack can be deployed to. */
export const allowedAccountIds = z
  .array(
    text({
      pattern: /^\d{12}$/,
      accepted: 'the 12 digits of an account ID, as a string',
      fix: (found) => {
        const digits = found.replace(/[\s-]/g, '');
        return /^\d{12}$/.test(digits) ? `write ${formatFound(digits)}` : 'write all 12 digits in quotes';
      },
    }),
  )
  .min(1, { error: () => 'at least one account ID' })
  .check((context) => {
    for (const [index, id] of context.value.entries()) {
      if (context.value.indexOf(id) === index) continue;
      refuse(
        context,
        { found: foundValue(id, ' again'), accepted: 'each ID once', acceptedAs: 'rule', fix: 'remove it' },
        [index],
      );
    }
  });
