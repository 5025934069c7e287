import { twoColumns } from '../../../cli/command/two-columns';

it('goes on below the right column', () => {
  expect(
    twoColumns(
      [
        ['job', 'one two three', 'four'],
        ['longer', 'five'],
      ],
      20,
    ),
  ).toEqual(['  job     one two', '          three', '          four', '  longer  five']);
});

it('gives a long left part a line of its own', () => {
  const long = 'npm run local -- report --config examples/jobs.yml';
  expect(
    twoColumns(
      [
        ['short', 'one'],
        [long, 'two'],
      ],
      80,
    ),
  ).toEqual(['  short  one', `  ${long}`, '         two']);
});

it('counts no colours', () => {
  expect(
    twoColumns(
      [
        ['\u001b[1mjob\u001b[22m', 'one'],
        ['longer', 'two'],
      ],
      80,
    )[0],
  ).toBe('  \u001b[1mjob\u001b[22m     one');
});
