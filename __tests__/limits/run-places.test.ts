// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import type { TerraformStack } from 'cdktf';
import { placeKeeperDocument } from '../../modules/limits/place-keeper-document';
import { RunPlaces } from '../../modules/limits/run-places';
import { AwsContext } from '../../modules/terraform/aws-context';
import { document, foreignStack, job, jobsStack, permissions, Synthesis, typesUnder } from '../synthesis';

const TABLE = '${aws_dynamodb_table.batch-platform_run-places_Table.arn}';
const limited = job({ limits: { concurrentRuns: 5, whenExceeded: 'wait' } });

const two = new Synthesis(jobsStack({ photos: limited, report: limited, plain: job() }));

function make(stack: TerraformStack = foreignStack()) {
  return new RunPlaces(stack, 'Places', { stackName: 'reports', aws: new AwsContext(stack, 'aws') });
}

it('makes', () => {
  expect(typesUnder(make())).toEqual([
    'aws_cloudwatch_log_group', // of its errors
    'aws_dynamodb_table',
    'aws_iam_role 2', // it works with, and rules start it with
    'aws_iam_role_policy 2',
    'aws_sfn_state_machine',
  ]);
});

it('is made once for all jobs with limits of a stack, and not without', () => {
  const without = new Synthesis(jobsStack({ plain: job() }));
  expect(two.all('aws_dynamodb_table')).toHaveLength(1);
  expect(two.all('aws_sfn_state_machine').map(({ type }) => type)).toEqual(
    expect.arrayContaining(['EXPRESS', 'STANDARD']),
  );
  expect(without.types.join()).not.toContain('dynamodb');
});

it('has the waiting runs of a job in order of arrival, and costs nothing at rest', () => {
  const { tags: _, ...table } = two.one('aws_dynamodb_table');
  expect(table).toMatchObject({
    name: 'reports-run-places',
    billing_mode: 'PAY_PER_REQUEST',
    hash_key: 'JobName',
    range_key: 'Item',
    attribute: ['JobName', 'Item', 'Arrived'].map((name) => ({ name, type: 'S' })),
    local_secondary_index: [{ name: 'Line', range_key: 'Arrived', projection_type: 'ALL' }],
  });
});

it('runs the place keeper for at most five minutes, and logs errors without the names of runs', () => {
  const keeper = two.one('aws_sfn_state_machine', 'run-places');
  expect(keeper).toMatchObject({
    name: 'reports-run-places',
    type: 'EXPRESS',
    logging_configuration: { level: 'ERROR', include_execution_data: false },
  });
  const { tableName, partition } = {
    tableName: '${aws_dynamodb_table.batch-platform_run-places_Table.name}',
    partition: '${data.aws_partition.batch-platform_aws_Partition.partition}',
  };
  expect(document(keeper.definition)).toEqual(placeKeeperDocument({ partition, tableName }));
});

/** Actions and resources of a role, without those of its log. */
function allowed(synthesis: Synthesis, idEnd: string) {
  return permissions(synthesis, idEnd)
    .filter(({ Sid }) => Sid !== 'WriteLog')
    .map(({ Effect, Action, Resource, Condition }) => [Effect, Action, Resource, Condition]);
}

const ARN =
  'arn:${data.aws_partition.batch-platform_aws_Partition.partition}:states:${data.aws_region.batch-platform_aws_Region.id}:${data.aws_caller_identity.batch-platform_aws_Account.account_id}';

describe('allows', () => {
  it('the place keeper the requests that it makes to its table, and no others', () => {
    const made = [
      ...JSON.stringify(placeKeeperDocument({ partition: 'aws', tableName: 't' })).matchAll(/dynamodb:(\w+)/g),
    ];
    const actions = [
      ...new Set(made.map(([, action = '']) => `dynamodb:${action[0]?.toUpperCase()}${action.slice(1)}`)),
    ];
    expect(allowed(two, 'run-places_Role_Policy')).toEqual([
      ['Allow', ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'], [TABLE], undefined],
      ['Allow', ['dynamodb:Query'], [`${TABLE}/index/Line`], undefined],
    ]);
    expect(actions.sort()).toEqual(['DeleteItem', 'GetItem', 'Query', 'UpdateItem'].map((name) => `dynamodb:${name}`));
  });

  it('the place keeper to look at the runs of a job with limits, and to end their waits', () => {
    const [photos, report] = ['photos', 'report'].map((name) => `$\{aws_sfn_state_machine.${name}_StateMachine.arn}`);
    const runs = ['photos', 'report'].map((name) => `${ARN}:execution:reports-${name}:*`);
    expect(allowed(two, 'run-places_Role_Grants')).toEqual([
      ['Allow', ['states:GetExecutionHistory'], runs, undefined],
      ['Allow', ['states:SendTaskSuccess'], [photos, report], undefined],
    ]);
  });

  it('rules to start the place keeper, and nothing else', () => {
    expect(allowed(two, 'run-places_RuleRole_Policy')).toEqual([
      ['Allow', ['states:StartExecution'], ['${aws_sfn_state_machine.batch-platform_run-places.arn}'], undefined],
    ]);
  });

  it('a job to take a place and to read the line of its own runs only', () => {
    for (const name of ['photos', 'report']) {
      const own = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [name] } };
      expect(allowed(two, `${name}_StateMachine_Role_Grants`)).toEqual([
        ['Allow', ['dynamodb:PutItem', 'dynamodb:UpdateItem'], [TABLE], own],
        ['Allow', ['dynamodb:Query'], [`${TABLE}/index/Line`], own],
      ]);
    }
  });

  it('a job without limits nothing of it', () => {
    const policies = Object.entries(two.policies).filter(([place]) => place.includes('plain_'));
    expect(policies.length).toBeGreaterThan(3);
    expect(JSON.stringify(policies)).not.toContain('dynamodb');
  });

  it('nobody else anything of it', () => {
    const all = Object.entries(two.policies).filter(([, { Statement }]) =>
      /dynamodb|SendTask/.test(JSON.stringify(Statement)),
    );
    expect(all.map(([place]) => place.split('.')[1]).sort()).toEqual([
      'batch-platform_run-places_Role_Grants',
      'batch-platform_run-places_Role_Policy',
      'photos_StateMachine_Role_Grants',
      'report_StateMachine_Role_Grants',
    ]);
  });
});
