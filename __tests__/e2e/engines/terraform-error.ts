import type { CommandResult } from './command';

/** One finding of Terraform's, as its JSON output gives it. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail?: string;
  /** Of the resource concerned, if one is. */
  readonly address?: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  readonly snippet?: { readonly context?: string | null; readonly code: string };
}

/** A Terraform command that failed or took too long; the message is all that a reader of a test's output gets to see. */
export class TerraformError extends Error {
  override readonly name = 'TerraformError';

  constructor(
    readonly command: string,
    readonly result: CommandResult,
    /** What Terraform found, errors and warnings, where it was asked for JSON. */
    readonly diagnostics: readonly Diagnostic[],
    /** The end of the emulator's log, if one was in use. */
    emulatorLog?: string,
  ) {
    super(
      [
        result.timedOut
          ? `${command} was ended at its time limit, after ${result.seconds.toFixed(0)} s`
          : `${command} failed (${result.status}) after ${result.seconds.toFixed(0)} s`,
        diagnostics.length > 0 ? diagnostics.map(describeDiagnostic).join('\n') : errorsOf(result),
        ...(emulatorLog === undefined ? [] : [`--- emulator, last lines\n${lastLines(emulatorLog, 40)}`]),
      ].join('\n'),
    );
  }
}

/** A finding as text: what is wrong, where, and the line that it is about. */
function describeDiagnostic({ severity, summary, detail, address, range, snippet }: Diagnostic): string {
  const place = [address, range && `${range.filename}:${range.start.line}`].filter(Boolean).join(', ');
  return [
    `${severity}: ${summary}${place === '' ? '' : ` (${place})`}`,
    ...(detail ? [`  ${detail.replaceAll('\n', '\n  ')}`] : []),
    ...(snippet ? [`  > ${snippet.code.trim()}`] : []),
  ].join('\n');
}

/** The output from Terraform's first error on. The plan before it can have thousands of lines. */
function errorsOf({ stdout, stderr }: CommandResult): string {
  const output = `${stdout}\n${stderr}`;
  const first = output.search(/^(?:Error|╷)/m);
  return first === -1 ? lastLines(output, 60) : output.slice(first).split('\n').slice(0, 200).join('\n').trimEnd();
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
