import { z } from 'zod';
import { foundValue } from '../problems/found';
import { isToken, nonEmpty, refuse } from './checked';

/** Subnets without duplicates. The same subnet twice would count as two zones. */
export function subnetIds(least = 0) {
  return z
    .array(nonEmpty('the ID of a subnet'))
    .min(least)
    .check((context) => {
      for (const [index, id] of context.value.entries()) {
        const first = context.value.indexOf(id);
        if (first === index || isToken(id)) continue;
        const found = foundValue(id, `, which is at [${first}] too`);
        refuse(
          context,
          {
            code: 'duplicate-name',
            found,
            accepted: 'each subnet once',
            acceptedAs: 'rule',
            fix: 'remove it, or use a subnet in another Availability Zone',
          },
          [index],
        );
      }
    });
}
