import fc from 'fast-check';
import { cidrBlockProblem } from '../../modules/config/cidr-block';

it.each(['10.0.0.0/16', '172.31.0.0/20', '192.168.255.0/24', '10.1.128.0/17'])('takes %s', (range) => {
  expect(cidrBlockProblem(range)).toBeUndefined();
});

it.each([
  ['10.0.0.0/8', 'use 10.0.0.0/16'],
  ['10.0.0.0/28', 'use 10.0.0.0/24'],
  ['10.0.0.0/99', 'use 10.0.0.0/24'],
  ['10.1.2.3/16', 'use 10.1.0.0/16'],
  ['10.1.255.0/20', 'use 10.1.240.0/20'],
  ['010.0.0.0/16', 'use 10.0.0.0/16'],
  ['999.0.0.0/16', 'use a private range such as 10.1.0.0/16'],
  ['10.0.0.0', 'use a private range such as 10.1.0.0/16'],
  ['fd00::/16', 'use a private range such as 10.1.0.0/16'],
  ['', 'use a private range such as 10.1.0.0/16'],
])('refuses %j: %s', (range, fix) => {
  const problem = cidrBlockProblem(range);
  expect(problem).toEqual({ found: JSON.stringify(range), accepted: expect.stringContaining('from /16 to /24'), fix });
});

it('takes the range that it proposes', () => {
  const byte = fc.nat({ max: 255 });
  fc.assert(
    fc.property(byte, byte, byte, byte, fc.nat({ max: 40 }), (a, b, c, d, bits) => {
      const problem = cidrBlockProblem(`${a}.${b}.${c}.${d}/${bits}`);
      if (problem !== undefined) expect(cidrBlockProblem(String(problem.fix).replace('use ', ''))).toBeUndefined();
    }),
  );
});
