import { Construct } from 'constructs';
import { jobSettings } from '../modules/job-props';
import { ConfigError } from '../modules/problems/config-error';
import { SMALLEST_JOB } from './stack-config/samples';
import { foreignStack } from './synthesis';

const construct = new Construct(foreignStack(), 'job');

/** The problems of a construct's properties beside the smallest ones. */
function problems(more: object) {
  try {
    jobSettings(construct, { ...SMALLEST_JOB, ...more });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, found, accepted, fix }) => ({
      path,
      found: String(found),
      accepted,
      fix: String(fix),
    }));
  }
}

it('the settings have their defaults, without what only the construct has', () => {
  const given = { ...SMALLEST_JOB, protect: true, overrides: { role: {} }, events: [] };
  expect(jobSettings(construct, given)).toMatchObject({ useSpotInstances: false, retryConfig: { attempts: 1 } });
  expect(jobSettings(construct, given)).not.toHaveProperty('protect');
});

it.each([
  [{ events: [{ type: 'schedule', properties: {} }] }],
  [{ readsEventsOf: ['load'] }],
  [{ connectTo: [] }],
  [{ volumes: [{ type: 'tmpfs', properties: { mountPath: '/a', sizeMb: 1 } }] }],
  [{ platform: { capacity: {}, payloads: {}, network: {} } }],
  [{ overrides: { role: { path: '/a/' } } }],
  [{ transform: { role: { path: '/a/' }, queue: (queue: unknown) => queue, other: undefined } }],
  [{ protect: false }],
])('%j is right', (more) => {
  expect(problems(more)).toEqual([]);
});

const EVENT = 'an event: { type, properties }';

it.each([
  ['schedule', '"schedule"', EVENT, `write ${EVENT}`, 'events[1]'],
  [undefined, 'nothing', EVENT, `write ${EVENT}`, 'events[1]'],
  [null, 'null', EVENT, `write ${EVENT}`, 'events[1]'],
  [['schedule'], '["schedule"]', EVENT, `write ${EVENT}`, 'events[1]'],
  [{ type: 'schedule' }, 'nothing', 'an object', 'add it: it is required', 'events[1].properties'],
  [{ type: 'schedule', properties: 'daily' }, '"daily"', 'an object', 'write an object', 'events[1].properties'],
  [
    { type: 'shedule', properties: {} },
    '"shedule"',
    expect.stringContaining('schedule, '),
    'did you mean "schedule"?',
    'events[1].type',
  ],
  [{ type: 'zzz' }, '"zzz"', expect.stringContaining('schedule, '), 'use one of these', 'events[1].type'],
  [{ type: 7 }, '7', expect.stringContaining('schedule, '), 'use one of these', 'events[1].type'],
  [{ properties: {} }, 'nothing', expect.stringContaining('schedule, '), 'add it: it is required', 'events[1].type'],
])('the event %j is refused', (event, found, accepted, fix, path) => {
  expect(problems({ events: [{ type: 'schedule', properties: {} }, event] })).toEqual([
    expect.objectContaining({ found, accepted, fix, path: expect.stringContaining(path) }),
  ]);
});

it.each<[object, string, string, string, string]>([
  [{ readsEventsOf: ['load', ''] }, 'readsEventsOf[1]', '""', 'the name of a job', "write the other job's name"],
  [{ readsEventsOf: [7] }, 'readsEventsOf[0]', '7', 'the name of a job', "write the other job's name"],
  [{ overrides: { role: 7 } }, 'overrides.role', '7', 'attributes of the resource', 'write { attribute: value }'],
  [{ overrides: { role: [] } }, 'overrides.role', '[]', 'attributes of the resource', 'write { attribute: value }'],
  [{ overrides: { role: null } }, 'overrides.role', 'null', 'attributes of the resource', 'write { attribute: value }'],
  [{ transform: { role: 'a' } }, 'transform.role', '"a"', 'attributes of the resource', 'write { attribute: value }'],
])('%j is refused', (more, path, found, accepted, fix) => {
  expect(problems(more)).toEqual([{ path: expect.stringContaining(path), found, accepted, fix }]);
});

it.each([
  ['events', 'schedule', 'a list of events'],
  ['connectTo', 'bucket', 'a list of constructs'],
  ['volumes', {}, 'a list of volumes'],
  ['readsEventsOf', 'load', 'a list of names of jobs'],
  ['overrides', [], 'an object: attributes by the name of a resource'],
  ['transform', 7, 'an object: changes by the name of a resource'],
  ['protect', 'yes', 'true or false'],
  ['platform', { capacity: {} }, 'a BatchPlatform'],
])('%s is refused as %j', (property, value, accepted) => {
  expect(problems({ [property]: value })).toMatchObject([{ accepted }]);
});

it('what is connected to is a construct of the package', () => {
  expect(problems({ connectTo: ['aws:ses', 'bucket'] })).toMatchObject([
    { path: expect.stringContaining('connectTo[1]'), found: '"bucket"' },
  ]);
});

it('all problems are in one report', () => {
  expect(problems({ events: [7], volumes: [7], timeout: 1 })).toHaveLength(3);
});
