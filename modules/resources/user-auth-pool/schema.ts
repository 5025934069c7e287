import { z } from 'zod';
import { nonEmpty, numberIn, strict, text } from '../../config/checked';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { companionSchema } from '../companion-schema';

const passwordPolicy = strict({
  /** Minimum length of a password. Upper case, lower case, a digit and a symbol are always required. @default 12 */
  minimumLength: numberIn({ unit: 'characters', min: 6, max: 99 }).default(12),
});

/** Properties of a user pool that the stack creates. */
export const userPoolProperties = strict({
  /** How a person who signs up verifies the email address: with a code, with a link, or not at all. @default email-code */
  userVerificationType: z.enum(['email-code', 'email-link', 'none']).default('email-code'),
  /** Allows only administrators to create accounts. If `false`, everybody on the internet can sign up and pass the pool's authorizers. @default true */
  allowOnlyAdminsToCreateAccount: z.boolean().optional(),
  /** Users sign in with their email address. Changing it replaces the pool. @default true */
  allowEmailAsUserName: z.boolean().default(true),
  /** Users sign in with their phone number. If they sign in with neither, they have names. Changing it replaces the pool. @default false */
  allowPhoneNumberAsUserName: z.boolean().default(false),
  /** Rules for passwords. @default each property's own default */
  passwordPolicy: passwordPolicy.prefault({}),
  /** Amazon Cognito refuses to delete the pool. Its users can't be restored. To delete it, set `false` and deploy first. @default true */
  deletionProtection: z.boolean().default(true),
});

/** An Amazon Cognito user pool, with a client for sign-in. */
export const userAuthPool = companionSchema(
  'user-auth-pool',
  userPoolProperties,
  strict({
    /** Id of the user pool, such as `eu-west-1_a1B2c3D4e`. */
    userPoolId: text({
      pattern: /^[\w-]+_[0-9a-zA-Z]+$/,
      orDirective: true,
      accepted: 'the ID of a user pool, such as eu-west-1_a1B2c3D4e',
      fix: (found) => {
        const id = /userpool\/([\w-]+_[0-9a-zA-Z]+)$/.exec(found)?.[1];
        return id === undefined ? 'copy the ID from the console' : `use ${id}`;
      },
    }),
    /** ID of the app client whose tokens are accepted. */
    clientId: nonEmpty('the ID of an app client'),
  }),
);

/** What others can ask of a user pool. */
export const USER_POOL_PARAMS = ['id', 'clientId', 'arn', 'providerUrl'] as const;

export interface UserAuthPoolProperties extends WrittenProperties<typeof userAuthPool>, ByName {}
/** Such a resource as written in a config. */
export interface UserAuthPool extends Written<z.input<typeof userAuthPool>> {
  readonly properties?: UserAuthPoolProperties;
}
