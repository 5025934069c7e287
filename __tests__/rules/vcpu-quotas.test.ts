import { vcpuQuotas } from '../../modules/rules/vcpu-quotas';

// Codes of the tables in https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-quotas.html
test.each([
  [['default_x86_64'], false, ['L-1216C47A']],
  [['optimal', 'm7i', 'c7i.4xlarge', 'i4i', 'im4gn', 'z1d'], true, ['L-34B43A08']],
  [['g5', 'g6.xlarge', 'gr6', 'vt1'], false, ['L-DB2E81BA']],
  [['g5', 'p4d', 'p5.48xlarge'], true, ['L-3819A6DF', 'L-7212CCBC', 'L-C4BD4855']],
  [['p4d', 'p5'], false, ['L-417A185B']],
  [['x2idn', 'x8g'], true, ['L-E3A00192']],
  [['x2idn'], false, ['L-7295265B']],
  [['m7i', 'u7i-12tb'], false, []],
  [['trn1', 'inf2'], false, []],
  [[], false, []],
])('%j, Spot %j: %j', (instanceTypes, spot, codes) => {
  expect(vcpuQuotas(instanceTypes, spot).map(({ code }) => code)).toEqual(codes);
});
