import { Token } from 'cdktf';
import { type Dialect, entryProblem, isBareCondition } from '../../../triggers/patterns/match-expression';

/** Accepts the most. */
const WIDE: Dialect = {
  service: 'EventBridge',
  operators: [
    ...['prefix', 'suffix', 'equals-ignore-case', 'exactly', 'wildcard', 'exists', 'cidr', 'anything-but', 'numeric'],
  ],
  negatable: ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'],
  largest: 5e9,
  digits: 6,
  boundsValues: false,
  nested: true,
  mixed: true,
  rangesOnly: false,
};
const NARROW: Dialect = { ...WIDE, largest: 1e9, digits: 5, boundsValues: true, nested: false, mixed: false };

const takes = (entry: unknown, dialect = WIDE) => entryProblem(entry, dialect) === undefined;
const fix = (entry: unknown, dialect = WIDE) => entryProblem(entry, dialect)?.fix;
const TEXT = Token.asString({ ref: 'x' });
const NUMBER = Token.asNumber({ ref: 'x' });

describe('an entry', () => {
  it.each([[null], [true], [false], [''], ['paid'], [0], [-5.25], [6e9]])('can be %j', (entry) => {
    expect(takes(entry)).toBe(true);
  });

  it.each([[undefined], [['paid']], [[]]])('is not %j', (entry) => {
    expect(entryProblem(entry, WIDE)).toMatchObject({
      accepted: 'a string, a number, true, false, null or a condition',
      fix: 'put its entries into this list',
    });
  });

  it('is a number within bounds, where values have them', () => {
    expect([1e9, -1e9, 0.12345, NUMBER].filter((entry) => !takes(entry, NARROW))).toEqual([]);
    const accepted = 'a number from -1,000,000,000 to 1,000,000,000 with up to five digits after the decimal point';
    expect(entryProblem(1e9 + 1, NARROW)).toMatchObject({ accepted, fix: 'compare as a string, in quotes' });
    expect(entryProblem(-1e9 - 1, NARROW)).toMatchObject({ accepted, fix: 'compare as a string, in quotes' });
    expect(entryProblem(0.123456, NARROW)).toMatchObject({ accepted, fix: 'use 0.12346' });
    expect(entryProblem(0.1234567, { ...NARROW, digits: 6 })).toMatchObject({
      accepted: expect.stringContaining('up to six digits'),
    });
  });
});

