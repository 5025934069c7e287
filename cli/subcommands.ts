import type { Command } from 'commander';
import { FAILED } from './command/exit-code';

/** The function `define` that a subcommand's file exports. */
export interface SubcommandModule {
  /**
   * Adds a subcommand's arguments, options and help to its command.
   *
   * It loads only what parsing needs. Other modules are loaded when the subcommand is called.
   *
   * @returns runs the subcommand and returns its exit code. Gets what commander passes to an action: arguments, options, the command
   */
  define(command: Command): (...given: never[]) => Promise<number>;
}

/** A subcommand in the list of all. */
export interface Subcommand {
  readonly name: string;
  /** Its purpose, as an imperative: for the list of subcommands, and as the first sentence of its help. */
  readonly summary: string;
  /** Exit code if the arguments are not valid or there is nothing to work on. @default 2 */
  readonly notStarted?: number;
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
    name: 'check',
    summary: 'Say what jobs run on, and what they and the stack cost',
    load: () => require('./check') as typeof import('./check'),
  },
  {
    name: 'local',
    summary: 'Run a job on this machine, without AWS',
    load: () => require('./local') as typeof import('./local'),
  },
  {
    name: 'diff',
    summary: 'Show what a deployment would change',
    // 2 means that something would change, as for `terraform plan -detailed-exitcode`.
    notStarted: FAILED,
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
    name: 'runs',
    summary: 'List the runs of deployed jobs',
    load: () => require('./runs') as typeof import('./runs'),
  },
  {
    name: 'show',
    summary: "Print a run's whole story: event, attempts, price, links",
    load: () => require('./show') as typeof import('./show'),
  },
  {
    name: 'why',
    summary: 'Say why a job or a run does not run, and what to do',
    load: () => require('./why') as typeof import('./why'),
  },
  {
    name: 'logs',
    summary: "Print what a run's containers have written, or those of all runs of a job",
    load: () => require('./logs') as typeof import('./logs'),
  },
  {
    name: 'start',
    summary: 'Start a run of a deployed job',
    load: () => require('./start') as typeof import('./start'),
  },
  {
    name: 'stop',
    summary: 'Stop a run, its container included',
    load: () => require('./stop') as typeof import('./stop'),
  },
  {
    name: 'rerun',
    summary: 'Start a new run with the event of an earlier one',
    load: () => require('./rerun') as typeof import('./rerun'),
  },
  {
    name: 'undelivered',
    summary: 'See events that could start no run, start or delete them',
    load: () => require('./undelivered') as typeof import('./undelivered'),
  },
  {
    name: 'info',
    summary: 'Show what is deployed, and whether it is the config',
    load: () => require('./info') as typeof import('./info'),
  },
  {
    name: 'console',
    summary: 'Show the stack and its runs as a page in your browser',
    load: () => require('./console') as typeof import('./console'),
  },
  {
    name: 'diagram',
    summary: 'Draw the stack as a picture for a README',
    load: () => require('./diagram') as typeof import('./diagram'),
  },
  {
    name: 'schema',
    summary: 'Print the JSON Schema of the config, for editors',
    load: () => require('./schema') as typeof import('./schema'),
  },
];
