// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchJobsConfig } from '../modules/stack-config/config';
import { EVERYTHING } from './cli/console/picture/everything';
import { EXAMPLES, FIRST_EXAMPLE } from './example-files';

const ROOT = join(__dirname, '..');
const ALL = [FIRST_EXAMPLE, ...EXAMPLES];

const BOUNDARY = 'arn:aws:iam::123456789012:policy/boundary';
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const SETTINGS = {
  namePrefix: 'acme-',
  region: 'eu-west-1',
  allowedAccountIds: ['123456789012'],
  iam: { permissionsBoundaryArn: BOUNDARY, path: '/teams/reports/' },
  encryption: { kmsKeyArn: KEY },
};

/** What the examples lack. */
const MORE: BatchJobsConfig['resources'] = {
  forwarded: {
    type: 'batch-job',
    properties: {
      container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
      resources: { cpu: 1, memory: 512 },
      logging: {
        logForwarding: {
          type: 'http-endpoint',
          errorLog: true,
          properties: { endpointUrl: 'https://logs.example.com' },
        },
      },
    },
  },
  // Has so many permissions that they are spread over managed policies.
  wide: {
    type: 'batch-job',
    properties: {
      container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
      resources: { cpu: 1, memory: 512 },
      iamRoleStatements: [
        {
          Action: ['sqs:SendMessage'],
          Resource: Array.from({ length: 120 }, (_, n) => `arn:aws:sqs:eu-west-1:123456789012:${'x'.repeat(70)}${n}`),
        },
      ],
    },
  },
};

type Block = { readonly [argument: string]: unknown };
type Resources = { readonly [type: string]: { readonly [id: string]: Block } };

const folder = mkdtempSync(join(tmpdir(), 'account-settings-'));
let stacks: { readonly [name: string]: Resources };

