import { config, type Difference } from './difference';

function sorter(properties: object): object {
  const packaging = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'sorter.ts' } };
  return { type: 'function', properties: { packaging, ...properties } };
}

function failing(target: object): object {
  const trigger = { type: 'lambda-error-rate', properties: { thresholdPercent: 5 } };
  return { trigger, notificationTargets: [target] };
}

/** Of functions. */
export const FUNCTIONS: readonly Difference[] = [
  {
    stacktape: 'Functions run on x86_64',
    here: 'On arm64',
    change: 'Set `architecture: x86_64` for native binaries',
    config: config({ sorter: sorter({}) }),
    outcome: { creates: { aws_lambda_function: { architectures: ['arm64'] } } },
  },
  {
    stacktape: 'Their logs are kept for 180 days',
    here: '90 days',
    change: 'Set `logging.retentionDays`',
    config: config({ sorter: sorter({}) }),
    outcome: { creates: { aws_cloudwatch_log_group: { retention_in_days: 90 } } },
  },
  {
    stacktape: "A queue's visibility timeout below the function's timeout fails at deployment",
    here: 'Refused at synthesis',
    change: 'Raise `visibilityTimeoutSeconds`',
    config: config({
      sorter: sorter({ timeout: 60, events: [{ type: 'sqs', properties: { sqsQueueName: 'inbox' } }] }),
      inbox: { type: 'sqs-queue', properties: { visibilityTimeoutSeconds: 30 } },
    }),
    outcome: { refused: [['resources.inbox.properties.visibilityTimeoutSeconds', 'use 360: ']] },
  },
  {
    stacktape: 'Functions that connect to databases and Redis have the password in their variables',
    here: 'They read it from AWS Secrets Manager when they start, by an endpoint in the VPC: $7.30 per month',
    change: 'Nothing. With `vpc: { privateSubnets: true }`, they use its NAT gateway instead',
    config: config({
      sorter: sorter({ connectTo: ['cache'] }),
      cache: {
        type: 'redis-cluster',
        properties: { instanceSize: 'cache.t4g.micro', defaultUserPassword: "$Secret('cache.password')" },
      },
    }),
    outcome: { creates: { aws_vpc_endpoint: { vpc_endpoint_type: 'Interface', private_dns_enabled: true } } },
  },
  {
    stacktape: 'Functions in the VPC that connect to queues, topics and other services time out',
    here: 'Refused without NAT, except buckets and tables, whose endpoints are free',
    change: 'Add `vpc: { privateSubnets: true }`',
    config: config({ sorter: sorter({ connectTo: ['inbox'], joinDefaultVpc: true }), inbox: { type: 'sqs-queue' } }),
    outcome: { refused: [['resources.sorter.properties.connectTo[0]', 'add vpc: { privateSubnets: true }']] },
  },
  {
    stacktape: '`url` gives a function an HTTPS address',
    here: 'The same. The two permissions that AWS wants since October 2025 hold for calls by the address alone',
    change: 'Nothing',
    config: config({ sorter: sorter({ url: { enabled: true } }) }),
    outcome: {
      creates: { aws_lambda_function_url: { authorization_type: 'NONE' }, aws_lambda_permission: { principal: '*' } },
    },
  },
  {
    stacktape: 'Alarms send mail and messages to Slack, Microsoft Teams, Discord and webhooks',
    here: 'They notify SNS topics: another target is refused',
    change: 'Write a topic, and [connect what is to be told](../operate/alarms.md#who-is-told)',
    config: config({ sorter: sorter({ alarms: [failing({ type: 'slack' })] }) }),
    outcome: {
      refused: [['resources.sorter.properties.alarms[0].notificationTargets[0].type', 'write { snsTopicName: ']],
    },
    changed: config({
      sorter: sorter({ alarms: [failing({ snsTopicName: 'alerts' })] }),
      alerts: { type: 'sns-topic' },
    }),
  },
  {
    stacktape: 'Bundles of functions can leave out packages, add files and have source maps',
    here: 'They have all packages that the code imports, nothing else, and no source maps',
    change:
      'Import what the code needs. For packages with native code, build it before synthesis, and use `custom-artifact`',
    config: config({
      sorter: {
        type: 'function',
        properties: {
          packaging: { type: 'js-bundle', properties: { entryfilePath: 'sorter.ts', includeFiles: ['rates.json'] } },
        },
      },
    }),
    outcome: {
      refused: [
        [
          'resources.sorter.properties.packaging.properties.includeFiles',
          'remove it: a bundle has what the code imports',
        ],
      ],
    },
    changed: config({ sorter: sorter({}) }),
  },
  {
    stacktape: 'An entry file of a function can be in other languages too',
    here: 'In JavaScript, TypeScript and [Python](../configure/python-functions.md)',
    change: 'Build other languages before synthesis, and use `custom-artifact`',
    config: config({
      sorter: {
        type: 'function',
        properties: { packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'sorter.go' } } },
      },
    }),
    outcome: {
      refused: [['resources.sorter.properties.packaging.properties.entryfilePath', 'type: "custom-artifact"']],
    },
  },
];
