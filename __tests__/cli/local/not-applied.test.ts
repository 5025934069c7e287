import { notApplied } from '../../../cli/local/not-applied';
import { parse } from '../../../modules/config/parse';
import { batchJobsConfig } from '../../../modules/stack-config/config';

const notes = (compute: object) =>
  notApplied(parse(batchJobsConfig, { stackName: 'a', resources: {}, compute }, 'test'));

it('says what belongs to instances in AWS', () => {
  expect(notes({ maxVcpus: 8 })).toEqual([]);
  expect(notes({ userData: '#!/bin/sh' })).toEqual(['compute.userData: instances in AWS only, not this run']);
  expect(notes({ userData: '#!/bin/sh', machineImageId: 'ami-01234567' })).toEqual([
    'compute.machineImageId and compute.userData: instances in AWS only, not this run',
  ]);
});
