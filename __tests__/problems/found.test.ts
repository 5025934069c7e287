import { formatFound, foundName, foundText, foundValue, isNothing, isOnly } from '../../modules/problems/found';

describe('formatFound', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['text', '"text"'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    [Number.NaN, 'NaN'],
    [-0.5, '-0.5'],
    [10n, '10'],
    [true, 'true'],
    [() => 1, 'a function'],
    [Symbol('x'), 'Symbol(x)'],
    [{ a: [1] }, '{"a":[1]}'],
  ])('%p is %s', (value, text) => {
    expect(formatFound(value)).toBe(text);
  });

  it('cuts what is long to 120 characters', () => {
    expect(formatFound('x'.repeat(118))).toBe(`"${'x'.repeat(118)}"`);
    expect(formatFound('x'.repeat(119))).toBe(`"${'x'.repeat(116)}...`);
    expect(formatFound('x'.repeat(10_000))).toHaveLength(120);
  });

  it('bears values that have no JSON', () => {
    const round: { self?: object } = {};
    round.self = round;
    expect(formatFound(round)).toBe('[object Object]');
    expect(formatFound({ size: 10n })).toBe('[object Object]');
  });
});

describe('what was found', () => {
  it.each([
    ['a value', foundValue('q'), '"q"'],
    ['a value with more about it', foundValue('q', ', in us-east-1'), '"q", in us-east-1'],
    ['a notation', foundText('0x10'), '0x10'],
    ['a name', foundName('a b'), '"a b"'],
    ['nothing', foundValue(undefined), 'nothing'],
    ['nothing, with more about it', foundValue(undefined, ', and x'), 'nothing, and x'],
  ])('is text for programs: %s', (_, found, text) => {
    expect(`${found}`).toBe(text);
    expect(JSON.stringify({ found })).toBe(JSON.stringify({ found: text }));
  });

  it('is a value and nothing more only without a text', () => {
    expect(isOnly(foundValue('q'), 'q')).toBe(true);
    for (const found of [foundValue('p'), foundValue('q', ' again'), foundText('"q"'), foundName('q'), '"q"'])
      expect(isOnly(found, 'q')).toBe(false);
  });

  it('is nothing if no value was found, and not because a description says so', () => {
    expect(isNothing(foundValue(undefined))).toBe(true);
    for (const found of [foundValue(null), foundText('nothing'), 'nothing']) expect(isNothing(found)).toBe(false);
  });
});
