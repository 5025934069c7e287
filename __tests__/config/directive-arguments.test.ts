import fc from 'fast-check';
import { expandDirectives } from '../../modules/config/custom-directives';
import { directiveText, type Outcome, parseDirective } from '../../modules/config/directive';
import { withArguments } from '../../modules/config/directive-arguments';

const VALUES: { readonly [directive: string]: Outcome } = {
  '$Stage()': { value: 'harvest' },
  "$count('a, (b)')": { value: 3 },
  '$none()': { value: null },
  '$yes()': { value: true },
  '$list()': { value: ['a'] },
  '$failed()': { finding: { found: 'x', accepted: 'y', fix: 'z' } },
};

function resolved(text: string) {
  return withArguments(text, async (directive) => VALUES[directive]);
}

it.each([
  ['$any($Stage())', "$any('harvest')"],
  ["$any('a', $Stage(), 2)", "$any('a', 'harvest', 2)"],
  ['$any( $Stage() ,$yes(),$none() )', "$any('harvest', true, null)"],
  ["$any($count('a, (b)')).part[0]", '$any(3).part[0]'],
  ['$any("$Stage()", $Stage())', '$any("$Stage()", \'harvest\')'],
])('the arguments of %s are put in', async (text, value) => {
  expect(await resolved(text)).toEqual({ text: value });
});

it.each(['$any()', "$any('$Stage()')", "$any('a', 1)", '$any($Stage()', "$any($Stage(), 'a)", '$any'])(
  '%s has no directive among its arguments',
  async (text) => {
    expect(await resolved(text)).toBeUndefined();
  },
);

it('a value that only the deployed stack has is not put in', async () => {
  expect(await resolved("$any($ResourceParam('shelf', 'arn'))")).toEqual({
    finding: {
      found:
        "\"$any($ResourceParam('shelf', 'arn'))\", where only the deployed stack has the value of \"$ResourceParam('shelf', 'arn')\"",
      accepted: 'values that are known at synthesis',
      fix: 'set a separate variable, property or output to it, and put the text together where it is read',
    },
  });
});

it('a list is no argument', async () => {
  expect(await resolved('$any($list())')).toMatchObject({
    finding: { accepted: 'a string, a number, true, false or null', fix: expect.stringContaining('$list().<name>') },
  });
});

it('a problem with an argument is the problem of the directive', async () => {
  expect(await resolved('$any($failed())')).toEqual(VALUES['$failed()']);
});

it('every value that an argument can have arrives as it is', async () => {
  const values = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  await fc.assert(
    fc.asyncProperty(values, fc.string(), async (value, other) => {
      const text = directiveText('any', other).replace(/\)$/, ', $inner())');
      const outcome = await withArguments(text, async () => ({ value }));
      expect(outcome).toEqual({ text: expect.any(String) });
      if (outcome !== undefined && 'text' in outcome)
        expect(parseDirective(outcome.text)?.args).toEqual([other, value]);
    }),
  );
});

it('works in a config, for a directive that is resolved elsewhere, too', async () => {
  const config = {
    region: 'eu-west-1',
    variables: { db: 'ledger' },
    a: "$Secret($Format('{}-{}', $Var().db, $Region()))",
  };
  const { value, findings } = await expandDirectives(config, '/');
  expect(value).toMatchObject({ a: "$Secret('ledger-eu-west-1')" });
  expect(findings).toEqual([]);
});