/** In one separate process with tsx, like main.ts. */
beforeAll(() => {
  const script = join(folder, 'synthesize-all.ts');
  const output = join(folder, 'all.json');
  writeFileSync(
    script,
    `import { dirname } from 'node:path';
     import { writeFileSync } from 'node:fs';
     import { App, Testing } from ${JSON.stringify(require.resolve('cdktf'))};
     import { loadConfig } from ${JSON.stringify(join(ROOT, 'modules/load'))};
     import { BatchJobsStack } from ${JSON.stringify(join(ROOT, 'modules/stack'))};
     const settings = ${JSON.stringify(SETTINGS)};
     const everything = ${JSON.stringify({ ...EVERYTHING, resources: { ...EVERYTHING.resources, ...MORE } })};
     const resources = (config: object, baseDir: string) => {
       const stack = new BatchJobsStack(new App({ outdir: ${JSON.stringify(folder)} }), { ...config, ...settings }, { baseDir });
       return JSON.parse(Testing.synth(stack, true)).resource;
     };
     (async () => {
       const all: object = { everything: resources(everything, ${JSON.stringify(ROOT)}) };
       for (const file of ${JSON.stringify(ALL)}) all[file] = resources((await loadConfig(file)).config, dirname(file));
       writeFileSync(${JSON.stringify(output)}, JSON.stringify(all));
     })();`,
  );
  const { stderr, status } = spawnSync(process.execPath, ['--import', require.resolve('tsx'), script], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  stacks = JSON.parse(readFileSync(output, 'utf8'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** All resources of some types, in all stacks, by stack and address. */
function resourcesOf(...types: readonly string[]): (readonly [address: string, block: Block])[] {
  return Object.entries(stacks).flatMap(([stack, resources]) =>
    types.flatMap((type) =>
      Object.entries(resources[type] ?? {}).map(([id, block]) => [`${stack}: ${type}.${id}`, block] as const),
    ),
  );
}

/** Values at a path of attributes, through lists. */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  return valuesAt((value as Block | undefined)?.[first], rest);
}

describe('the roles of every example', () => {
  it('all have the boundary and the path', () => {
    const roles = resourcesOf('aws_iam_role');
    expect(roles.length).toBeGreaterThan(150);
    expect(
      roles.filter(([, role]) => role.permissions_boundary !== BOUNDARY || role.path !== '/teams/reports/'),
    ).toEqual([]);
  });

  it('are in a profile and have policies with the path', () => {
    const others = resourcesOf('aws_iam_instance_profile', 'aws_iam_policy');
    expect(others.map(([address]) => address).join()).toContain('aws_iam_policy');
    expect(others.filter(([, { path }]) => path !== '/teams/reports/')).toEqual([]);
  });
});

/** Where a type of resource has its key. */
const KEYED: { readonly [type: string]: readonly string[] } = {
  aws_cloudwatch_log_group: ['kms_key_id'],
  aws_dynamodb_table: ['server_side_encryption', 'kms_key_arn'],
  aws_efs_file_system: ['kms_key_id'],
  aws_kinesis_stream: ['kms_key_id'],
  aws_launch_template: ['block_device_mappings', 'ebs', 'kms_key_id'],
  aws_s3_bucket_server_side_encryption_configuration: [
    'rule',
    'apply_server_side_encryption_by_default',
    'kms_master_key_id',
  ],
  aws_secretsmanager_secret: ['kms_key_id'],
  aws_sns_topic: ['kms_master_key_id'],
  aws_sqs_queue: ['kms_master_key_id'],
};

/** Types with an argument for a key that stay with keys of AWS, and why. */
const WITHOUT_KEY: { readonly [type: string]: string } = {
  aws_cloudwatch_event_bus: 'passes events on without storing them',
  aws_codebuild_project: 'stores nothing: its builds have no artifacts',
  aws_cognito_user_pool: 'the key is for functions that send its codes, which it does not have',
  aws_db_instance: 'a change of the key replaces the database',
  aws_ecr_repository: 'a change of the key replaces the repository and deletes its images',
  aws_elasticache_replication_group: 'a change of the key replaces the cluster',
  aws_kinesis_firehose_delivery_stream: 'stores nothing: what it cannot deliver is in a bucket, which has the key',
  aws_lambda_function: 'its variables are names, no secrets',
  aws_lambda_event_source_mapping: 'the key is for filters, which are no secrets',
  aws_s3_bucket: 'has a resource for its encryption',
  aws_s3_object: 'has the encryption of its bucket',
  aws_scheduler_schedule: 'its input is in the config, which holds no secrets',
  aws_sfn_state_machine: 'whoever looks at a run would need the key; its log has it',
};

describe('the key', () => {
  it('encrypts every resource of its types', () => {
    const wrong = Object.entries(KEYED).flatMap(([type, path]) =>
      resourcesOf(type).filter(([, block]) => valuesAt(block, path).some((value) => value !== KEY)),
    );
    expect(wrong).toEqual([]);
    expect(Object.keys(KEYED).filter((type) => resourcesOf(type).length === 0)).toEqual([]);
  });

  it('is decided for each type that takes a key', () => {
    const types = [...new Set(Object.values(stacks).flatMap((resources) => Object.keys(resources)))].sort();
    const takesKey = (type: string) => {
      const module = type.replace(/^aws_/, '').replaceAll('_', '-');
      const file = join(ROOT, 'node_modules/@cdktf/provider-aws/lib', module, 'index.d.ts');
      return type.startsWith('aws_') && /readonly \w*(kms\w*Key|encryptionKey)\w*\?/i.test(readFileSync(file, 'utf8'));
    };
    const missing = types.filter((type) => takesKey(type) && !(type in KEYED) && !(type in WITHOUT_KEY));
    expect(missing).toEqual([]);
  });

  it('can be used by each role that may call a service with it', () => {
    const calls =
      /"(s3:(Get|Put)Object|sqs:(Send|Receive)Message|sns:Publish|kinesis:(Get|Put)Records|dynamodb:\w*Item|secretsmanager:PutSecretValue)"/;
    const policies = resourcesOf('aws_iam_role_policy', 'aws_iam_policy');
    // The inline and the managed policies of a role add up.
    const roleOf = (address: string) => address.replace(/^(.*): \w+\.(.*?)_(Policy|Grants|Spread).*$/, '$1 $2');
    const using = new Set(policies.filter(([, { policy }]) => String(policy).includes(KEY)).map(([at]) => roleOf(at)));
    const missing = policies.filter(([at, { policy }]) => calls.test(String(policy)) && !using.has(roleOf(at)));
    expect(using.size).toBeGreaterThan(50);
    expect(missing.map(([address]) => address)).toEqual([]);
  });
});

/** Attributes that name something in the account. */
const NAMES = ['name', 'name_prefix', 'bucket_prefix', 'function_name', 'alarm_name', 'identifier', 'dashboard_name'];

/** Group names of EC2 must not begin with `sg-`, as a stack's name can. */
const STARTS = /(^|\/|^(batch|endpoints|database|redis|load-balancer|efs)-)acme-/;

/** Names within another resource, or names that services prescribe. */
const INNER = [
  'aws_cloudwatch_log_stream',
  'aws_iam_role_policy',
  'aws_apigatewayv2_authorizer',
  'aws_apigatewayv2_stage',
  'aws_cognito_user_pool_client',
  'aws_ssm_parameter',
];

it('the prefix starts every physical name', () => {
  const wrong = Object.values(stacks).flatMap((resources) =>
    Object.entries(resources).flatMap(([type, blocks]) =>
      INNER.includes(type)
        ? []
        : Object.values(blocks).flatMap((block) =>
            NAMES.flatMap((attribute) => {
              const name = block[attribute];
              if (typeof name !== 'string' || name.startsWith('${') || STARTS.test(name)) return [];
              return [`${type}.${attribute}: ${name}`];
            }),
          ),
    ),
  );
  expect([...new Set(wrong)]).toEqual([]);
});

it('one class makes all roles', () => {
  const makes = (text: string) => {
    const { stdout } = spawnSync('grep', ['-rlF', '--include=*.ts', text, 'modules', 'triggers'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    return stdout.trim().split('\n').sort();
  };
  expect(makes('new IamRole(')).toEqual(['modules/access/service-role.ts']);
  expect(makes('new IamPolicy(')).toEqual(['modules/access/spread-policies.ts']);
  expect(makes('new IamInstanceProfile(')).toEqual(['modules/compute/instance-role.ts']);
});