describe('a condition', () => {
  it('has one operator', () => {
    const accepted = 'one of the conditions prefix, exists';
    const few: Dialect = { ...WIDE, operators: ['prefix', 'exists'] };
    expect(entryProblem({}, few)).toMatchObject({ accepted, fix: 'write each condition as a separate object' });
    expect(fix({ prefix: 'a', exists: true }, few)).toBe('write each condition as a separate object');
    expect(entryProblem({ prefx: 'a' }, few)).toMatchObject({ accepted, fix: 'did you mean "prefix"?' });
    expect(fix({ between: 'a' }, few)).toBe('use one of these');
    // Another service has it.
    expect(fix({ cidr: '10.0.0.0/8' }, few)).toBe('use one of these');
  });

  it.each(['prefix', 'suffix'])('%s takes a text', (name) => {
    expect([{ [name]: 'a' }, { [name]: TEXT }].every((entry) => takes(entry) && takes(entry, NARROW))).toBe(true);
    expect(takes({ [name]: '' })).toBe(true);
    expect(takes({ [name]: '' }, NARROW)).toBe(false);
    expect(takes({ [name]: { 'equals-ignore-case': 'a' } })).toBe(true);
    expect(takes({ [name]: { 'equals-ignore-case': 'a' } }, NARROW)).toBe(false);
    for (const inner of [
      { 'equals-ignore-case': 5 },
      { prefix: 'a' },
      {},
      { 'equals-ignore-case': 'a', more: 1 },
      null,
    ]) {
      expect(takes({ [name]: inner })).toBe(false);
    }
    expect(fix({ [name]: 5 }, NARROW)).toBe(`write {"${name}":"5"}`);
    expect(fix({ [name]: true }, NARROW)).toBe(
      `write a value such as { "${name}": "${name === 'prefix' ? 'order-' : '-eu'}" }`,
    );
    expect(fix({ [name]: ['a', 'b'] })).toBe(`write {"${name}":"a"}, {"${name}":"b"}`);
    for (const list of [[], ['a', 5], ['']]) expect(fix({ [name]: list })).toMatch(/^write a value such as/);
  });

  it('equals-ignore-case takes a text', () => {
    const name = 'equals-ignore-case';
    expect([takes({ [name]: 'a' }), takes({ [name]: 'a' }, NARROW)]).toEqual([true, true]);
    expect([takes({ [name]: '' }), takes({ [name]: '' }, NARROW)]).toEqual([true, false]);
    expect([takes({ [name]: 5 }), takes({ [name]: { prefix: 'a' } })]).toEqual([false, false]);
    expect(fix({ [name]: ['a', 'b'] })).toBe(`write {"${name}":"a"}, {"${name}":"b"}`);
    expect(fix({ [name]: [] })).toBe('write a value such as { "equals-ignore-case": "paid" }');
  });

  it('exactly takes a text', () => {
    expect(takes({ exactly: '' })).toBe(true);
    expect(fix({ exactly: 5 })).toBe('write a value such as { "exactly": "paid" }');
  });

  it('wildcard takes one that has a meaning, or a token', () => {
    expect([takes({ wildcard: '*/a' }), takes({ wildcard: TEXT }), takes({ wildcard: `**${TEXT}` })]).toEqual([
      ...[true, true, true],
    ]);
    expect(takes({ wildcard: '**' })).toBe(false);
    expect(fix({ wildcard: '**' })).not.toMatch(/^write a value such as/);
    expect(fix({ wildcard: 5 })).toBe('write a value such as { "wildcard": "*/reports/*.csv" }');
  });

  it('exists takes a boolean', () => {
    expect([takes({ exists: true }), takes({ exists: false })]).toEqual([true, true]);
    expect(fix({ exists: 'true' })).toBe('write { "exists": true }, without quotes');
    expect(fix({ exists: 'false' })).toBe('write { "exists": false }, without quotes');
    expect(fix({ exists: 'yes' })).toBe('write a value such as { "exists": true }');
  });

  it('cidr takes a range, in some dialects also of a single address', () => {
    const ranges = { ...WIDE, rangesOnly: true };
    expect([takes({ cidr: '10.0.0.0/24' }, ranges), takes({ cidr: '2001:db8::/32' }, ranges)]).toEqual([true, true]);
    expect([takes({ cidr: TEXT }, ranges), takes({ cidr: '10.0.0.1/32' })]).toEqual([true, true]);
    for (const [range, address] of [
      ['10.0.0.1/32', '10.0.0.1'],
      ['2001:db8::1/128', '2001:db8::1'],
    ]) {
      expect(takes({ cidr: range })).toBe(true);
      expect(fix({ cidr: range }, ranges)).toBe(`write "${address}" itself: an address is no range`);
    }
    const example = 'write a value such as { "cidr": "10.0.0.0/24" }';
    for (const value of ['10.0.0.1', 'x/32', '10.0.0.0/33', '10.0.0.0/128', 5, '/']) {
      expect(fix({ cidr: value }, ranges)).toBe(example);
    }
  });
});

describe('the condition numeric', () => {
  it.each(['=', '<', '<=', '>', '>='])('compares by %s', (operator) => {
    expect(takes({ numeric: [operator, 5] })).toBe(true);
    expect(takes({ numeric: [operator, NUMBER] })).toBe(true);
    expect(takes({ numeric: [operator] })).toBe(false);
    expect(takes({ numeric: [operator, 6e9] })).toBe(false);
  });

  it('has the two ends of a range, the lower one first', () => {
    for (const [low, high] of [
      ['>', '<'],
      ['>=', '<='],
      ['>', '<='],
      ['>=', '<'],
    ]) {
      expect(takes({ numeric: [low, 1, high, 2] })).toBe(true);
      expect(takes({ numeric: [low, 2, high, 2] })).toBe(false);
      expect(takes({ numeric: [low, NUMBER, high, 2] })).toBe(true);
      expect(takes({ numeric: [low, 2, high, NUMBER] })).toBe(true);
      expect(takes({ numeric: [low, 2, high, 'x'] })).toBe(false);
      expect(fix({ numeric: [high, 2, low, 1] })).toBe(`write ${JSON.stringify({ numeric: [low, 1, high, 2] })}`);
    }
    for (const [low, high] of [
      ['=', '<'],
      ['>', '='],
      ['>', '>'],
      ['<', '<'],
    ]) {
      expect(takes({ numeric: [low, 1, high, 2] })).toBe(false);
    }
    expect(takes({ numeric: ['>', 1, '<', 2, '<'] })).toBe(false);
    expect(takes({ numeric: ['>', 1, '<'] })).toBe(false);
  });

  it.each([
    [
      ['==', 5],
      ['=', 5],
    ],
    [
      ['===', 5],
      ['=', 5],
    ],
    [
      ['=<', 5],
      ['<=', 5],
    ],
    [
      ['=>', 5],
      ['>=', 5],
    ],
    [
      ['=', '5'],
      ['=', 5],
    ],
    [
      ['=', ' 5 '],
      ['=', 5],
    ],
  ])('%j means %j', (written, meant) => {
    expect(fix({ numeric: written })).toBe(`write ${JSON.stringify({ numeric: meant })}`);
  });

  it.each([[5], ['5'], [['=', '']], [['=', ' ']], [['=', 'x']], [[]], [['<', 5, 'x']], [{}]])(
    '%j means nothing that is known',
    (written) => {
      expect(fix({ numeric: written })).toBe('write a value such as { "numeric": [">", 0, "<=", 150] }');
    },
  );

  it('has numbers within bounds, of which the first that is not is told', () => {
    expect(fix({ numeric: ['>', 6e9, '<', 0.12345678] })).toBe('compare as a string, in quotes');
    expect(fix({ numeric: ['>', 0.12345678, '<', 6e9] })).toBe('use 0.123457');
  });
});

