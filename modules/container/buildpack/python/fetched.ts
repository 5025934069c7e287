import { foundValue } from '../../../problems/found';
import type { Finding } from '../../../problems/problem';
import type { BuildpackSource } from '../language';
import type { Installation } from './installation';

/** Variables in the base images, which pip can use in requirements files. */
const OF_IMAGE: readonly string[] = ['HOME', 'PATH', 'LANG', 'PYTHON_VERSION'];

/** A variable in a requirements file: https://pip.pypa.io/en/stable/reference/requirements-file-format/#using-environment-variables */
const VARIABLE = /\$\{([A-Z0-9_]+)\}/g;

/** Requirements that the build cannot download, because it lacks the variables or SSH keys of developers' machines. */
export function fetchProblems(installation: Installation, { secrets, properties }: BuildpackSource): Finding[] {
  const { manifests = [], requirements = '', repositories = [] } = installation;
  const texts = [requirements, ...manifests.map(({ text = '' }) => text)];
  const variables = texts.flatMap((text) => [...text.matchAll(VARIABLE)].map(([, name = '']) => name));
  const unset = [...new Set(variables)].filter((name) => !secrets.includes(name) && !OF_IMAGE.includes(name));
  const missing = unset.map((name) => ({
    found: `\${${name}} in the requirements, and no value of it in the build`,
    accepted: 'variables in buildSecrets',
    fix: `add it: buildSecrets: { ${name}: "$Secret('...')" }`,
  }));
  // Build commands from the config, or Git settings in variables, can provide an SSH client and keys, or rewrite the URL.
  const arranged =
    (properties.customDockerBuildCommands ?? []).length > 0 || secrets.some((name) => name.startsWith('GIT_'));
  const lines = [...texts.flatMap((text) => text.split('\n')), ...repositories];
  const bySsh = arranged ? undefined : lines.find((line) => SSH.test(line));
  if (bySsh === undefined) return missing;
  const fix =
    'use an https:// address, with its token as a build secret. Or let Git rewrite the address: buildSecrets with GIT_CONFIG_COUNT, GIT_CONFIG_KEY_0 and GIT_CONFIG_VALUE_0';
  return [
    ...missing,
    {
      found: foundValue(bySsh.trim(), ', which is fetched by SSH: the build has no key'),
      accepted: 'repositories with an HTTPS URL',
      fix,
    },
  ];
}

const SSH = /(^|\s|\+)(ssh:\/\/|git@[\w.-]+[:/])/;
