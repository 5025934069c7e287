import type { ContainerEnd, ContainerSource, ContainerStart } from '../../../cli/local/container';

/** What a container does: its output, and how it ends by itself or by a signal. */
export interface ContainerScript {
  readonly output?: string;
  /** @default it runs until a signal ends it */
  readonly end?: ContainerEnd;
  readonly onSignal?: (signal: 'SIGTERM' | 'SIGKILL') => ContainerEnd | undefined;
}

/** A source of containers without processes: each start takes the next script. The last one repeats. */
export function scripted(scripts: readonly ContainerScript[]): { source: ContainerSource; starts: ContainerStart[] } {
  const starts: ContainerStart[] = [];
  const start = async (given: ContainerStart) => {
    const { output, end, onSignal } = scripts[Math.min(starts.length, scripts.length - 1)] ?? {};
    starts.push(given);
    let finish: (end: ContainerEnd) => void = () => {};
    const ended = new Promise<ContainerEnd>((resolve) => {
      finish = resolve;
    });
    if (output !== undefined) await given.onOutput('stdout', Buffer.from(output));
    if (end !== undefined) finish(end);
    return {
      exited: ended.then(() => undefined),
      ended,
      signal: (name: 'SIGTERM' | 'SIGKILL') => {
        const by = onSignal?.(name);
        if (by !== undefined) finish(by);
      },
    };
  };
  return { source: { description: 'stand-in', start }, starts };
}
