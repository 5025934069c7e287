import { Replacement } from '../../config/replacement';
import {
  accessControl,
  COMMON_PROPERTIES,
  given,
  type Instead,
  packaging,
  type StacktapeType,
} from '../../config/stacktape';
import { asObject } from '../../config/value-at';

/** Secrets of the newest version of Stacktape are variables here. */
function containerSecrets(value: unknown): Instead {
  const variables = (Array.isArray(value) ? value : []).map((one) => {
    const { name, valueFrom } = asObject(one);
    return { name, value: String(valueFrom).replace(/^\$SsmParam\(/, '$Parameter(') };
  });
  return new Replacement('environment', variables, '. Add the variables that are there');
}

/** Of the first versions of Stacktape: an image that is built from a folder, or is there. */
function imageConfig(value: unknown): Instead {
  const { imageName, filePath, buildContextPath = '.', dockerfilePath, ...others } = asObject(value);
  if (imageName !== undefined) return packaging('prebuilt-image', { image: imageName }, others);
  if (filePath !== undefined) return packaging('stacktape-image-buildpack', { entryfilePath: filePath }, others);
  return packaging('dockerfile', { buildContextPath, ...given({ dockerfilePath }) }, others);
}

const NOT_MINIFIED =
  'remove it: bundles of jobs are not minified, so traces name the lines of the source. For Python, move minify to languageSpecificConfig';

/** What Stacktape's jobs have that those here have not. */
export const STACKTAPE: StacktapeType = {
  properties: {
    // Of the containers of Stacktape's services. AWS Batch has only a command, which is CMD.
    'container.packaging.properties.entryPoint':
      'remove it: AWS Batch keeps the ENTRYPOINT of the image. Write another one in a Dockerfile, and use dockerfile',
    'container.packaging.properties.minify': NOT_MINIFIED,
    'container.packaging.properties.minifyIdentifiers': NOT_MINIFIED,
    'container.packaging.properties.bundleAwsSdk': 'remove it: bundles of jobs always have the AWS SDK',
    'container.packaging.properties.runtime':
      'remove it: Node.js runs the bundle. For Bun or Deno, write a Dockerfile, and use dockerfile',
    'container.imageConfig': imageConfig,
    'container.secrets': containerSecrets,
    accessControl,
  },
  // Jobs have alarms, and none of the others fits one.
  ownProperties: COMMON_PROPERTIES,
};
