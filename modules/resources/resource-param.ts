import { directiveText } from '../config/directive';
import type { ResourceParam } from './referables';

/**
 * Refers to a parameter of another resource in the config. Works wherever a string is accepted, as the whole value. The same as
 * `$ResourceParam('inbox', 'url')` in YAML and JSON.
 *
 * @param resource name of the resource in the config
 * @param param a parameter of its type, such as `arn`
 *
 * @example
 * import { defineConfig, resourceParam } from 'cdktf-batch-jobs';
 *
 * export default defineConfig({
 *   stackName: 'reports',
 *   resources: {
 *     inbox: { type: 'sqs-queue' },
 *     report: {
 *       type: 'batch-job',
 *       properties: {
 *         container: {
 *           packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } },
 *           environment: { INBOX_URL: resourceParam('inbox', 'url') },
 *         },
 *         resources: { cpu: 1, memory: 512 },
 *       },
 *     },
 *   },
 * });
 */
export function resourceParam(resource: string, param: ResourceParam): string {
  return directiveText('ResourceParam', resource, param);
}
