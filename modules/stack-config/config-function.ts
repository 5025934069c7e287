import { DEPLOYMENT_VARIABLES, unsetVariable } from '../config/deployment-variables';
import { configuredRegion } from '../config/identity';
import type { ConfigError } from '../problems/config-error';
import { formatFound } from '../problems/found';
import type { Finding } from '../problems/problem';

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
  const region = await configuredRegion();
  const known: Known = { stage: STAGE, projectName: PROJECT_NAME, region };
  const given = new Proxy(
    {},
    {
      get: (_, name) => {
        if (typeof name === 'symbol') return undefined;
        return (isGiven(name) && known[name]) || missing(name);
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
    const accepted = `a function of ${Object.keys(DEPLOYMENT_VARIABLES).join(', ')}`;
    const { what, fix } = isGiven(name)
      ? unsetVariable(name)
      : {
          what: 'which is not given here',
          fix: `read a variable instead: process.env.${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`,
        };
    throw problem({ code: 'failed-config', found: `a function that reads "${name}", ${what}`, accepted, fix });
  }
}

type Known = { readonly [Name in keyof typeof DEPLOYMENT_VARIABLES]: string | undefined };

function isGiven(name: string): name is keyof Known {
  return Object.hasOwn(DEPLOYMENT_VARIABLES, name);
}
