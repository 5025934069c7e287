import { tags } from '../../modules/config/tags';
import { fixesFor, functionOf, jobOf } from '../stack-config/with-resources';

const LIST = [
  { name: 'team', value: 'desk' },
  { name: 'cost center', value: '' },
];

it('tags of a list are those of a map', () => {
  expect(tags.parse(LIST)).toEqual({ team: 'desk', 'cost center': '' });
  expect(tags.parse({ team: 'desk', 'cost center': '' })).toEqual(tags.parse(LIST));
  expect(tags.parse([])).toEqual({});
});

it('the stack, a job and a function accept both forms', () => {
  const job = jobOf('schedule', { scheduleRate: 'rate(1 hour)' }) as { properties: object };
  const fn = functionOf('schedule', { scheduleRate: 'rate(1 hour)' });
  for (const given of [LIST, { team: 'desk' }]) {
    const tagged = [job, fn].map((each) => ({ ...each, properties: { ...each.properties, tags: given } }));
    expect(fixesFor({ job: tagged[0], fn: tagged[1] }, { tags: given })).toEqual([]);
  }
});

it.each([
  [[...LIST, { name: 'team', value: 'other' }], 'tags[2].name: remove one of them'],
  [[{ name: 'aws:team', value: 'desk' }], 'tags[0].name: rename it: AWS reserves aws:'],
  [{ 'aws:team': 'desk' }, 'tags["aws:team"]: rename it: AWS reserves aws:'],
  [[{ name: 'team', value: 'a?' }], 'tags[0].value: shorten the value, or remove other characters'],
  [{ team: 'a?' }, 'tags.team: shorten the value, or remove other characters'],
  [{ team: 5 }, 'tags.team: write "5", in quotes'],
  [[{ name: 'team', value: 5 }], 'tags[0].value: write "5", in quotes'],
  ['team=desk', 'tags: write a list or an object'],
  [['team=desk'], 'tags[0]: write an object such as { name: "team", value: "desk" }'],
])('refuses %j', (given, fix) => {
  expect(fixesFor({}, { tags: given })).toContain(fix);
});

it('knows the names of CloudFormation', () => {
  expect(fixesFor({}, { tags: [{ Key: 'team', Value: 'desk' }] })).toEqual([
    'tags[0].Key: did you mean "name"?',
    'tags[0].Value: did you mean "value"?',
  ]);
});
