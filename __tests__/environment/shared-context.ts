import { TestEnvironment } from 'jest-environment-node';
import { skipTokenTraces } from '../../modules/terraform/token-traces';
import { AsyncStorages } from './async-storages';
import { keepCompiled } from './compiled';
import { LOADER, SharedModules } from './shared-modules';

export type NodeEnvironment = Pick<
  InstanceType<typeof TestEnvironment>,
  | 'exportConditions'
  | 'fakeTimers'
  | 'fakeTimersModern'
  | 'getVmContext'
  | 'global'
  | 'moduleMocker'
  | 'setup'
  | 'teardown'
>;
export type NodeEnvironmentArguments = ConstructorParameters<typeof TestEnvironment>;

/** What Jest's environment keeps of globals that were replaced or deleted. */
interface KeptGlobals {
  readonly _globalProxy: { leftovers: unknown[] };
}

/** By this name Jest keeps what `expect` knows, in a property that can't be deleted. */
const MATCHERS = Symbol.for('$$jest-matchers-object');

interface Matchers {
  /** Each file adds its own: they would be asked for each pair of values that a later file compares, and keep their file's modules. */
  readonly [MATCHERS]?: { readonly customEqualityTesters: unknown[] };
}

/** What Jest keeps for one file, and expects to be gone with the file's context. */
const OF_ONE_FILE: readonly (string | undefined)[] = [
  'EVENT_HANDLERS',
  'JEST_STATE_SYMBOL',
  'LOG_ERRORS_BEFORE_RETRY',
  'RETRY_IMMEDIATELY',
  'RETRY_TIMES',
  'TEST_TIMEOUT_SYMBOL',
  'WAIT_BEFORE_RETRY',
];

/**
 * A context for all test files of a worker, one after the other. Jest makes one for each file and loads every package into it: CDKTF and zod
 * took two thirds of the tests' time. Objects of a package are of the realm of the tests, so `toEqual` and `instanceof` see no difference.
 * The project's own modules are loaded anew for each file, but for those without state (project-modules.js).
 */
export class SharedContext {
  readonly node: InstanceType<typeof TestEnvironment>;
  private readonly exit: NodeJS.Process['exit'];
  private readonly storages = new AsyncStorages();
  private restoreTraces = () => {};

  constructor(...words: NodeEnvironmentArguments) {
    this.node = new TestEnvironment(...words);
    const { global } = this.node;
    this.exit = global.process.exit;
    const vmContext = this.node.getVmContext();
    if (vmContext === null) throw new Error('Jest made no context');
    keepCompiled(vmContext);
    const { watch, watchAll } = words[0].globalConfig;
    Object.assign(global, { [LOADER]: new SharedModules(vmContext, watch || watchAll).load });
  }

  /**
   * Before a file: the variables of the process, without what earlier files made of them.
   *
   * @param tokenTraces whether CDKTF's tokens have their traces. They take a fifth of the tests' time: Jest maps each frame to the source.
   */
  open(tokenTraces: boolean): void {
    const { global } = this.node;
    if (!tokenTraces) this.restoreTraces = skipTokenTraces(global as unknown as typeof globalThis);
    const { env } = global.process;
    for (const name of Object.keys(env)) delete env[name];
    Object.assign(env, process.env);
  }

  /** After a file: without what the file made of the globals by Jest's means. */
  close(): void {
    const { global, fakeTimersModern, moduleMocker } = this.node;
    fakeTimersModern?.useRealTimers();
    moduleMocker?.restoreAllMocks();
    this.restoreTraces();
    this.restoreTraces = () => {};
    this.storages.close();
    // Jest wraps it for each file.
    global.process.exit = this.exit;
    const matchers = (global as unknown as Matchers)[MATCHERS];
    if (matchers !== undefined) matchers.customEqualityTesters.length = 0;
    for (const key of Object.getOwnPropertySymbols(global)) {
      if (OF_ONE_FILE.includes(key.description)) Reflect.deleteProperty(global, key);
    }
    // Jest keeps what was a global once, until the context ends: with it, all modules of all files.
    (this.node as unknown as KeptGlobals)._globalProxy.leftovers = [];
  }
}
