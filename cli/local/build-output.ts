import { StringDecoder } from 'node:string_decoder';
import type { BuildStep, FailedBuild } from '../run-report/progress-event';

/** Lines of a step that are kept. */
const KEPT_LINES = 20;
/** Characters of a line that are kept. */
const KEPT_CHARACTERS = 1_000;

/** Podman and Buildah. */
const PODMAN_STEP = /^(?:\[(\d+\/\d+)\] )?STEP (\d+(?:\/\d+)?): (.*)$/;
/** Docker's BuildKit with plain progress: the number of a vertex, and what it says. */
const BUILDKIT = /^#(\d+) (.*)$/;
const BUILDKIT_STEP = /^\[(?:(\S+) +)?(\d+\/\d+)\] (.*)$/;
/** Docker's builder before BuildKit. */
const CLASSIC_STEP = /^Step (\d+\/\d+) : (.*)$/;

/** Podman's own log, of which all is asked for: it alone names the containers in which steps run. */
const LOG = /^time="[^"]*" level=(\w+) msg="(.*)"$/;

/** Reads what an engine writes while it builds an image. */
export class BuildOutput {
  /** Images that the build is made of, those of single steps too, by the beginning of their ids. */
  readonly images = new Set<string>();
  /** Of those, the ones that were not there before, in their order. */
  readonly made: string[] = [];
  /** Containers of Podman's in which steps ran. */
  readonly containers: string[] = [];
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';
  private format: 'podman' | 'buildkit' | 'classic' | undefined;
  private step?: BuildStep;
  private lines: string[] = [];
  private words: string[] = [];
  /** BuildKit runs several steps at once. */
  private readonly vertices = new Map<string, { step?: BuildStep; lines: string[] }>();

  constructor(private readonly onStep: (step: BuildStep) => void) {}

  write(chunk: Buffer): void {
    const lines = (this.rest + this.decoder.write(chunk)).split(/\r?\n|\r(?!$)/);
    this.rest = (lines.pop() ?? '').slice(-KEPT_CHARACTERS);
    for (const line of lines) this.read(line.slice(0, KEPT_CHARACTERS));
  }

  end(): void {
    if (this.rest !== '') this.read(this.rest);
    this.rest = '';
  }

  /** What is known if the build has failed. */
  get failed(): FailedBuild {
    const words = this.words.at(-1) ?? this.lines.at(-1) ?? '';
    const code = /(?:exit (?:status|code):?|non-zero code:) (\d+)$/.exec(words)?.[1];
    return {
      ...(this.step && { step: this.step }),
      ...(code !== undefined && { exitCode: Number(code) }),
      lines: this.lines,
      words,
    };
  }

  private read(line: string): void {
    const log = LOG.exec(line);
    if (log?.[1] === 'debug') this.debug(log[2] ?? '');
    else if (!this.isStep(line) && !this.isVertex(line)) this.plain(line, log !== null);
  }

  private isStep(line: string): boolean {
    const podman = this.format === 'buildkit' ? null : PODMAN_STEP.exec(line);
    const classic = this.format === 'buildkit' || this.format === 'podman' ? null : CLASSIC_STEP.exec(line);
    if (podman !== null) {
      this.format = 'podman';
      const [, stage, number = '', instruction = ''] = podman;
      this.begin({ place: stage === undefined ? number : `${number} of stage ${stage}`, instruction });
    } else if (classic !== null) {
      this.format = 'classic';
      this.begin({ place: classic[1] ?? '', instruction: classic[2] ?? '' });
    }
    return podman !== null || classic !== null;
  }

  private isVertex(line: string): boolean {
    const vertex = (this.format ?? 'buildkit') === 'buildkit' ? BUILDKIT.exec(line) : null;
    if (vertex === null) return false;
    this.format = 'buildkit';
    this.vertex(vertex[1] ?? '', vertex[2] ?? '');
    return true;
  }

  /** A line that is no step's beginning and no vertex's. */
  private plain(line: string, isLogged: boolean): void {
    const error = /^(?:Error|ERROR|error)(?: response from daemon)?: (.*)$/.exec(line);
    const isRefused = this.format === 'classic' && /^The command .* returned a non-zero code: \d+$/.test(line);
    if (error !== null || isRefused) this.words.push(error?.[1] ?? line);
    else if (this.format !== 'buildkit') this.other(line, isLogged);
  }

  private begin(step: BuildStep): void {
    this.step = step;
    this.lines = [];
    this.onStep(step);
  }

  private debug(message: string): void {
    const [, container] = /^Container ID: ([\da-f]{64})$/.exec(message) ?? [];
    if (container !== undefined) this.containers.push(container);
  }

  /** A line of Podman's or of the older builder of Docker's: its own, or a step's output. */
  private other(line: string, isLogged: boolean): void {
    const [, cache, id] = /^(?:--> (Using cache )?|)([\da-f]{11,64})$/.exec(line) ?? [];
    if (id !== undefined) {
      if (cache === undefined && ![...this.images].some((known) => known.startsWith(id) || id.startsWith(known))) {
        this.made.push(id);
      }
      this.images.add(id);
    } else if (!OF_ENGINE.test(line) && !(isLogged && this.step === undefined)) this.keep(this.lines, line);
  }

  private vertex(number: string, text: string): void {
    const vertex = this.vertices.get(number) ?? { lines: [] };
    this.vertices.set(number, vertex);
    const error = /^ERROR: (.*)$/.exec(text);
    const output = /^\d+\.\d+ (.*)$/.exec(text);
    const step = BUILDKIT_STEP.exec(text);
    if (error !== null) {
      this.step = vertex.step;
      this.lines = vertex.lines;
    } else if (output !== null) this.keep(vertex.lines, output[1] ?? '');
    else if (step !== null && vertex.step === undefined) {
      const [, stage, place = '', instruction = ''] = step;
      vertex.step = { place: stage === undefined ? place : `${place} of ${stage}`, instruction };
      this.onStep(vertex.step);
    }
  }

  private keep(lines: string[], line: string): void {
    if (line.trim() === '' && lines.length === 0) return;
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
  }
}

/** Lines of engines between the steps' own. */
const OF_ENGINE =
  /^(COMMIT( .*)?| ---> .*|Removing intermediate container .*|Successfully (built|tagged) .*|subprocess exited with status \d+|Sending build context .*)$/;
