import type { BatchJobsConfig } from '../../../modules/stack-config/config';

/** Something that a change of the config takes away, and why that is right. */
export interface Removal {
  /** Its address in Terraform; one for several of a kind. */
  readonly address: RegExp;
  /**
   * What becomes of it: `goes`, and nothing comes in its place; `follows`, its replacement is there before it goes; `makes way`, it has to
   * go before its replacement can come.
   */
  readonly how: 'goes' | 'follows' | 'makes way';
  readonly reason: string;
}

/** Changes of many properties at once: if all of them together take nothing away, none of them does. */
export interface Change {
  readonly name: string;
  readonly after: BatchJobsConfig;
  /** Everything that the change takes away. */
  readonly removals: readonly Removal[];
}

/** A config that is applied, and what it changes to. */
export interface Scene {
  readonly before: BatchJobsConfig;
  readonly changes: readonly Change[];
}
