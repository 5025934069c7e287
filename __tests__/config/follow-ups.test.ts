import { withoutFollowUps, withoutRepeats, withoutSettled } from '../../modules/config/follow-ups';
import { foundValue } from '../../modules/problems/found';
import type { Finding, LocatedFinding } from '../../modules/problems/problem';

function at(path: string, finding: Partial<Finding>): LocatedFinding {
  return { path: path.split('.'), finding: { found: 'it', accepted: 'a string', fix: 'write it', ...finding } };
}

/** The paths of the findings that stay, and their fixes. */
function left(...findings: LocatedFinding[]): string[] {
  return withoutFollowUps(findings).map(({ path, finding }) => `${path.join('.')}: ${finding.fix}`);
}

const missing = foundValue(undefined);

it('a missing property is not reported if a name beside it is probably meant to be it', () => {
  expect(left(at('job.memroy', { meant: 'memory' }), at('job.memory', { found: missing }))).toEqual([
    'job.memroy: write it',
  ]);
  expect(left(at('job.memory', { found: missing }), at('job.memroy', { meant: 'memory' }))).toEqual([
    'job.memroy: write it',
  ]);
});

it.each<[string, LocatedFinding]>([
  ['another property is missing', at('job.cpu', { found: missing })],
  ['the same name is missing elsewhere', at('other.memory', { found: missing })],
  ['the property is there, and wrong', at('job.memory', { found: foundValue(5) })],
  ['one of several is missing, of which it is none', at('job', { code: 'missing-property', options: ['cpu'] })],
  ['one of several is missing elsewhere', at('other', { code: 'missing-property', options: ['memory'] })],
  ['there are several, not too few', at('job', { code: 'conflict', options: ['memory'] })],
  ['what is missing has no list', at('job', { code: 'missing-property' })],
])('both are reported if %s', (_, other) => {
  expect(left(at('job.memroy', { meant: 'memory' }), other)).toHaveLength(2);
});

it('nothing is settled by a name that nobody means', () => {
  expect(left(at('job.x', {}), at('job.memory', { found: missing }))).toHaveLength(2);
});

it('one of several that are missing is settled too', () => {
  const none = at('job', { code: 'missing-property', options: ['cpu', 'memory'] });
  expect(left(at('job.memroy', { meant: 'memory' }), none)).toEqual(['job.memroy: write it']);
});

it('the value of an existing resource may be wrong as well, so the fix says what is accepted', () => {
  const named = at('queue.existing.ran', { meant: 'arn', fix: 'did you mean "arn"?' });
  const lacking = at('queue.existing.arn', { found: missing, accepted: 'the ARN of a queue' });
  expect(left(named, lacking)).toEqual(['queue.existing.ran: write arn, the ARN of a queue']);
});

describe('a fix that settles other problems', () => {
  const paths = (...findings: LocatedFinding[]) => withoutSettled(findings).map(({ path }) => path.join('.'));
  const type = at('event.type', { settles: ['properties'] });

  it('leaves out those inside the properties that it names', () => {
    expect(paths(at('event.properties.topic', {}), type, at('event.properties', {}))).toEqual(['event.type']);
  });

  it.each(['event', 'event.propertiesOf', 'other.properties', 'event.type', 'properties'])(
    'keeps one of %s, which is elsewhere',
    (path) => {
      expect(paths(type, at(path, {}))).toEqual(['event.type', path]);
    },
  );

  it('leaves out others with its own value, and not itself', () => {
    const refused = at('pool.domain', { settles: ['domain'] });
    expect(withoutSettled([at('pool.domain', {}), at('pool.domain.name', {}), refused])).toEqual([refused]);
  });
});

it('the first of two findings stays if both have the same path and fix', () => {
  const first = at('queue.arn', { accepted: 'the ARN of a queue' });
  const others = [at('queue.arn', { fix: 'remove it' }), at('topic.arn', {})];
  const other = at('queue.arn', { found: 'another' });
  expect(withoutRepeats([first, other])).toEqual([first, other]);
  expect(withoutRepeats([first, at('queue.arn', {}), ...others])).toEqual([first, ...others]);
});
