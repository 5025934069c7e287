import { z } from 'zod';
import { foundValue } from '../problems/found';
import { ANY_NAME, arnFix, IAM_NAME } from '../rules/arn-fix';
import { MANAGED_POLICY_ARN } from '../rules/arn-forms';
import { allowedAccountIds } from './allowed-account-ids';
import { across, isToken, mapOf, nonEmpty, numberIn, refuse, strict, text } from './checked';
import { region } from './region';

// The options of Terraform 1.10 and later: https://developer.hashicorp.com/terraform/language/backend/s3

const httpUrl = text({
  pattern: /^https?:\/\/\S+$/,
  accepted: 'a URL that starts with https:// or http://',
  fix: 'write a URL such as https://s3.example.com',
});

const objectPath = (what: string) =>
  nonEmpty(what).check((context) => {
    const { value } = context;
    if (/^(?!\/)(?!.*\/\/).*[^/]$/.test(value) || !/\S/.test(value) || isToken(value)) return;
    const fixed = value.split('/').filter((part) => part !== '');
    const fix = `write ${fixed.length === 0 ? what : fixed.join('/')}`;
    refuse(context, { found: foundValue(value), accepted: `${what} without / at its ends and without //`, fix });
  });

const roleArn = text({
  pattern: /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  accepted: 'the ARN of a role',
  fix: (found) => arnFix({ example: 'arn:aws:iam::123456789012:role/deploys', name: IAM_NAME }, found),
});

const policyArn = text({
  pattern: MANAGED_POLICY_ARN,
  accepted: 'the ARN of a managed policy',
  fix: (found) => arnFix({ example: 'arn:aws:iam::123456789012:policy/states', name: IAM_NAME }, found),
});

const sessionText = text({
  pattern: /^[\w+=,.@-]{2,64}$/,
  accepted: '2 to 64 letters, digits and _ + = , . @ -',
  fix: 'shorten it, or remove other characters',
});

/** Units of Go's durations in minutes, as far as a session's duration can use them. */
const UNITS: { readonly [unit: string]: number } = { h: 60, m: 1, s: 1 / 60 };
const [LEAST_MINUTES, MOST_MINUTES] = [15, 12 * 60];

const duration = z
  .string()
  .check((context) => {
    const { value } = context;
    const parts = /^(\d+[hms])+$/.test(value) ? [...value.matchAll(/(\d+)([hms])/g)] : [];
    const minutes = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit as string] ?? 0), 0);
    if (minutes >= LEAST_MINUTES && minutes <= MOST_MINUTES) return;
    const accepted = 'a duration of 15m to 12h, in h, m and s';
    refuse(context, { found: foundValue(value), accepted, fix: 'write a duration such as 1h or 1h30m' });
  })
  .meta({ pattern: '^(\\d+[hms])+$' });

/** What both ways to assume a role have in common. */
const session = {
  /** ARN of the role that Terraform reads and writes the state with. */
  roleArn,
  /** Duration of the session, 15m to 12h. @default 1h */
  duration: duration.optional(),
  /** Policy as JSON that restricts the session further. @default none */
  policy: nonEmpty('a policy as JSON').optional(),
  /** ARNs of managed policies that restrict the session further. @default none */
  policyArns: z.array(policyArn).min(1).optional(),
  /** Name of the session, for CloudTrail. @default Terraform chooses one */
  sessionName: sessionText.optional(),
};

const assumeRole = strict({
  ...session,
  /** External id that the role's trust policy asks for. @default none */
  externalId: text({
    pattern: /^[\w+=,.@:/-]{2,1224}$/,
    accepted: '2 to 1,224 letters, digits and _ + = , . @ : / -',
    fix: 'write the external id of the trust policy',
  }).optional(),
  /** Identity that CloudTrail shows for all calls of the session. @default none */
  sourceIdentity: sessionText.optional(),
  /** Tags of the session. @default none */
  tags: mapOf(nonEmpty('a tag key'), z.string()).optional(),
  /** Keys of tags that sessions of further roles keep. @default none */
  transitiveTagKeys: z.array(nonEmpty('a tag key')).min(1).optional(),
});

const assumeRoleWithWebIdentity = strict({
  ...session,
  /** File with the token of the identity provider, such as a CI system writes it. */
  webIdentityTokenFile: nonEmpty('the path of a file'),
});

const endpoints = strict({
  /** Endpoint of S3. @default that of AWS */
  s3: httpUrl.optional(),
  /** Endpoint of DynamoDB. @default that of AWS */
  dynamodb: httpUrl.optional(),
  /** Endpoint of IAM. @default that of AWS */
  iam: httpUrl.optional(),
  /** Endpoint of IAM Identity Center. @default that of AWS */
  sso: httpUrl.optional(),
  /** Endpoint of STS. @default that of AWS */
  sts: httpUrl.optional(),
});

/** Canned ACLs: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */
const ACLS = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
  'log-delivery-write',
] as const;

/** What Terraform accepts: an id is a UUID, or that of a multi-Region key. */
const KEY_ID = '([a-f0-9]{8}-[a-f0-9]{4}-[1-5][a-f0-9]{3}-[ab89][a-f0-9]{3}-[a-f0-9]{12}|mrk-[a-f0-9]{32})';
const KMS_KEY = new RegExp(
  `^(${KEY_ID}|alias/[\\w/-]+|arn:[\\w-]+:kms:[\\w-]+:\\d{12}:(key/${KEY_ID}|alias/[\\w/-]+))$`,
);

