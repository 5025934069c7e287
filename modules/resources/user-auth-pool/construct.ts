import { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool';
import { CognitoUserPoolClient } from '@cdktf/provider-aws/lib/cognito-user-pool-client';
import { CognitoUserPoolDomain } from '@cdktf/provider-aws/lib/cognito-user-pool-domain';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { companionProps } from '../../config/construct-props';
import { parse } from '../../config/parse';
import { NAME_LIMITS, physicalName, shortHash } from '../../rules/naming';
import { dnsSuffix, partitionOf } from '../../rules/partitions';
import type { Companion, CompanionContext } from '../companion';
import { type USER_POOL_PARAMS, userAuthPool, userPoolProperties } from './schema';

export type UserPoolProps = Pick<CompanionContext, 'stackName' | 'aws'> &
  Omit<z.input<typeof userAuthPool>, 'type' | 'overrides'>;

type Properties = z.output<typeof userPoolProperties>;

/**
 * A user pool whose users sign in with their email address, unless it says otherwise, and one client without a secret. The client's errors don't reveal whether an
 * address has an account, and its tokens can be revoked.
 *
 * @throws ConfigError with all problems of the properties.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { UserPool } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new UserPool(stack, 'users', { ...platform.context });
 */
export class UserPool extends Construct implements Companion<'user-auth-pool'> {
  readonly type = 'user-auth-pool';
  readonly arn: string;
  readonly clientId: string;
  /** Issuer of the pool's tokens. */
  readonly providerUrl: string;
  readonly params: Companion<'user-auth-pool', typeof USER_POOL_PARAMS>['params'];
  /** The pool, if the stack creates it. */
  readonly userPool?: CognitoUserPool;
  readonly client?: CognitoUserPoolClient;
  /** Domain of the links in verification emails. Undefined without such links. */
  readonly domain?: CognitoUserPoolDomain;

  constructor(scope: Construct, id: string, given: UserPoolProps) {
    super(scope, id);
    const { stackName, aws, existing, properties = {} } = companionProps(this, given, userAuthPool, ['aws']);
    if (existing !== undefined) {
      const { userPoolId, clientId } = existing;
      // The ID begins with the pool's region, which can differ from the stack's.
      const region = Token.isUnresolved(userPoolId) ? aws.region : (userPoolId.split('_')[0] ?? aws.region);
      const suffix = dnsSuffix(partitionOf(region));
      this.clientId = clientId;
      this.providerUrl = `https://cognito-idp.${region}.${suffix}/${userPoolId}`;
      this.arn = `arn:${aws.partition}:cognito-idp:${region}:${aws.accountId}:userpool/${userPoolId}`;
      this.params = { id: userPoolId, clientId, arn: this.arn, providerUrl: this.providerUrl };
      return;
    }
    const props = parse(userPoolProperties, properties, this.node.path);
    const name = physicalName(NAME_LIMITS.userPool, stackName, id);
    this.userPool = this.createUserPool(name, props);
    this.client = this.createClient(name, this.userPool);
    if (props.userVerificationType === 'email-link') {
      this.domain = new CognitoUserPoolDomain(this, 'Domain', {
        // Unique for all of AWS in a region, and without Cognito's reserved words: aws, amazon, cognito.
        domain: `users-${shortHash(name, 12)}-${aws.accountId}`,
        userPoolId: this.userPool.id,
      });
    }
    this.arn = this.userPool.arn;
    this.clientId = this.client.id;
    this.providerUrl = `https://${this.userPool.endpoint}`;
    this.params = {
      id: this.userPool.id,
      clientId: this.clientId,
      arn: this.arn,
      providerUrl: this.providerUrl,
    };
  }

  private createUserPool(name: string, props: Properties): CognitoUserPool {
    const { userVerificationType, passwordPolicy, allowOnlyAdminsToCreateAccount = true, deletionProtection } = props;
    const usernameAttributes = [
      ...(props.allowEmailAsUserName ? ['email'] : []),
      ...(props.allowPhoneNumberAsUserName ? ['phone_number'] : []),
    ];
    return new CognitoUserPool(this, 'Resource', {
      name,
      ...(usernameAttributes.length > 0 && { usernameAttributes }),
      usernameConfiguration: { caseSensitive: false },
      deletionProtection: deletionProtection ? 'ACTIVE' : 'INACTIVE',
      adminCreateUserConfig: { allowAdminCreateUserOnly: allowOnlyAdminsToCreateAccount },
      passwordPolicy: {
        minimumLength: passwordPolicy.minimumLength,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
        temporaryPasswordValidityDays: 7,
      },
      ...verification(userVerificationType),
    });
  }

  private createClient(name: string, { id }: CognitoUserPool): CognitoUserPoolClient {
    return new CognitoUserPoolClient(this, 'Client', {
      name,
      userPoolId: id,
      // A secret in a web page or an app would not be secret.
      generateSecret: false,
      explicitAuthFlows: [
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
        // Does nothing until the pool has triggers for it. As in Stacktape.
        'ALLOW_CUSTOM_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
        // Over TLS. As in Stacktape, whose users' code signs in so.
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
      ],
      preventUserExistenceErrors: 'ENABLED',
      enableTokenRevocation: true,
    });
  }
}

/** An unverified address must not be usable to recover an account. */
function verification(type: Properties['userVerificationType']) {
  if (type === 'none') {
    return { accountRecoverySetting: { recoveryMechanism: [{ name: 'admin_only', priority: 1 }] } };
  }
  return {
    autoVerifiedAttributes: ['email'],
    verificationMessageTemplate: {
      defaultEmailOption: type === 'email-link' ? 'CONFIRM_WITH_LINK' : 'CONFIRM_WITH_CODE',
    },
    // A new address applies only after it is verified. Until then, the old one does.
    userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ['email'] },
    accountRecoverySetting: { recoveryMechanism: [{ name: 'verified_email', priority: 1 }] },
  };
}
