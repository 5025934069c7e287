import fc from 'fast-check';
import { suggestion } from '../../modules/problems/suggestion';

const PROPERTIES = ['attempts', 'retryIntervalSeconds', 'retryIntervalMultiplier', 'spotInterruption'];

describe('suggestion', () => {
  it.each([
    ['attempt', 'attempts'],
    ['Attempts', 'attempts'],
    ['ATTEMPTS', 'attempts'],
    ['atempts', 'attempts'],
    ['retryIntervalSecond', 'retryIntervalSeconds'],
    ['retryInterval_Multiplier', 'retryIntervalMultiplier'],
    ['spot', 'spotInterruption'],
  ])('%s means %s', (word, meant) => {
    expect(suggestion(word, PROPERTIES)).toBe(meant);
  });

  it.each(['timeout', 'x', '', 'sp', 'retryInterval'])('"%s" means none of them', (word) => {
    expect(suggestion(word, PROPERTIES)).toBeUndefined();
  });

  it.each([
    ['x86', 'x86_64'],
    ['arm', 'arm64'],
    ['amr64', 'arm64'],
  ])('%s means the architecture %s', (word, meant) => {
    expect(suggestion(word, ['x86_64', 'arm64'])).toBe(meant);
  });

  it('does not take amd64 for arm64, which is another one', () => {
    expect(suggestion('amd64', ['x86_64', 'arm64'])).toBeUndefined();
  });

  it('knows nothing without candidates', () => {
    expect(suggestion('x', [])).toBeUndefined();
  });

  it('prefers the same word in another case to a nearer one', () => {
    expect(suggestion('ABC', ['ABD', 'abc'])).toBe('abc');
  });

  it('names only candidates, and each candidate for itself', () => {
    const words = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), {
      selector: (word) => word.toLowerCase(),
      minLength: 1,
    });
    fc.assert(
      fc.property(words, fc.string({ maxLength: 10 }), (candidates, word) => {
        const meant = suggestion(word, candidates);
        if (meant !== undefined) expect(candidates).toContain(meant);
        for (const candidate of candidates) expect(suggestion(candidate, candidates)).toBe(candidate);
      }),
    );
  });
});
