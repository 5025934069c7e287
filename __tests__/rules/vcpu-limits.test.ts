import { Token } from 'cdktf';
import { minVcpusProblem } from '../../modules/rules/vcpu-limits';

it('a minimum is at most the maximum, which is 256 by default', () => {
  expect(minVcpusProblem({ minVcpus: 256 })).toBeUndefined();
  expect(minVcpusProblem({ minVcpus: 257 })).toEqual({
    code: 'conflict',
    found: '257',
    accepted: '0 to 256, the value of maxVcpus',
    fix: 'lower minVcpus to 256 or less, or raise maxVcpus to 257 or more',
  });
  expect(minVcpusProblem({ minVcpus: 8, maxVcpus: 8 })).toBeUndefined();
  expect(String(minVcpusProblem({ minVcpus: 9, maxVcpus: 8 })?.found)).toBe('9');
});

it.each([
  { minVcpus: Token.asNumber('${var.minimum}'), maxVcpus: 1 },
  { minVcpus: 300, maxVcpus: Token.asNumber('${var.maximum}') },
  { minVcpus: 'many', maxVcpus: 1 },
  { minVcpus: Number.NaN },
  {},
])('says nothing of numbers that are not known: %#', (compute) => {
  expect(minVcpusProblem(compute)).toBeUndefined();
});
