import { type NodeEnvironment, type NodeEnvironmentArguments, SharedContext } from './shared-context';
import { FileFolder } from './temporary-folder';
import { type TestEvent, TimeLimit } from './time-limit';

// Colors differ between a terminal, where jest asks its workers for them, a CI system and a pipe. Tests expect none, and of programs neither.
process.env.NO_COLOR = '1';
delete process.env.FORCE_COLOR;

const loadBrowser: () => Promise<object> = require('./happy-dom');

/** The one of this worker. */
let shared: SharedContext | undefined;

/** What a file can ask for in its first comment: `@jest-environment-options {"browser": true}`. */
interface Options {
  readonly tokenTraces?: boolean;
  /** Whether `HappyDom` is a global with the package of that name. */
  readonly browser?: boolean;
}

/**
 * Node.js, with packages that are loaded once for all test files of a worker, and for each file a temporary folder that it must leave empty.
 */
export default class Environment implements NodeEnvironment {
  readonly global: NodeEnvironment['global'];
  readonly fakeTimers: NodeEnvironment['fakeTimers'];
  readonly fakeTimersModern: NodeEnvironment['fakeTimersModern'];
  readonly moduleMocker: NodeEnvironment['moduleMocker'];
  readonly exportConditions: () => string[];
  readonly getVmContext: NodeEnvironment['getVmContext'];
  private readonly folder = new FileFolder();
  private readonly options: Options;
  private readonly path: string;
  private readonly limit = new TimeLimit(process.env.TESTS_UNTIL);

  constructor(...[config, context]: NodeEnvironmentArguments) {
    this.options = config.projectConfig.testEnvironmentOptions;
    this.path = context.testPath;
    shared ??= new SharedContext(config, context);
    const { node } = shared;
    this.global = node.global;
    this.fakeTimers = node.fakeTimers;
    this.fakeTimersModern = node.fakeTimersModern;
    this.moduleMocker = node.moduleMocker;
    this.exportConditions = () => node.exportConditions();
    this.getVmContext = () => node.getVmContext();
  }

  async setup(): Promise<void> {
    shared?.open(this.options.tokenTraces === true);
    if (this.options.browser === true) Object.assign(this.global, { HappyDom: await loadBrowser() });
  }

  /** jest-circus tells what it is about to run, and runs it when this returns. */
  handleTestEvent(event: TestEvent): void {
    this.limit.before(event);
  }

  /** A file whose tests were skipped may leave what they would have removed. */
  async teardown(): Promise<void> {
    shared?.close();
    if (this.limit.reached) process.stderr.write(`Tests skipped, since the time is up: ${this.path}\n`);
    this.folder.close({ mustBeEmpty: !this.limit.reached });
  }
}
