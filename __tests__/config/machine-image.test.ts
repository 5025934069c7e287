import { z } from 'zod';
import { across } from '../../modules/config/checked';
import { machineImageId, refuseTwoImages } from '../../modules/config/machine-image';
import { codesWith, problemsWith } from '../stack-config/samples';

const ID = 'ami-0123456789abcdef0';
const ACCEPTED = 'the ID of a machine image, such as ami-0123456789abcdef0';

it.each([ID, 'ami-01234567', { x86_64: ID }, { arm64: ID }, { gpu: ID }, "$CfResourceParam('image', 'ImageId')"])(
  '%j is one',
  (value) => {
    expect(problemsWith(machineImageId, value)).toEqual([]);
  },
);

it.each([
  ['ami-0123', 'copy the whole ID: ami- and 17 (or 8) of the characters 0-9 and a-f'],
  ['my-image', 'write the ID, which starts with ami-'],
])('%s is none', (value, fix) => {
  expect(problemsWith(machineImageId, { gpu: value })).toEqual([
    { path: 'gpu', found: `"${value}"`, accepted: ACCEPTED, fix },
  ]);
});

it('an image for no kind is none', () => {
  expect(problemsWith(machineImageId, {})).toEqual([
    {
      path: '',
      found: 'none of them',
      accepted: 'an ID for at least one of x86_64, arm64 and gpu',
      fix: 'add one, or remove machineImageId',
    },
  ]);
  expect(codesWith(machineImageId, {})).toEqual(['missing-property']);
});

describe('the newest image', () => {
  const schema = across(
    z.object({ useLatestMachineImage: z.boolean().optional(), machineImageId: z.string().optional() }),
    refuseTwoImages,
  );

  it('is not together with another one', () => {
    expect(problemsWith(schema, { useLatestMachineImage: true, machineImageId: ID })).toEqual([
      {
        path: 'useLatestMachineImage',
        found: 'useLatestMachineImage and machineImageId',
        accepted: 'either the newest image, or one that you choose',
        fix: 'remove useLatestMachineImage',
      },
    ]);
    expect(codesWith(schema, { useLatestMachineImage: true, machineImageId: ID })).toEqual(['conflict']);
  });

  it.each([
    { useLatestMachineImage: true },
    { useLatestMachineImage: false, machineImageId: ID },
    { machineImageId: ID },
  ])('can be %j', (value) => {
    expect(problemsWith(schema, value)).toEqual([]);
  });
});
