import { z } from 'zod';
import { MACHINE_IMAGE_ID } from '../rules/instance-launch';
import { across, type CheckContext, refuse, strict, text } from './checked';

const machineImage = text({
  pattern: MACHINE_IMAGE_ID,
  orDirective: true,
  accepted: 'the ID of a machine image, such as ami-0123456789abcdef0',
  fix: (found) =>
    found.startsWith('ami-')
      ? 'copy the whole ID: ami- and 17 (or 8) of the characters 0-9 and a-f'
      : 'write the ID, which starts with ami-',
});

const machineImages = across(
  strict({
    /** For jobs on x86_64, without GPUs. @default AWS chooses the image */
    x86_64: machineImage.optional(),
    /** For jobs on arm64. @default AWS chooses the image */
    arm64: machineImage.optional(),
    /** For jobs with GPUs. It needs the NVIDIA driver and the container toolkit. @default AWS chooses the image */
    gpu: machineImage.optional(),
  }),
  (images, context) => {
    if (context.issues.length > 0 || Object.values(images).some((id) => id !== undefined)) return;
    const accepted = 'an ID for at least one of x86_64, arm64 and gpu';
    refuse(context, {
      code: 'missing-property',
      found: 'none of them',
      accepted,
      fix: 'add one, or remove machineImageId',
    });
  },
);

/** ID of the machine image of all instances, or of each kind. */
export const machineImageId = z.union([machineImage, machineImages]);

/** Reports a machine image together with the newest one. */
export function refuseTwoImages(
  {
    useLatestMachineImage,
    machineImageId,
  }: { readonly useLatestMachineImage?: unknown; readonly machineImageId?: unknown },
  context: CheckContext,
): void {
  if (useLatestMachineImage !== true || machineImageId === undefined) return;
  const found = 'useLatestMachineImage and machineImageId';
  const accepted = 'either the newest image, or one that you choose';
  refuse(context, { code: 'conflict', found, accepted, fix: 'remove useLatestMachineImage' }, [
    'useLatestMachineImage',
  ]);
}
