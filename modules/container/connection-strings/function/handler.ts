import { errorChain, log } from '../../../orchestration/trigger/log';
import { type Composition, compose } from './compose';
import { StringsSecret } from './strings-secret';
import { whenAllowed } from './when-allowed';

/** The part of Lambda's context that the function uses. */
interface StringsContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/**
 * Writes the complete connection strings into the job's secret, if they are not in it. Invoked by a deployment, and by the job's state
 * machine before a job is submitted. Answers nothing: an execution's history must not contain a password.
 *
 * @throws ConnectionStringsError if a password or the secret cannot be read, which stays so
 */
export async function handler(_: unknown, context: StringsContext): Promise<void> {
  const entry = { requestId: context.awsRequestId };
  try {
    const names = await whenAllowed(() => write(process.env), context.getRemainingTimeInMillis());
    log('INFO', { ...entry, ...(names.length === 0 ? { message: 'nothing to write' } : { written: names }) });
  } catch (error) {
    log('ERROR', { ...entry, error: errorChain(error) });
    throw error;
  }
}

/** @returns the names of the variables with a new value */
async function write(env: NodeJS.ProcessEnv): Promise<string[]> {
  const composition = JSON.parse(env.CONNECTION_STRINGS ?? '') as Composition;
  const secret = new StringsSecret(env.CONNECTION_STRINGS_SECRET ?? '', env);
  let strings = await compose(composition, env);
  const before = await secret.read();
  const changed = Object.keys(strings).filter((name) => before[name] !== strings[name]);
  if (changed.length === 0) return changed;
  for (;;) {
    // A job that was queued before a deployment can ask for a variable that isn't composed any more.
    await secret.write({ ...before, ...strings });
    // Another invocation can have read a newer password, and written it before this one wrote the older.
    const newest = await compose(composition, env);
    if (JSON.stringify(newest) === JSON.stringify(strings)) return changed;
    strings = newest;
  }
}
