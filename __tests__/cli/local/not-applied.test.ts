import { notApplied } from '../../../cli/local/not-applied';
import { parse } from '../../../modules/config/parse';
import { batchJobsConfig } from '../../../modules/stack-config/config';
import { SMALLEST_JOB } from '../../stack-config/samples';

const notes = (compute: object, resources: object = {}) =>
  notApplied('job', parse(batchJobsConfig, { stackName: 'a', resources, compute }, 'test'));

it('says what belongs to instances in AWS', () => {
  expect(notes({ maxVcpus: 8 })).toEqual([]);
  expect(notes({ userData: '#!/bin/sh' })).toEqual(['compute.userData: instances in AWS only, not this run']);
  expect(notes({ userData: '#!/bin/sh', machineImageId: 'ami-01234567' })).toEqual([
    'compute.machineImageId and compute.userData: instances in AWS only, not this run',
  ]);
});

it('says that a job whose files are on the instance store has them elsewhere', () => {
  const resources = { ...SMALLEST_JOB.resources, instanceTypes: ['c6id'], useInstanceStore: true };
  const job = { type: 'batch-job', properties: { ...SMALLEST_JOB, resources } };
  expect(notes({}, { job })).toEqual(['resources.useInstanceStore: disks of instances in AWS only, not this run']);
  expect(notes({}, { job: { type: 'batch-job', properties: SMALLEST_JOB }, other: job })).toEqual([]);
});

it('says what the role of a job does not allow', () => {
  const job = (connectTo: unknown) => ({
    photos: { type: 'bucket' },
    inbox: { type: 'sqs-queue' },
    job: { type: 'batch-job', properties: { ...SMALLEST_JOB, connectTo } },
  });
  expect(notes({}, job(['photos', { name: 'inbox' }]))).toEqual([]);
  const narrowed = [
    { name: 'photos', prefix: 'in/' },
    { name: 'photos', prefix: 'out/' },
    { name: 'inbox', access: 'read' },
  ];
  expect(notes({}, job(narrowed))).toEqual([
    "connectTo: access and prefix of photos, inbox: the job's role in AWS only, not this run",
  ]);
});

it('says which overrides belong to resources that only AWS has', () => {
  const overrides = {
    JobDefinition: { container_properties: { privileged: true }, tags: { a: 'b' } },
    StateMachine: { definition: { Comment: 'x' } },
    LogGroup: { skip_destroy: true },
  };
  expect(notes({}, { job: { type: 'batch-job', properties: SMALLEST_JOB, overrides } })).toEqual([
    'overrides of JobDefinition.tags, LogGroup.skip_destroy: resources in AWS only, not this run',
  ]);
});
