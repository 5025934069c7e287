import { localCommand } from '../../../../../cli/console/page/run/local-command';
import { run } from '../../../model/told-runs';

test('a command repeats a run of AWS on this machine, with any event that a shell can be given', () => {
  const event = { bytes: 20, text: '{"name": "O\'Brien $HOME"}' };
  expect(localCommand(run({ event }), 'npm run local -- <job>')).toBe(
    `printf '%s' '{"name":"O'\\''Brien $HOME"}' | npm run local -- nightlyReport --event -`,
  );
  expect(localCommand(run({ event }), 'STAGE=test npx batch-jobs local <job> --config a.yml')).toContain(
    '| STAGE=test npx batch-jobs local nightlyReport --config a.yml --event -',
  );
  const digits = { bytes: 30, text: '{"n": 12345678901234567890, "a": 1.0}' };
  expect(localCommand(run({ event: digits }), 'x')).toContain('{"n":12345678901234567890,"a":1.0}');
  expect(localCommand(run({ event: { bytes: 8, text: 'no { JSON' } }), 'x')).toContain("'no { JSON'");
  expect(localCommand(run({ event: { bytes: 4_096, text: `"${'a'.repeat(4_094)}"` } }), 'x')).toBeDefined();
  expect(localCommand(run({ event }), undefined)).toBeUndefined();
  expect(localCommand(run({ event: { bytes: 5_000, text: `"${'a'.repeat(5_000)}"` } }), 'x')).toBeUndefined();
  expect(localCommand(run({ event: { bytes: 9_000 } }), 'x')).toBeUndefined();
  expect(localCommand(run({ command: 'npm run local -- job' }), undefined)).toBe('npm run local -- job');
});
