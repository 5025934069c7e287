import { includesAction } from './key-use';
import type { Statement } from './policy';

/** Reading an object, and decrypting it. */
const READS = ['s3:GetObject', 'kms:Decrypt'];

/** What statements say about reading objects: the same resources and conditions, and nothing else that they allow. */
export function readsOf(statements: readonly Statement[]): Statement[] {
  return statements.flatMap(({ Effect, Action, Resource, Condition }) => {
    const reads = READS.filter((read) => Action.some((action) => includesAction(action, read)));
    if (reads.length === 0) return [];
    return [{ ...(Effect !== undefined && { Effect }), Action: reads, Resource, ...(Condition && { Condition }) }];
  });
}
