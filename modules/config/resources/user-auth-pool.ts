import { z } from 'zod';
import { nonEmpty, numberIn, strict, text } from '../checked';
import { companion } from './companion';

const passwordPolicy = strict({
  /** Fewest characters of a password, 6 to 99. Upper case, lower case, a digit and a symbol are always asked for. @default 12 */
  minimumLength: numberIn({ unit: 'characters', min: 6, max: 99 }).default(12),
});

/** Properties of a user pool that the stack makes. */
export const userPoolProperties = strict({
  /** How a person who signs up proves that the email address is theirs: by a code, by a link, or not at all. @default email-code */
  userVerificationType: z.enum(['email-code', 'email-link', 'none']).default('email-code'),
  /** Only administrators create accounts. If not, whoever can reach the internet can sign up and pass the pool's authorizers. @default true */
  allowOnlyAdminsToCreateAccount: z.boolean().default(true),
  /** What a password must be like. @default each property's own default */
  passwordPolicy: passwordPolicy.prefault({}),
  /** Amazon Cognito refuses to delete the pool, whose users cannot be brought back. Set it to false and deploy before the pool is removed. @default true */
  deletionProtection: z.boolean().default(true),
});

/** A user pool of Amazon Cognito, and a client for sign-in. */
export const userAuthPool = companion(
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
    /** Id of the app client whose tokens count. */
    clientId: nonEmpty('the ID of an app client'),
  }),
);
