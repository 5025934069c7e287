import type { Construct } from 'constructs';
import { StackFile } from '../../stack-file';
import { type BuildContext, contextArchive } from '../build-context';

/** The context's archive as a file in the stack's directory, where the machine finds it that applies. */
export function contextFile(scope: Construct, id: string, context: BuildContext, digest: string): StackFile {
  return new StackFile(scope, id, {
    name: 'context.tar',
    content: () => contextArchive(context),
    hash: digest.slice(0, 32),
  });
}