/** Terraform's S3 backend. */
export const s3Backend = across(
  strict({
    /** Stores the state in an S3 bucket, locked by a lock file in the same bucket. */
    type: z.literal('s3'),
    /** Name of the bucket. It must exist. */
    bucket: nonEmpty("a bucket's name"),
    /** Key of the state object. @default <stackName>/<region>/terraform.tfstate */
    key: objectPath('a key').optional(),
    /** Region of the bucket. @default the stack's region */
    region: region.optional(),
    /** Whether S3 encrypts the state. @default true */
    encrypt: z.boolean().default(true),
    /** Id, ARN or alias of the KMS key that encrypts the state. @default the bucket's encryption */
    kmsKeyId: text({
      pattern: KMS_KEY,
      accepted: 'the id, ARN or alias of a KMS key',
      fix: (found) =>
        arnFix(
          { example: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-4cde-9f01-1234567890ab', name: ANY_NAME },
          found,
        ),
    }).optional(),
    /** Whether a file in the bucket locks the state. @default true */
    useLockfile: z.boolean().default(true),
    /** Name of the DynamoDB table that locks the state. Deprecated by Terraform, which recommends `useLockfile`. With both, both locks are taken, so that you can change over. @default none */
    dynamodbTable: nonEmpty("a table's name").optional(),
    /** Canned ACL of the state object. Buckets with ACLs disabled, the default of S3, refuse all but bucket-owner-full-control. @default none */
    acl: z.enum(ACLS).optional(),
    /** Prefix of the keys of Terraform workspaces other than the default one. @default env: */
    workspaceKeyPrefix: objectPath('a prefix').optional(),
    /** Role that Terraform assumes to read and write the state, such as one of the account that owns the bucket. @default none */
    assumeRole: assumeRole.optional(),
    /** Role that Terraform assumes with a token of an identity provider. @default none */
    assumeRoleWithWebIdentity: assumeRoleWithWebIdentity.optional(),
    /** Profile in the AWS configuration files. @default AWS_PROFILE */
    profile: nonEmpty("a profile's name").optional(),
    /** Paths of AWS configuration files. @default ~/.aws/config */
    sharedConfigFiles: z.array(nonEmpty('the path of a file')).min(1).optional(),
    /** Paths of AWS credentials files. @default ~/.aws/credentials */
    sharedCredentialsFiles: z.array(nonEmpty('the path of a file')).min(1).optional(),
    /** Accounts that the credentials of the state can belong to. You can't combine it with `forbiddenAccountIds`. @default any */
    allowedAccountIds: allowedAccountIds.optional(),
    /** Accounts that the credentials of the state can't belong to. @default none */
    forbiddenAccountIds: allowedAccountIds.optional(),
    /** Endpoints instead of those of AWS. @default those of AWS */
    endpoints: endpoints.optional(),
    /** Region of STS. @default the region of the bucket */
    stsRegion: region.optional(),
    /** Whether requests use endpoints that are validated for FIPS 140. @default false */
    useFipsEndpoint: z.boolean().optional(),
    /** Whether requests use endpoints with IPv4 and IPv6. @default false */
    useDualstackEndpoint: z.boolean().optional(),
    /** Whether the bucket's name is in the path of URLs, as some other stores require. @default false */
    usePathStyle: z.boolean().optional(),
    /** Tries of a request. @default 5 */
    maxRetries: numberIn({ unit: 'retries', min: 0, max: 1000 }).optional(),
    /** How requests are retried. @default standard */
    retryMode: z.enum(['standard', 'adaptive']).optional(),
    /** File with certificates of authorities, for proxies that inspect TLS. @default the system's */
    customCaBundle: nonEmpty('the path of a file').optional(),
    /** Proxy for HTTP requests. @default the variable HTTP_PROXY */
    httpProxy: httpUrl.optional(),
    /** Proxy for HTTPS requests. @default the variable HTTPS_PROXY */
    httpsProxy: httpUrl.optional(),
    /** Hosts without a proxy, separated by commas. @default the variable NO_PROXY */
    noProxy: nonEmpty('hosts, separated by commas').optional(),
    /** Whether certificates are not checked. Anybody on the network can then read the state. @default false */
    insecure: z.boolean().optional(),
    /** Endpoint of the EC2 metadata service. @default that of the instance */
    ec2MetadataServiceEndpoint: httpUrl.optional(),
    /** Protocol of the EC2 metadata service. @default IPv4 */
    ec2MetadataServiceEndpointMode: z.enum(['IPv4', 'IPv6']).optional(),
    /** Skips the check of the credentials with STS, which other stores don't have. @default false */
    skipCredentialsValidation: z.boolean().optional(),
    /** Skips asking for the account's id. @default false */
    skipRequestingAccountId: z.boolean().optional(),
    /** Skips looking for credentials of an EC2 instance. @default false */
    skipMetadataApiCheck: z.boolean().optional(),
    /** Skips the check of the region's name. @default false */
    skipRegionValidation: z.boolean().optional(),
    /** Sends no checksum of the state, which some other stores refuse. @default false */
    skipS3Checksum: z.boolean().optional(),
  }),
  ({ allowedAccountIds: allowed, forbiddenAccountIds: forbidden, useLockfile, dynamodbTable }, context) => {
    if (allowed !== undefined && forbidden !== undefined) {
      const found = 'allowedAccountIds and forbiddenAccountIds';
      const fix = 'remove forbiddenAccountIds';
      refuse(context, { code: 'conflict', found, accepted: 'one of the two', fix }, ['forbiddenAccountIds']);
    }
    if (useLockfile === false && dynamodbTable === undefined) {
      const accepted = 'a lock: without one, two deployments at once can destroy the state';
      const fix = 'remove useLockfile, or name a dynamodbTable';
      refuse(context, { found: 'false, without dynamodbTable', accepted, fix }, ['useLockfile']);
    }
  },
);
