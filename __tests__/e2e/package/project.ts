import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './execute';

/** What a consumer of the package has, by its package.json. */
export interface Dependencies {
  readonly [name: string]: string;
}

/** The folder of a project that uses the package. */
export class Project {
  private constructor(readonly folder: string) {}

  /** A fresh folder in which npm installs. */
  static async install(folder: string, dependencies: Dependencies, more: object = {}): Promise<Project> {
    mkdirSync(folder, { recursive: true });
    const project = new Project(folder);
    project.write('package.json', { name: 'consumer', private: true, dependencies, ...more });
    await project.run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error');
    return project;
  }

  /** A folder with the same dependencies: the files of packages are shared, since they are never changed. */
  async copy(folder: string, more: object = {}): Promise<Project> {
    mkdirSync(folder, { recursive: true });
    await execute('cp', ['--archive', '--link', join(this.folder, 'node_modules'), folder], { cwd: folder });
    const project = new Project(folder);
    project.write('package.json', { ...JSON.parse(this.read('package.json')), ...more });
    return project;
  }

  /** Adds the files of a folder. */
  add(folder: string): this {
    cpSync(folder, this.folder, { recursive: true });
    return this;
  }

  write(path: string, contents: string | object): this {
    writeFileSync(join(this.folder, path), typeof contents === 'string' ? contents : JSON.stringify(contents));
    return this;
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** Runs one of the programs of its packages, or another one. */
  async run(program: string, ...words: string[]): Promise<string> {
    return this.runWith({}, program, ...words);
  }

  async runWith(env: NodeJS.ProcessEnv, program: string, ...words: string[]): Promise<string> {
    const own = join(this.folder, 'node_modules/.bin');
    const PATH = `${own}:${process.env.PATH}`;
    // Compilers and test runners leave their caches there.
    const TMPDIR = join(this.folder, 'tmp');
    mkdirSync(TMPDIR, { recursive: true });
    return (await execute(program, words, { cwd: this.folder, env: { ...env, PATH, TMPDIR } })).stdout;
  }

  /** The synthesized stacks, by name. */
  stacks(outdir = 'cdktf.out'): { readonly [name: string]: Stack } {
    const folder = join(outdir, 'stacks');
    const names = readdirSync(join(this.folder, folder)).sort();
    return Object.fromEntries(names.map((name) => [name, JSON.parse(this.read(join(folder, name, 'cdk.tf.json')))]));
  }
}

/** The Terraform JSON of a stack, as far as tests look into it. */
export interface Stack {
  readonly resource: { readonly [type: string]: { readonly [id: string]: { readonly [attribute: string]: unknown } } };
  readonly [section: string]: unknown;
}
