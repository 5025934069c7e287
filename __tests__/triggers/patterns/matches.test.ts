import { matches } from '../../../triggers/patterns/matches';

const EVENT = {
  source: 'shop',
  empty: '',
  nothing: null,
  flag: false,
  resources: ['arn:a', 'arn:b'],
  detail: {
    state: 'Paid',
    total: 12.5,
    path: 'a/reports/x*y.csv',
    ip: '10.1.2.3',
    ip6: '2001:db8::1',
    items: [{ kind: 'book', size: 1 }, { kind: 'pen' }],
    tags: [],
  },
};

const detail = (pattern: object) => ({ detail: pattern });

describe('a pattern', () => {
  it.each<[object]>([
    [{}],
    [{ source: ['other', 'shop'] }],
    [{ source: ['shop'], detail: { state: ['Paid'] } }],
    [{ empty: [''] }],
    [{ nothing: [null] }],
    [{ flag: [false] }],
    [{ resources: ['arn:b'] }],
    [{ resources: [{ 'anything-but': 'arn:b' }] }],
    [detail({ state: [{ prefix: 'P' }] })],
    [detail({ state: [{ prefix: { 'equals-ignore-case': 'pA' } }] })],
    [detail({ state: [{ suffix: 'aid' }] })],
    [detail({ state: [{ suffix: { 'equals-ignore-case': 'ID' } }] })],
    [detail({ state: [{ 'equals-ignore-case': 'PAID' }] })],
    [detail({ state: [{ exactly: 'Paid' }] })],
    [detail({ state: [{ 'anything-but': 'x' }, 'y'] })],
    [detail({ state: [{ 'anything-but': ['x', 'paid'] }] })],
    [detail({ state: [{ 'anything-but': { prefix: 'x' } }] })],
    [detail({ path: [{ 'anything-but': { wildcard: ['*.txt', 'b*'] } }] })],
    [detail({ path: [{ wildcard: '*/reports/*.csv' }] })],
    [detail({ path: [{ wildcard: '*x\\*y.csv' }] })],
    [detail({ total: [{ numeric: ['>', 12, '<=', 12.5] }] })],
    [detail({ total: [{ numeric: ['=', 12.5] }] })],
    [detail({ total: [{ numeric: ['>=', 12.5] }] })],
    [detail({ total: [{ numeric: ['<', 13] }] })],
    [detail({ ip: [{ cidr: '10.0.0.0/8' }] })],
    [detail({ ip6: [{ cidr: '2001:db8::/32' }] })],
    [detail({ items: { kind: ['pen'] } })],
    [detail({ items: { kind: [{ exists: true }] } })],
    [detail({ missing: [{ exists: false }] })],
    [detail({ missing: { deeper: [{ exists: false }] } })],
    [{ missing: { deeper: { still: [{ exists: false }] } } }],
    [{ $or: [{ source: ['x'] }, { detail: { state: ['Paid'] } }] }],
    [detail({ $or: [{ state: ['x'] }, { total: [12.5] }] })],
  ])('matches by %j', (pattern) => {
    expect(matches(pattern, EVENT)).toBe(true);
  });

  it.each<[object]>([
    [{ source: ['Shop'] }],
    [{ source: [{ unknown: 'shop' }] }],
    [{ source: ['shop'], detail: { state: ['x'] } }],
    [{ source: [{ exists: false }] }],
    [{ flag: ['false'] }],
    [{ nothing: ['null'] }],
    [{ resources: ['arn:c'] }],
    [{ detail: [{ exists: true }] }],
    [detail({ state: [{ prefix: 'p' }] })],
    [detail({ state: [{ suffix: 'ID' }] })],
    [detail({ state: [{ 'equals-ignore-case': 'pai' }] })],
    [detail({ state: [{ 'anything-but': ['x', 'Paid'] }] })],
    [detail({ state: [{ 'anything-but': { prefix: ['x', 'Pa'] } }] })],
    [detail({ state: [{ 'anything-but': { 'equals-ignore-case': 'paid' } }] })],
    [detail({ missing: [{ 'anything-but': 'x' }] })],
    [detail({ path: [{ wildcard: 'reports/*' }] })],
    [detail({ path: [{ wildcard: '*x\\*z*' }] })],
    [detail({ total: ['12.5'] })],
    [detail({ total: [{ numeric: ['>', 12.5] }] })],
    [detail({ total: [{ numeric: ['<', 12.5] }] })],
    [detail({ total: [{ numeric: ['<=', 12] }] })],
    [detail({ state: [{ numeric: ['>', 0] }] })],
    [detail({ ip: [{ cidr: '10.2.0.0/16' }] })],
    [detail({ ip: [{ cidr: '2001:db8::/32' }] })],
    [detail({ state: [{ cidr: '10.0.0.0/8' }] })],
    [detail({ tags: [{ exists: true }] })],
    [detail({ items: { kind: ['car'] } })],
    [detail({ missing: { deeper: [{ exists: true }] } })],
    [{ $or: [{ source: ['x'] }, { source: ['y'] }] }],
  ])('does not match by %j', (pattern) => {
    expect(matches(pattern, EVENT)).toBe(false);
  });

  it.each([undefined, null, 'text', 7, []])('matches nothing in %j unless it wants nothing', (event) => {
    expect(matches({ source: ['shop'] }, event)).toBe(false);
    expect(matches({ source: [{ exists: false }] }, event)).toBe(true);
  });
});
