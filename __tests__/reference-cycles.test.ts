import { resolve } from 'node:path';
import { Testing } from 'cdktf';
import fc from 'fast-check';
import { parse } from '../modules/config/parse';
import { ConfigError } from '../modules/problems/config-error';
import type { Problem } from '../modules/problems/problem';
import { cycles } from '../modules/rules/cycles';
import { BatchJobsStack } from '../modules/stack';
import { batchJobsConfig } from '../modules/stack-config/config';
import { CYCLES, NO_CYCLES } from './cycle-cases';
import { found } from './found';
import { configProblems } from './stack-config/samples';

function problemsOf(config: object): readonly Problem[] {
  const parsed = parse(batchJobsConfig, { stackName: 'rings', ...config }, 'test');
  const stack = new BatchJobsStack(Testing.app(), parsed, { baseDir: resolve(__dirname, 'e2e') });
  try {
    stack.runAllValidations();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return found(error);
    throw error;
  }
}

describe('a ring of references is refused, with its paths', () => {
  it.each(Object.entries(CYCLES))('%s', (_, [config, found]) => {
    const problems = problemsOf(config);
    expect(problems.map((problem) => problem.found)).toEqual(found.map((steps) => `a ring of references: ${steps}`));
    expect(problems.map(({ path, found: text }) => text.startsWith(`a ring of references: ${path} refers to`))).toEqual(
      found.map(() => true),
    );
  });

  it('with the way out where there is one', () => {
    const fix = (name: string) => problemsOf(CYCLES[name]?.[0] ?? {}).map((problem) => problem.fix);
    expect(fix('dead-letter queues of each other')).toEqual(['remove one of these references']);
    expect(fix('overrides')).toEqual(['remove this reference']);
    expect(fix('a job and a function')).toEqual([
      'list f in connectTo instead of resources.a.properties.container.environment.OTHER: the variables that it adds make no ring',
    ]);
  });

  it('in a report of all rings, in the order of the config', () => {
    const [jobs, queues] = [CYCLES['a job that names itself'], CYCLES['dead-letter queues of each other']];
    const resources = { x: jobs?.[0].resources.a, ...queues?.[0].resources };
    const own = { ...resources, x: JSON.parse(JSON.stringify(resources.x).replaceAll("'a'", "'x'")) };
    expect(problemsOf({ resources: own }).map(({ path }) => path)).toEqual([
      'resources.x.properties.container.environment.OTHER',
      'resources.a.properties.redrivePolicy.targetSqsQueueArn',
    ]);
  });
});

describe('references that form no ring in Terraform are taken', () => {
  it.each(Object.entries(NO_CYCLES))('%s', (_, config) => {
    expect(problemsOf(config)).toEqual([]);
  });
});

describe('resources of CloudFormation that wait for each other', () => {
  const type = 'AWS::SNS::Topic';
  const problems = (cloudformationResources: object) =>
    configProblems({ stackName: 'rings', resources: {}, cloudformationResources }).map(
      ({ path, found, accepted }) => [path, found, accepted] as const,
    );
  const ACCEPTED = 'references that do not lead back: CloudFormation creates a resource after the ones it refers to';

  it.each([
    ['Ref', { Ref: 'b' }, 'Properties.TopicName.Ref'],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['b', 'TopicName'] }, 'Properties.TopicName["Fn::GetAtt"]'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'b.TopicName' }, 'Properties.TopicName["Fn::GetAtt"]'],
    ['Fn::Sub', { 'Fn::Sub': 'x-${b.TopicName}' }, 'Properties.TopicName["Fn::Sub"]'],
    ['a directive', "$CfResourceParam('b', 'TopicName')", 'Properties.TopicName'],
  ])('are refused, by %s', (_, TopicName, path) => {
    const resources = { a: { Type: type, Properties: { TopicName } }, b: { Type: type, DependsOn: ['a'] } };
    const at = `cloudformationResources.a.${path}`;
    expect(problems(resources)).toEqual([
      [at, `a ring of references: ${at} refers to b, cloudformationResources.b.DependsOn[0] refers to a`, ACCEPTED],
    ]);
  });

  it('are refused when one waits for itself', () => {
    expect(problems({ a: { Type: type, DependsOn: 'a' } }).map(([path]) => path)).toEqual([
      'cloudformationResources.a.DependsOn',
    ]);
  });

  it('are not what a substitution names itself, nor what is in a literal', () => {
    const sub = (TopicName: object) => ({
      a: { Type: type, Properties: { TopicName } },
      b: { Type: type, DependsOn: 'a' },
    });
    expect(problems(sub({ 'Fn::Sub': ['${b}', { b: 'x' }] }))).toEqual([]);
    expect(problems(sub({ 'Fn::Sub': '${!b}' }))).toEqual([]);
  });
});

describe('rings', () => {
  it('finds one exactly where a graph has one, and each is one', () => {
    const graphs = fc.array(fc.array(fc.nat(6), { maxLength: 3 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(graphs, (targets) => {
        const graph = new Map(targets.map((list, from) => [`${from}`, list.map(String)]));
        const found = cycles(graph);
        for (const ring of found) {
          for (const [index, from] of ring.entries()) {
            expect(graph.get(from)).toContain(ring[(index + 1) % ring.length]);
          }
        }
        // What is left when what waits for nothing is taken away, time and again.
        const left = new Set(graph.keys());
        for (let _ = 0; _ < 7; _ += 1) {
          for (const node of left) if (!graph.get(node)?.some((other) => left.has(other))) left.delete(node);
        }
        expect(found.length > 0).toBe(left.size > 0);
      }),
    );
  });
});
