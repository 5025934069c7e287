/** What helps against causes that AWS tells of an environment, of a launch and of a job. */
export const FIXES = {
  instanceProfile: 'Deploy again, which creates the profile and its role.',
  securityGroup: 'Deploy again, which creates the security group.',
  subnet: 'Correct vpc.subnetIds, or deploy again if the stack creates its subnets.',
  keyPair: 'No config sets a key pair. Remove it where it was set, or create it in {region}, and deploy again.',
  machineImage:
    'Correct compute.machineImageId, or deploy again, so that AWS Batch chooses the image. compute.useLatestMachineImage selects the newest one.',
  placementGroup:
    'No config sets a placement group. Remove it where it was set, in your CDKTF app or by hand, and deploy again.',
  launchTemplate: 'Deploy again, which creates the launch template.',
  noCapacity: 'Wait, or allow more instance types in resources.instanceTypes or more zones. {capacityFix}',
  tooLarge:
    'Lower resources.memory, resources.cpu or resources.gpu, or list larger instances in resources.instanceTypes, and deploy.',
} as const;
