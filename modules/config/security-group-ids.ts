import { z } from 'zod';
import { foundValue } from '../problems/found';
import { MAX_SECURITY_GROUPS, SECURITY_GROUP_ID } from '../rules/instance-launch';
import { isToken, refuse, text } from './checked';

const securityGroup = text({
  pattern: SECURITY_GROUP_ID,
  orDirective: true,
  accepted: 'the ID of a security group, such as sg-0123456789abcdef0',
  fix: (found) =>
    found.startsWith('sg-')
      ? 'copy the whole ID: sg- and 17 (or 8) of the characters 0-9 and a-f'
      : 'write the ID, which starts with sg-, and not the name',
});

/** Security groups of the instances. */
export const securityGroupIds = z
  .array(securityGroup)
  .min(1)
  .check((context) => {
    const { length } = context.value;
    if (length > MAX_SECURITY_GROUPS) {
      const accepted = `at most ${MAX_SECURITY_GROUPS} groups, the maximum of a network interface`;
      const fix = 'combine the rules of some of them in one group';
      refuse(context, { code: 'aws-limit', found: `${length} groups`, accepted, fix });
    }
    for (const [index, id] of context.value.entries()) {
      const first = context.value.indexOf(id);
      if (first === index || isToken(id)) continue;
      const found = foundValue(id, `, which is also at [${first}]`);
      refuse(
        context,
        { code: 'duplicate-name', found, accepted: 'each group once', acceptedAs: 'rule', fix: 'remove it' },
        [index],
      );
    }
  });
