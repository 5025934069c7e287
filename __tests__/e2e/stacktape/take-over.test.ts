import { parse as parseYaml } from 'yaml';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { blocksOf } from '../../docs-pages';
import { AwsApi } from '../engines/aws-api';
import { type Emulator, emulatorAvailable, startEmulator } from '../engines/ministack';
import { describeWith, terraformAvailable, type Workspace, workspace } from '../engines/terraform';
import { type SynthesizedStack, synthesize } from '../synthesize';

const PAGE = 'docs/stacktape/take-over.md';

/** What the page shows, in its order: the configs of both ways, and the commands for the second and back. */
const [LEFT = '', MOVED = ''] = codeIn('yaml');
const [IMPORTS = '', FORGETS = ''] = codeIn('sh');

function codeIn(language: string): string[] {
  return blocksOf(PAGE).flatMap((block) => (block.language === language ? [block.code] : []));
}

/** Not by CloudFormation, whose tables have a provisioned capacity in ministack, although they are billed by request. */
const OLD_TABLE = {
  TableName: 'old-crop',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};

/** The stack that the original would have made: CloudFormation, with names that this project does not give. */
const OLD = {
  Resources: {
    crates: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain', Properties: { BucketName: 'old-crates' } },
    inbox: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain', Properties: { QueueName: 'old-inbox' } },
    clicks: {
      Type: 'AWS::Kinesis::Stream',
      DeletionPolicy: 'Retain',
      Properties: { Name: 'old-clicks', StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
    },
  },
};

describeWith([terraformAvailable(), emulatorAvailable()], 'data of a Stacktape stack', () => {
  let emulator: Emulator;
  let aws: AwsApi;
  let queueUrl: string;
  let copy: Workspace;
  const made: SynthesizedStack[] = [];

  /** A stack of a config on the page, with a function instead of its job, which would need a VPC and minutes. */
  const stack = (yaml: string): string => {
    const { resources, ...config } = parseYaml(yaml) as BatchJobsConfig;
    const { weigh: _, ...data } = resources;
    const reader = {
      type: 'function',
      properties: {
        packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'fixtures/echo.ts' } },
        connectTo: Object.keys(data),
      },
    };
    const one = synthesize({ ...config, resources: { ...data, reader } } as BatchJobsConfig);
    made.push(one);
    return one.dir;
  };

  const terraform = async (commands: string) => {
    for (const command of commands
      .replace(/\\\n\s*/g, '')
      .trim()
      .split('\n')) {
      const [program, ...words] = command
        .trim()
        .replace('https://sqs.eu-west-1.amazonaws.com', emulator.endpoint)
        .split(' ');
      expect(program).toBe('terraform');
      await copy.command(words);
    }
  };

  const expectData = async () => {
    expect(await aws.getObject('old-crates', 'monday.txt')).toBe('40 kg');
    const item = await aws.json('dynamodb', 'DynamoDB_20120810.GetItem', {
      TableName: 'old-crop',
      Key: { id: { S: 'plum' } },
    });
    expect(item).toMatchObject({ Item: { id: { S: 'plum' }, kg: { N: '40' } } });
    const { Attributes } = await aws.json<{ Attributes: object }>('sqs', 'AmazonSQS.GetQueueAttributes', {
      QueueUrl: queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages'],
    });
    expect(Attributes).toEqual({ ApproximateNumberOfMessages: '1' });
    const ShardId = 'shardId-000000000000';
    const { ShardIterator } = await aws.json<{ ShardIterator: string }>(
      'kinesis',
      'Kinesis_20131202.GetShardIterator',
      {
        StreamName: 'old-clicks',
        ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      },
    );
    const { Records } = await aws.json<{ Records: object[] }>('kinesis', 'Kinesis_20131202.GetRecords', {
      ShardIterator,
    });
    expect(Records).toMatchObject([{ Data: 'Y2xpY2s=' }]);
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new AwsApi(emulator, 'eu-west-1');
    await aws.query('cloudformation', {
      Action: 'CreateStack',
      Version: '2010-05-15',
      StackName: 'old',
      TemplateBody: JSON.stringify(OLD),
    });
    await aws.json('dynamodb', 'DynamoDB_20120810.CreateTable', OLD_TABLE);
    queueUrl = `${emulator.endpoint}/${emulator.account}/old-inbox`;
    await aws.putObject('old-crates', 'monday.txt', '40 kg');
    const Item = { id: { S: 'plum' }, kg: { N: '40' } };
    await aws.json('dynamodb', 'DynamoDB_20120810.PutItem', { TableName: 'old-crop', Item });
    await aws.json('sqs', 'AmazonSQS.SendMessage', { QueueUrl: queueUrl, MessageBody: 'weigh' });
    const record = { StreamName: 'old-clicks', PartitionKey: 'a', Data: 'Y2xpY2s=' };
    await aws.json('kinesis', 'Kinesis_20131202.PutRecord', record);
    copy = workspace(stack(MOVED), { emulator });
  }, 300_000);

  afterAll(async () => {
    copy?.dispose();
    for (const one of made) one.dispose();
    await emulator?.stop();
  });

  it('can be moved by the commands of the page, which replaces nothing; the next plan is empty', async () => {
    await terraform(IMPORTS);
    const { resource_changes = [] } = await copy.planJson();
    expect(resource_changes.filter(({ change }) => change.actions.includes('delete'))).toEqual([]);
    const taken = resource_changes.filter(({ address }) => IMPORTS.includes(address));
    expect(taken.map(({ change }) => change.actions)).toEqual(
      taken.map(() => [expect.stringMatching(/^(update|no-op)$/)]),
    );
    expect(taken).toHaveLength(4);
    await copy.applySavedPlan();
    expect(await copy.plan()).toEqual({ hasChanges: false, removes: false });
    await expectData();
  });

  it('can be given back by the commands of the page, and is left where it is: the stack has nothing of it to delete', async () => {
    await terraform(FORGETS);
    await copy.applyOf(stack(LEFT));
    expect(await copy.plan()).toEqual({ hasChanges: false, removes: false });
    const { resources } = await copy.state();
    expect([...resources.keys()].filter((address) => FORGETS.includes(address))).toEqual([]);
    expect([...resources.values()].filter(({ type }) => /^aws_(s3|dynamodb|kinesis)/.test(type))).toEqual([]);
    await expectData();
  });

  it('stays when the old stack is deleted, which retains it', async () => {
    await aws.query('cloudformation', { Action: 'DeleteStack', Version: '2010-05-15', StackName: 'old' });
    await expectData();
  });
});
