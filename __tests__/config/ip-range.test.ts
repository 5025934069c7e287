import fc from 'fast-check';
import { isIpRange } from '../../modules/config/ip-range';

describe('isIpRange', () => {
  it('takes every address with every length of prefix', () => {
    fc.assert(fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (ip, bits) => isIpRange(`${ip}/${bits}`)));
    fc.assert(fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), (ip, bits) => isIpRange(`${ip}/${bits}`)));
  });

  it.each([
    '',
    '/',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '300.0.0.0/8',
    '::/129',
    'a/8',
  ])('takes no %j', (text) => {
    expect(isIpRange(text)).toBe(false);
  });
});
