import { z } from 'zod';
import { across, mapOf, numberIn, refuse, strict, text } from '../../config/checked';
import { iamRoleStatements } from '../../config/iam-statement';
import { containerSecret } from '../../config/secret-text';
import { asObject } from '../../config/value-at';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { foundName } from '../../problems/found';
import { MAX_PORT } from '../../rules/ports';
import { securityGroupId } from '../network-access';

const param = text({
  pattern: /^[a-zA-Z][a-zA-Z0-9]*$/,
  accepted: 'letters and digits, starting with a letter',
  acceptedAs: 'content',
  fix: 'use a name such as apiUrl: it becomes STP_<RESOURCE>_API_URL',
});

/** What a connection to a resource of an unsupported type provides. */
export const existingProperties = across(
  strict({
    /** Variables of the jobs and functions that connect, by parameter: `url` of `search` becomes `STP_SEARCH_URL`. @default none */
    variables: mapOf(param, z.string()).default({}),
    /** Secrets of the jobs that connect, by parameter, as `$Secret('name.key')`. @default none */
    secrets: mapOf(param, containerSecret('a secret')).default({}),
    /** Permissions of the jobs and functions that connect. @default none */
    iamRoleStatements: iamRoleStatements.default([]),
    /** Security group that gets a rule for the jobs that connect, at one port. These jobs get separate compute environments. @default none: jobs can already reach it */
    securityGroup: strict({
      /** Id of the security group. The stack adds a rule to it. */
      id: securityGroupId,
      /** Port number. */
      port: numberIn({ min: 1, max: MAX_PORT }),
    }).optional(),
  }),
  ({ variables, secrets }, context) => {
    for (const name of Object.keys(asObject(secrets)).filter((key) => Object.hasOwn(asObject(variables), key))) {
      const accepted = 'a name that no variable has';
      refuse(context, { found: foundName(name), accepted, fix: 'rename or remove one of them' }, ['secrets', name]);
    }
  },
);

/** An existing resource of a type that has no support here: a search domain, a database elsewhere. The stack creates nothing for it. */
export const existingResource = strict({
  /** Type of the resource. */
  type: z.literal('existing'),
  /** What a connection to it provides. */
  properties: existingProperties,
});

export interface ExistingResourceProperties extends WrittenProperties<typeof existingResource>, ByName {}
/** Such a resource as written in a config. */
export interface ExistingResource extends Written<z.input<typeof existingResource>> {
  readonly properties: ExistingResourceProperties;
}
