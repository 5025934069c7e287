import type { Statement } from '../../access/policy';
import { readStatements, secretSource } from '../../access/secret';
import { ecrImage } from '../../rules/ecr-image';
import type { AwsContext } from '../../terraform/aws-context';
import type { BuildContext } from '../build-context';

/** The extra permissions of one build: to read its secrets, and to pull its private base images. */
export function buildPermissions(
  aws: AwsContext,
  { secrets = [], logins = [], pulls = [] }: BuildContext,
): Statement[] {
  const read = [
    ...secrets.flatMap(({ reference }) => secretSource(aws, reference) ?? []),
    ...logins.map(({ secretArn: arn }) => ({ store: 'secret', arn, valueFrom: arn }) as const),
  ];
  const repositories = pulls.flatMap((image) => {
    const place = ecrImage(image);
    return place === undefined
      ? []
      : [`arn:${aws.partition}:ecr:${place.region}:${place.account}:repository/${place.repository}`];
  });
  return [
    ...readStatements(aws, read),
    ...(repositories.length === 0
      ? []
      : [
          {
            Sid: 'PullBaseImages',
            Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
            Resource: [...new Set(repositories)].sort(),
          },
        ]),
  ];
}
