import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { parse } from '../../modules/config/parse';
import { BatchJobsStack } from '../../modules/stack';
import { batchJobsConfig } from '../../modules/stack-config/config';
import { INHERITED_NAMES, RESERVED_NAMES } from '../../modules/stack-config/reserved-names';
import { configProblems, SMALLEST_JOB } from './samples';

function jobs(...names: string[]) {
  return {
    stackName: 'reports',
    resources: Object.fromEntries(names.map((name) => [name, { type: 'batch-job', properties: SMALLEST_JOB }])),
  };
}

it.each(RESERVED_NAMES)('refuses a resource named %s', (name) => {
  expect(configProblems(jobs(name))).toEqual([
    {
      path: `resources.${name}`,
      found: `"${name}"`,
      accepted: 'a name that is not in use',
      fix: `rename it, such as to ${name}Job: every stack has a part of this name`,
    },
  ]);
});

it.each(INHERITED_NAMES.filter((name) => /^[a-z]/i.test(name)))('refuses a resource named %s', (name) => {
  expect(configProblems(jobs(name))).toEqual([
    {
      path: `resources.${name}`,
      found: `"${name}"`,
      accepted: 'a name that is not in use',
      fix: `rename it, such as to ${name}Job: every JavaScript object has this name`,
    },
  ]);
  // CDKTF would take it for one that is there.
  const stack = new TerraformStack(Testing.app(), 'reports');
  expect(() => new Construct(stack, name)).toThrow(`already a Construct with name '${name}'`);
});

it('knows every name that a stack has in addition to its resources', () => {
  const config = parse(batchJobsConfig, jobs('report'), 'test');
  const stack = new BatchJobsStack(Testing.app(), config);
  const ids = stack.node.children.map(({ node }) => node.id).filter((id) => !id.includes('-') && id !== 'report');
  expect(ids.sort()).toEqual([...RESERVED_NAMES].sort());
});

it('is refused by the stack itself, past the checks of a config', () => {
  const [report] = Object.values(parse(batchJobsConfig, jobs('report'), 'test').resources);
  for (const name of RESERVED_NAMES) {
    const config = {
      ...parse(batchJobsConfig, jobs(), 'test'),
      resources: { [name]: report as NonNullable<typeof report> },
    };
    expect(() => new BatchJobsStack(Testing.app(), config)).toThrow(`Rename it, such as to ${name}Job`);
  }
});
