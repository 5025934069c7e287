import type { LoadedConfig } from '../../../modules/stack-config/loaded-config';

/** What is known of the config. */
export type LoadedStack = Pick<LoadedConfig, 'file' | 'config'>;

/** The console is connected to another account or region than a person has confirmed. */
export class WrongEnvironment extends Error {}
