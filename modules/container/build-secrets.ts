import { isToken } from '../config/checked';
import { parseParameter, parseSecret } from '../config/secret-directive';
import type { BuildSecret, PackagingProblem } from './build-context';

/** Names of build secrets and the `$Secret` or `$Parameter` of each, as written in the config. */
export type GivenSecrets = { readonly [name: string]: string };

/** The secrets of a build, sorted by name, and their problems. */
export function buildSecrets(given: GivenSecrets = {}): {
  readonly secrets: readonly BuildSecret[];
  readonly problems: readonly PackagingProblem[];
} {
  const secrets = Object.entries(given)
    .map(([name, reference]) => ({ name, reference }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { secrets, problems: secrets.filter(({ reference }) => isToken(reference)).map(unknownSecret) };
}

/** The reference is part of the digest in the image's tag, so it must be known at synthesis. */
function unknownSecret({ name }: BuildSecret): PackagingProblem {
  return {
    property: ['buildSecrets', name],
    found: 'a secret that only Terraform knows',
    accepted: "the name or the whole ARN of a secret or parameter: it is part of the image's digest",
    fix: `write the name: $Secret('<name>.<key>') or $Parameter('<name>')`,
  };
}

/** How CodeBuild takes a secret: https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.secrets-manager */
export function codebuildReference({ reference }: BuildSecret): {
  readonly store: 'secrets-manager' | 'parameter-store';
  readonly value: string;
} {
  const secret = parseSecret(reference);
  if (secret !== undefined) {
    const { id, key = '', stage = '', versionId = '' } = secret;
    return { store: 'secrets-manager', value: [id, key, stage, versionId].join(':').replace(/:+$/, '') };
  }
  const parameter = parseParameter(reference);
  if (parameter === undefined) throw new Error(`${reference} is neither a secret nor a parameter`);
  return { store: 'parameter-store', value: parameter.id };
}
