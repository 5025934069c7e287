import { whenAllowed } from '../../../../modules/container/connection-strings/function/when-allowed';
import { StartError } from '../../../../modules/orchestration/trigger/start-error';

/** As it comes of a request itself, or of what names the variable that needs it. */
const refused = (code: string, curable = false) => new StartError(code, `${code}: no`, curable);
const named = (cause: Error) => new Error(`STP_DB_PASSWORD: ${cause.message}`, { cause });

it.each([
  ['itself', (error: Error) => error],
  ['as a cause', named],
])('leaves what can pass to the caller: %s', async (_, given) => {
  const error = given(refused('ThrottlingException', true));
  const act = jest.fn().mockRejectedValue(error);
  await expect(whenAllowed(act, 120_000)).rejects.toBe(error);
  expect(act).toHaveBeenCalledTimes(1);
});

it.each([
  ['what no repetition can cure', named(refused('ResourceNotFoundException')), 120_000],
  ['what is no answer of AWS', new Error('it has no key "password"'), 120_000],
  ['what stays refused until there is time for one more try only', named(refused('AccessDeniedException')), 39_000],
])('names %s', async (_, error, remainingMs) => {
  const act = jest.fn().mockRejectedValue(error);
  await expect(whenAllowed(act, remainingMs)).rejects.toMatchObject({
    name: 'ConnectionStringsError',
    message: error.message,
    cause: error,
  });
  expect(act).toHaveBeenCalledTimes(1);
});

it('repeats what is refused at first', async () => {
  const act = jest.fn().mockRejectedValueOnce(refused('AccessDeniedException')).mockResolvedValue('done');
  jest.useFakeTimers({ advanceTimers: 100 });
  await expect(whenAllowed(act, 120_000)).resolves.toBe('done');
});
