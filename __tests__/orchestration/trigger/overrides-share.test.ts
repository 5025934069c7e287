import fc from 'fast-check';
import { overridesShare } from '../../../modules/orchestration/trigger/overrides-share';
import { anyCharacter } from '../../any-character';

const twiceEncoded = (event: unknown) => JSON.stringify(JSON.stringify(event)).length;
const share = (event: unknown) => overridesShare(JSON.stringify(event));

/** Writers that Step Functions or Batch may use: ASCII only, HTML-safe, or escaping the slash. */
const WRITERS: Record<string, (json: string) => string> = {
  'ASCII only': (json) => json.replace(/[^ -~]/g, escaped),
  'HTML-safe': (json) => json.replace(/[<>&'=\u2028\u2029]/g, escaped),
  'slash escaping': (json) => json.replaceAll('/', '\\/'),
};

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

test('plain text is counted exactly', () => {
  const plain = fc.string({ unit: fc.constantFrom(...'abcXYZ 0123456789-_.,:;!?()[]{}"\\\n\t\u0001+*#%$@|~^`') });
  fc.assert(
    fc.property(
      fc.dictionary(plain, fc.oneof(plain, fc.integer(), fc.boolean(), fc.constant(null), fc.array(plain))),
      (event) => {
        expect(share(event)).toBe(twiceEncoded(event));
      },
    ),
  );
});

test('no event counts less than JSON.stringify needs for it', () => {
  fc.assert(fc.property(fc.jsonValue({ stringUnit: anyCharacter }), (event) => share(event) >= twiceEncoded(event)));
});

test.each(Object.keys(WRITERS))('no event counts less than an %s writer needs for it', (name) => {
  const write = WRITERS[name] ?? String;
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom(...`<>&'="\\/é日\u2028`), anyCharacter),
  });
  fc.assert(
    fc.property(fc.oneof(text, fc.array(text), fc.dictionary(text, text)), (event) => {
      expect(share(event)).toBeGreaterThanOrEqual(write(JSON.stringify(write(JSON.stringify(event)))).length);
    }),
    // One at a time: among others, a character that counts too little is hidden by those that count too much.
    { examples: [...'<>&\'="\\/é日\u2028'].map((character): [string] => [character]) },
  );
});

test.each([
  [1e-7, '1.0E-7'],
  [1.5, '1.5'],
  [1e21, '1.0E21'],
  [-2.5e-10, '-2.5E-10'],
  [12345678.5, '1.23456785E7'],
])('the number %d leaves room for Java to write it as %s', (number, java) => {
  expect(share(number)).toBeGreaterThanOrEqual(JSON.stringify(java).length);
  expect(share({ n: [number] })).toBeGreaterThanOrEqual(JSON.stringify(`{"n":[${java}]}`).length);
});
