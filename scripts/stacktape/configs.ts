import { config, type Difference, job, withJob } from './difference';

/** Properties at the top of a config, what to do about each. */
const ELSEWHERE = {
  budgetControl: 'Create `aws_budgets_budget` in Terraform beside this stack',
  deploymentConfig: 'See the plan before you deploy: `batch-jobs diff`',
  providerConfig: 'Create what other providers have in Terraform beside this stack',
};

/** Members of `stackConfig` other than `tags` and `outputs`, a value of each, and what to do. */
const STACK_CONFIG: { readonly [member: string]: readonly [value: unknown, change: string] } = {
  vpc: [
    { nat: { availabilityZones: 1 } },
    'Write `vpc` at the top of the config: `vpcId`, `subnetIds`, `privateSubnets`',
  ],
  disableStackInfoSaving: [true, 'Remove it: `terraform output -json` prints the outputs'],
  stackInfoDirectory: ['info', 'Remove it: `terraform output -json` prints the outputs'],
  stageType: ['production', 'Remove it'],
  tracing: [
    { enabled: true },
    'Set `tracing_config` in `overrides` of a function, and allow `xray:PutTraceSegments` and `xray:PutTelemetryRecords`',
  ],
  disableIssues: [true, 'Remove it: `batch-jobs runs` lists failed runs'],
};

/** Directives, what to write instead, and how the fix of the error begins. */
const DIRECTIVES: { readonly [directive: string]: readonly [instead: string, fix: string] } = {
  "$File('rates.csv')": ['a custom directive that parses it. `$File` reads JSON, YAML, .ini and .env', 'use $FileRaw'],
  "$CliArgs('size')": ['a custom directive that reads a variable', 'add a directive'],
  '$Profile()': ['the name, or a custom directive', 'write the name'],
  "$StackOutput('orders', 'url')": ["the value, or Terraform's data source in main.ts", 'write the value itself'],
  "$CfStackOutput('orders', 'url')": ["the value, or Terraform's data source in main.ts", 'write the value itself'],
};

function reads(value: string): object {
  const packaging = { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } };
  return withJob({ container: { packaging, environment: [{ name: 'RATES', value }] } });
}

const FORMAT = '$CfFormat("arn:aws:s3:::{}", $ResourceParam("shelf", "name"))';

const VALUE = 'resources.tally.properties.container.environment[0].value';

/** Of the config as a whole. */
export const CONFIGS: readonly Difference[] = [
  {
    stacktape: 'Project and stage name the stack',
    here: '`serviceName`, or the variable `PROJECT_NAME`, and the variable `STAGE` after it',
    change: 'Set `PROJECT_NAME`, and deploy each stage with its own `STAGE`',
    config: { ...config({ tally: job() }), stackName: undefined },
    outcome: {
      creates: { aws_batch_job_definition: { name: 'stacktape-late-summer-tally' } },
    },
  },
  {
    stacktape: 'Two stages are two stacks',
    here: 'Not with a `stackName` without the stage: the second stage changes the stack of the first. Synthesis says so',
    change: "Write `stackName: $Format('{}-{}', 'harvest', $Stage())`, or leave it out",
    config: config({ tally: job() }),
    outcome: { hint: 'stackName' },
    changed: { ...config({ tally: job() }), stackName: "$Format('{}-{}', 'harvest', $Stage())" },
  },
  {
    stacktape: '`hooks` run scripts before and after a deployment',
    here: 'They do not run. Synthesis says which scripts to run before and after',
    change: 'Run them before or after each deployment, for example in a script of package.json',
    config: config({ tally: job() }, { hooks: { afterDeploy: [{ scriptName: 'migrate' }] } }),
    outcome: { hint: 'hooks' },
  },
  {
    stacktape: '`scripts` at the top of a config',
    here: 'Left out, with a hint',
    change: 'Add what you need of them to `scripts` of package.json',
    config: config({ tally: job() }, { scripts: { migrate: { type: 'local-script', properties: {} } } }),
    outcome: { hint: 'scripts' },
  },
  {
    stacktape: '`transforms` and `finalTransform` change the template of CloudFormation',
    here: 'Refused',
    change: 'Set attributes of Terraform in `overrides`',
    config: config({ tally: { ...job(), transforms: {} } }),
    outcome: { refused: [['resources.tally.transforms', 'set attributes of Terraform in overrides']] },
  },
  ...Object.entries(ELSEWHERE).map(
    ([property, change]): Difference => ({
      stacktape: `\`${property}\` at the top of a config`,
      here: 'Refused: not part of this project',
      change,
      config: config({ tally: job() }, { [property]: {} }),
      outcome: { refused: [[property, 'remove it, and ']] },
      changed: config({ tally: job() }),
    }),
  ),
  {
    stacktape: '`stackConfig.outputs[].export` exports a value of CloudFormation',
    here: 'An output of Terraform, without an export. Synthesis says so',
    change: 'Read it with the data source `terraform_remote_state`, or `tfe_outputs` for HCP Terraform',
    config: config({ tally: job() }, { stackConfig: { outputs: [{ name: 'crop', value: 'rye', export: true }] } }),
    outcome: { hint: 'stackConfig.outputs' },
  },
  ...Object.entries(STACK_CONFIG).map(
    ([member, [value, change]]): Difference => ({
      stacktape: `\`stackConfig.${member}\``,
      here: 'Refused',
      change,
      config: config({ tally: job() }, { stackConfig: { [member]: value } }),
      outcome: { refused: [[`stackConfig.${member}`, 'remove it']] },
      changed: config({ tally: job() }, { stackConfig: {} }),
    }),
  ),
  {
    stacktape: '`$CfFormat` can be the ARN of an event',
    here: 'Refused: synthesis has to know the resource',
    change: 'Write `$ResourceParam` or the ARN. In the environment, statements, outputs and other text, it works',
    config: withJob(
      { events: [{ type: 's3', properties: { bucketArn: FORMAT, s3EventType: 's3:ObjectCreated:*' } }] },
      { shelf: { type: 'bucket' } },
    ),
    outcome: { refused: [['resources.tally.properties.events[0].properties.bucketArn', 'write it whole']] },
    changed: withJob(
      {
        events: [
          {
            type: 's3',
            properties: { bucketArn: "$ResourceParam('shelf', 'arn')", s3EventType: 's3:ObjectCreated:*' },
          },
        ],
      },
      { shelf: { type: 'bucket' } },
    ),
  },
  ...Object.entries(DIRECTIVES).map(
    ([directive, [instead, fix]]): Difference => ({
      stacktape: `\`${directive}\``,
      here: 'Refused',
      change: `Write ${instead}`,
      config: reads(directive),
      outcome: { refused: [[VALUE, fix]] },
    }),
  ),
];
