import { configuredRegion } from '../config/identity';
import type { ConfigError } from '../problems/config-error';
import { formatFound } from '../problems/found';
import type { Finding } from '../problems/problem';

/** A value that a config's function gets, and the variable that it is read from. */
const GIVEN: { readonly [name: string]: { readonly variable: string; readonly example: string } } = {
  stage: { variable: 'STAGE', example: 'production' },
  projectName: { variable: 'PROJECT_NAME', example: 'reports' },
  region: { variable: 'AWS_REGION', example: 'eu-west-1' },
};

/**
 * Calls the function that a module exports instead of a config, as Stacktape's modules do. Its argument has `stage` from the variable
 * STAGE, `projectName` from PROJECT_NAME, and `region`, found as the AWS CLI does.
 *
 * @param problem makes the error for something that is read and not there: left empty, it would become a part of names
 * @throws what the function throws, and the error that `problem` makes
 */
export async function calledConfig(
  config: (given: object) => unknown,
  problem: (finding: Finding) => ConfigError,
): Promise<unknown> {
  const { STAGE, PROJECT_NAME } = process.env;
  const known: { readonly [name: string]: string | undefined } = {
    stage: STAGE,
    projectName: PROJECT_NAME,
    region: await configuredRegion(),
  };
  const given = new Proxy(
    {},
    {
      get: (_, name) => {
        if (typeof name === 'symbol') return undefined;
        return (Object.hasOwn(known, name) && known[name]) || missing(name);
      },
    },
  );
  const returned = await config(given);
  if (typeof returned !== 'object' || returned === null) {
    const found = `a function that returns ${formatFound(returned)}`;
    throw problem({
      code: 'failed-config',
      found,
      accepted: 'a function that returns the config',
      fix: 'return an object',
    });
  }
  return returned;

  function missing(name: string): never {
    const accepted = `a function of ${Object.keys(GIVEN).join(', ')}`;
    const from = Object.hasOwn(GIVEN, name) ? GIVEN[name] : undefined;
    const fix =
      from === undefined
        ? `read a variable instead: process.env.${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`
        : `set the variable ${from.variable}, such as ${from.variable}=${from.example}`;
    const what = from === undefined ? 'which is not given here' : `and the variable ${from.variable} is not set`;
    const found = `a function that reads "${name}", ${what}`;
    throw problem({ code: 'failed-config', found, accepted, fix });
  }
}
