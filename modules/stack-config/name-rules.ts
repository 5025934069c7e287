import { isToken } from '../config/checked';
import { rule } from '../config/rule';
import { foundValue } from '../problems/found';
import { MOST_NAME_START, nameStart, RESERVED_BUCKET_STARTS } from '../rules/naming';

/** What AWS refuses of the start of every physical name: it consists of two properties that are valid alone. */
export const validNameStart = rule(
  'conflict',
  ({ config }) => config,
  function* ({ namePrefix, stackName }) {
    if (typeof namePrefix !== 'string' || typeof stackName !== 'string') return;
    if (isToken(namePrefix) || isToken(stackName)) return;
    const start = nameStart({ namePrefix, stackName });
    const path = ['namePrefix'];
    // The schema reports a prefix that is too long alone.
    if (start.length > MOST_NAME_START && namePrefix.length <= MOST_NAME_START) {
      const found = `${namePrefix.length} characters, and a stack name of ${stackName.length}`;
      const accepted = `at most ${MOST_NAME_START} characters together`;
      yield { path, finding: { found, accepted, fix: 'shorten namePrefix or stackName' } };
    }
    const reserved = RESERVED_BUCKET_STARTS.find((text) => start.toLowerCase().startsWith(text));
    if (reserved !== undefined) {
      const accepted = `a prefix with which names do not start with ${reserved}`;
      const fix = 'use another prefix: AWS reserves this start of bucket names';
      yield { path, finding: { code: 'reserved-name', found: foundValue(namePrefix), accepted, fix } };
    }
  },
);
