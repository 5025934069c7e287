import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { indexed } from '../../modules/config/indexed-config';
import { parse } from '../../modules/config/parse';
import { findingsOf } from '../../modules/config/rule';
import { BatchJobsStack } from '../../modules/stack';
import { batchJobsConfig } from '../../modules/stack-config/config';
import {
  differsInMoreThanCase,
  INHERITED_NAMES,
  notReserved,
  RESERVED_NAMES,
} from '../../modules/stack-config/reserved-names';
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

it('refuses a name that differs from another only in case', () => {
  const names = ['report', 'other', 'Report', 'REPORT'];
  const finding = (name: string, other: string) => ({
    path: ['resources', name],
    finding: {
      code: 'invalid-value',
      found: `"${name}"`,
      accepted: 'a name that differs from the others in more than case',
      fix: `rename it: it differs from "${other}" only in case, and the names of IAM roles are case-insensitive`,
    },
  });
  expect(findingsOf([differsInMoreThanCase], indexed(jobs(...names)))).toEqual([
    finding('Report', 'report'),
    finding('REPORT', 'Report'),
  ]);
});

it('has a code of its own for a name that is taken', () => {
  expect(findingsOf([notReserved], indexed(jobs('backend', 'report')))).toMatchObject([
    { path: ['resources', 'backend'], finding: { code: 'reserved-name' } },
  ]);
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
