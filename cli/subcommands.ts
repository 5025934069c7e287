import type { Command } from 'commander';

/** Exit code of a command: it is done. */
export const DONE = 0;
/** Exit code of a command that did not reach what it was asked for. */
export const FAILED = 1;
/** Exit code of a command that was not understood, or that has nothing to work on. */
export const NOT_STARTED = 2;

/** What a subcommand's file exports, by the name `define`. */
export interface SubcommandModule {
  /**
   * Adds a subcommand's arguments, options and help to its command.
   *
   * It loads what parsing takes, and no more: whatever the subcommand works with is loaded when it is called.
   *
   * @returns does it, and gives its exit code. It gets what commander gives to an action: the arguments, the options, the command
   */
  define(command: Command): (...given: never[]) => Promise<number>;
}

/** A subcommand, as the list of all of them says it. */
export interface Subcommand {
  readonly name: string;
  /** What it does, as an imperative, for the list of subcommands and as the first sentence of its own help. */
  readonly summary: string;
  /** Loads its file. */
  readonly load: () => SubcommandModule;
}

/** The subcommands, in the order of the help. */
export const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: 'init',
    summary: 'Start a project, or add batch jobs to one',
    load: () => require('./init') as typeof import('./init'),
  },
  {
    name: 'synth',
    summary: 'Check the config and write Terraform JSON',
    load: () => require('./synth') as typeof import('./synth'),
  },
  {
    name: 'local',
    summary: 'Run a job on this machine, without AWS',
    load: () => require('./local') as typeof import('./local'),
  },
  {
    name: 'diff',
    summary: 'Show what a deployment would change',
    load: () => require('./diff') as typeof import('./diff'),
  },
  {
    name: 'deploy',
    summary: 'Show the changes, ask, and make them with Terraform',
    load: () => require('./deploy') as typeof import('./deploy'),
  },
  {
    name: 'destroy',
    summary: 'Ask, and remove everything that the stack has made',
    load: () => require('./destroy') as typeof import('./destroy'),
  },
  {
    name: 'schema',
    summary: 'Print the JSON Schema of the config, for editors',
    load: () => require('./schema') as typeof import('./schema'),
  },
];
