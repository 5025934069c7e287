import { z } from 'zod';
import { across, mapOf, numberIn, refuse, strict, text } from '../checked';
import { iamRoleStatements } from '../iam-statement';
import { formatFound } from '../problem';
import { asObject } from '../referred-resource';
import { containerSecret } from '../secret-text';
import { securityGroupId } from './security-group-id';

const param = text({
  pattern: /^[a-zA-Z][a-zA-Z0-9]*$/,
  accepted: 'letters and digits, starting with a letter',
  fix: 'use a name such as apiUrl: it becomes STP_<RESOURCE>_API_URL',
});

/** What connecting to something gives that this project knows nothing of. */
export const existingProperties = across(
  strict({
    /** Variables of the jobs and functions that connect, by parameter: `url` of `search` becomes `STP_SEARCH_URL`. @default none */
    variables: mapOf(param, z.string()).default({}),
    /** Secrets of the jobs that connect, by parameter, as `$Secret('name.key')`. @default none */
    secrets: mapOf(param, containerSecret('a secret')).default({}),
    /** Permissions of the jobs and functions that connect. @default none */
    iamRoleStatements: iamRoleStatements.default([]),
    /** Security group that allows jobs that connect, at one port. These jobs get their own capacity. @default it is open to them anyway */
    securityGroup: strict({
      /** Id of the group; a rule is added to it. */
      id: securityGroupId,
      /** Port number. */
      port: numberIn({ min: 1, max: 65_535 }),
    }).optional(),
  }),
  ({ variables, secrets }, context) => {
    for (const name of Object.keys(asObject(secrets)).filter((key) => Object.hasOwn(asObject(variables), key))) {
      const accepted = 'a name that no variable has';
      refuse(context, { found: formatFound(name), accepted, fix: 'rename or remove one of them' }, ['secrets', name]);
    }
  },
);

/** Something that is there already and that this project has no type for: a search domain, a database run elsewhere. Nothing is made for it. */
export const existingResource = strict({
  /** Kind of resource. */
  type: z.literal('existing'),
  /** What connecting to it gives. */
  properties: existingProperties,
});
