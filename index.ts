/**
 * The public API of cdktf-batch-jobs: what this file exports, and nothing else, is meant for your code.
 *
 * @module cdktf-batch-jobs
 */
export { type SynthesisExtension, synthesize } from './cli/synthesis/synthesize';
export { BatchJob } from './modules/batch-job';
export { BatchPlatform, type BatchPlatformProps } from './modules/batch-platform';
export { cfResourceParam, parameter, type SecretPart, secret } from './modules/config/directive';
export type { BatchJobConstructProps } from './modules/job-props';
export { loadConfig } from './modules/load';
export { DefaultVpc, type DefaultVpcProps } from './modules/network/default-vpc';
export { ExistingVpc, type ExistingVpcProps } from './modules/network/existing-vpc';
export type { Network } from './modules/network/network';
export type { JobTransforms } from './modules/overrides/job-resources';
export { ConfigError } from './modules/problems/config-error';
export type { Position, Problem } from './modules/problems/problem';
export type { ConnectSource } from './modules/resources/connect';
export { resourceParam } from './modules/resources/resource-param';
export { BatchJobsStack, type StackOptions } from './modules/stack';
export type { ResolvedConfig } from './modules/stack-config/config';
export { defineConfig, defineEvent, defineJob, defineResource } from './modules/stack-config/define-config';
export type { LoadedConfig } from './modules/stack-config/loaded-config';
export type {
  BatchJobProperties,
  BatchJobResource,
  WrittenConfig,
  WrittenResource,
} from './modules/stack-config/written';
export type { WrittenEvent } from './triggers/registry';
export type { EventSource } from './triggers/trigger';