describe('the condition anything-but', () => {
  const but = (value: unknown, dialect = WIDE) => takes({ 'anything-but': value }, dialect);
  const example = 'write a value such as { "anything-but": ["test", "trial"] }';

  it('takes values, alone or in a list', () => {
    for (const dialect of [WIDE, NARROW]) {
      expect([but('a', dialect), but(5, dialect), but(['a', 'b'], dialect), but([1, 2], dialect)]).toEqual(
        Array(4).fill(true),
      );
      expect([but([], dialect), but(null, dialect), but(['a', null], dialect), but(6e9, dialect)]).toEqual(
        Array(4).fill(false),
      );
    }
    expect([but(''), but('', NARROW), but([''], NARROW)]).toEqual([true, false, false]);
  });

  it('takes strings and numbers in one list, where the service does', () => {
    expect([but(['a', 5]), but(['a', 5], NARROW)]).toEqual([true, false]);
    expect(fix({ 'anything-but': ['a', 5] }, NARROW)).toBe(
      'write either strings or numbers: EventBridge rejects a list of both',
    );
    for (const list of [[], ['a', null], ['', 5]]) expect(fix({ 'anything-but': list }, NARROW)).toBe(example);
    expect(fix({ 'anything-but': ['a', 6e9] })).toBe(example);
  });

  it('takes a condition, of one text or several', () => {
    for (const name of ['prefix', 'suffix', 'equals-ignore-case', 'wildcard']) {
      expect([but({ [name]: 'a' }), but({ [name]: 'a' }, NARROW)]).toEqual([true, true]);
      expect([but({ [name]: ['a', 'b'] }), but({ [name]: ['a', 'b'] }, NARROW)]).toEqual([true, false]);
      expect([but({ [name]: [] }), but({ [name]: ['a', 5] }), but({ [name]: 5 })]).toEqual([false, false, false]);
    }
    expect([but({ prefix: '' }), but({ wildcard: '**' }), but({ prefix: '**' })]).toEqual([false, false, true]);
    expect([but({}), but({ prefix: 'a', suffix: 'b' }), but({ exists: true })]).toEqual([false, false, false]);
    expect(but({ wildcard: 'a' }, { ...WIDE, negatable: ['prefix'] })).toBe(false);
  });

  it('corrects the name of a condition', () => {
    expect(fix({ 'anything-but': { prefx: 'a' } })).toBe('write {"anything-but":{"prefix":"a"}}');
    expect(fix({ 'anything-but': { prefx: 5 } })).toBe(example);
    expect(fix({ 'anything-but': { between: 'a' } })).toBe(example);
    expect(fix({ 'anything-but': {} })).toBe(example);
    expect(fix({ 'anything-but': null })).toBe(example);
  });
});

describe('an object is a condition without its list', () => {
  it.each<[unknown, boolean]>([
    [{ prefix: 'a' }, true],
    [{ prefix: { 'equals-ignore-case': 'a' } }, true],
    [{ exists: true, prefix: 'a' }, true],
    [{ 'anything-but': ['a'] }, true],
    [{ 'anything-but': { prefix: 'a' } }, true],
    [{ 'equals-ignore-case': ['a'] }, true],
    [{ numeric: ['>', 5] }, true],
    [{ numeric: 5 }, true],
    // Fields of an event by these names.
    [{ prefix: ['a'] }, false],
    [{ prefix: { name: ['a'] } }, false],
    [{ prefix: { 'equals-ignore-case': 'a', name: ['a'] } }, false],
    [{ numeric: ['a'] }, false],
    [{ numeric: { value: [5] } }, false],
    [{ prefix: 'a', name: ['a'] }, false],
    [{ name: 'a' }, false],
    [{}, false],
    ['prefix', false],
    [null, false],
    [['prefix'], false],
  ])('%j: %s', (value, expected) => {
    expect(isBareCondition(value, WIDE)).toBe(expected);
  });
});
