import { blocksOf, mapStrings, objectAt, type TerraformDocument } from './terraform-document';

/**
 * Everything that a test copy of a stack changes, because the machines that run the tests have no provider registry but only
 * a folder with version 5.100.0 of the AWS provider, while the bindings are made from 6.25.0. In full:
 *
 * 1. `required_providers.aws.version` becomes 5.100.0.
 * 2. `aws_batch_compute_environment.name(_prefix)` becomes `compute_environment_name(_prefix)`, in the block and in references
 *    to it: 6.0 renamed the two.
 * 3. A Lambda runtime `nodejs24.x` becomes `nodejs22.x`, the newest that 5.100.0 lets pass (6.19 knows 24).
 * 4. The archive provider, absent from that folder, goes, and each `data.archive_file` with it: the harness makes the zip at
 *    the same path, and references to the data source become that path and Terraform's own hash functions over it.
 *
 * Nothing else. What 5.100.0 does not know beyond these (`region` on a resource, say) is left to fail.
 */
export interface ProviderShim {
  /** The changed copy; the document that came in is left as it was. */
  readonly document: TerraformDocument;
  /** One line for each change, naming the address it was made at. */
  readonly changes: readonly string[];
  /** The zips that must exist before Terraform runs, since no archive provider will make them. */
  readonly archives: readonly ArchiveFile[];
}

/** A `data.archive_file`, its paths relative to the folder of the stack. */
export interface ArchiveFile {
  /** A folder whose files are all packed, or one file. */
  readonly source: string;
  readonly outputPath: string;
}

/** The only AWS provider version that this shim is written for. */
export const SHIMMED_AWS_PROVIDER = '5.100.0';

const LAMBDA_RUNTIMES: Readonly<Record<string, string>> = { 'nodejs24.x': 'nodejs22.x' };
const ENVIRONMENT_TYPE = 'aws_batch_compute_environment';
const ENVIRONMENT_FIELDS: Readonly<Record<string, string>> = {
  name: 'compute_environment_name',
  name_prefix: 'compute_environment_name_prefix',
};
const ARCHIVE_ARGUMENTS = new Set(['//', 'type', 'source_dir', 'source_file', 'output_path', 'output_file_mode']);

/**
 * Rewrites one synthesized stack for AWS provider 5.100.0.
 *
 * @throws Error for a `data.archive_file` that uses more than a source folder or file: the zip made in its place would differ.
 */
export function shimForOfflineProvider(original: TerraformDocument): ProviderShim {
  const changes: string[] = [];
  const archives = archivesOf(original);
  const document = rewriteReferences(structuredClone(original), archives, changes);
  pinProvider(document, changes);
  renameEnvironmentFields(document, changes);
  lowerRuntimes(document, changes);
  dropArchives(document, archives, changes);
  return { document, changes, archives: [...archives.values()] };
}

function archivesOf(document: TerraformDocument): Map<string, ArchiveFile> {
  return new Map(
    blocksOf(document, 'data', 'archive_file').map(([name, block]) => {
      const unknown = Object.keys(block).filter((argument) => !ARCHIVE_ARGUMENTS.has(argument));
      const source = block.source_dir ?? block.source_file;
      if (unknown.length > 0 || typeof source !== 'string' || typeof block.output_path !== 'string') {
        throw new Error(
          `data.archive_file.${name} cannot be replaced by a zip of the harness's own: it knows ` +
            `${[...ARCHIVE_ARGUMENTS].slice(1).join(', ')}, and found ${Object.keys(block).join(', ')}.`,
        );
      }
      return [name, { source: inStackFolder(source), outputPath: inStackFolder(block.output_path) }];
    }),
  );
}

/** Terraform runs in the stack's folder, so `path.module` is `.` and both ways of writing a path are one. */
function inStackFolder(path: string): string {
  return path.replace(/^\$\{path\.(?:module|root)\}\//, '');
}

function rewriteReferences(
  document: TerraformDocument,
  archives: ReadonlyMap<string, ArchiveFile>,
  changes: string[],
): TerraformDocument {
  const rewritten = mapStrings(document, (text) =>
    // `$${` is a literal `${` and what follows it is text.
    text.replace(/\$\$\{|\$\{[^}]*\}/g, (part) =>
      part === '$${' ? part : rewriteArchiveReferences(rewriteEnvironmentReferences(part, changes), archives, changes),
    ),
  );
  return objectAt(rewritten) ?? {};
}

function rewriteEnvironmentReferences(expression: string, changes: string[]): string {
  return expression.replace(
    /\b(aws_batch_compute_environment\.[\w-]+)\.(name_prefix|name)\b/g,
    (reference: string, address: string, field: string) => {
      changes.push(`reference ${reference} -> ${ENVIRONMENT_FIELDS[field]}`);
      return `${address}.${ENVIRONMENT_FIELDS[field]}`;
    },
  );
}

function rewriteArchiveReferences(
  expression: string,
  archives: ReadonlyMap<string, ArchiveFile>,
  changes: string[],
): string {
  return expression.replace(
    /\bdata\.archive_file\.([\w-]+)\.(\w+)/g,
    (reference: string, name: string, attribute: string) => {
      const path = JSON.stringify(archives.get(name)?.outputPath);
      const replacement = {
        output_path: path,
        output_base64sha256: `filebase64sha256(${path})`,
        output_sha256: `filesha256(${path})`,
        output_md5: `filemd5(${path})`,
      }[attribute];
      if (replacement === undefined) {
        throw new Error(`${reference} has no counterpart without the archive provider`);
      }
      changes.push(`reference ${reference} -> ${replacement}`);
      return replacement;
    },
  );
}

function pinProvider(document: TerraformDocument, changes: string[]): void {
  const aws = objectAt(objectAt(objectAt(document.terraform)?.required_providers)?.aws);
  if (aws !== undefined && aws.version !== SHIMMED_AWS_PROVIDER) {
    changes.push(`terraform.required_providers.aws.version ${aws.version} -> ${SHIMMED_AWS_PROVIDER}`);
    aws.version = SHIMMED_AWS_PROVIDER;
  }
}

function renameEnvironmentFields(document: TerraformDocument, changes: string[]): void {
  for (const [name, block] of blocksOf(document, 'resource', ENVIRONMENT_TYPE)) {
    for (const [field, formerly] of Object.entries(ENVIRONMENT_FIELDS)) {
      if (block[field] !== undefined) {
        block[formerly] = block[field];
        delete block[field];
        changes.push(`${ENVIRONMENT_TYPE}.${name}.${field} -> ${formerly}`);
      }
    }
  }
}

function lowerRuntimes(document: TerraformDocument, changes: string[]): void {
  for (const [name, block] of blocksOf(document, 'resource', 'aws_lambda_function')) {
    const known = typeof block.runtime === 'string' ? LAMBDA_RUNTIMES[block.runtime] : undefined;
    if (known !== undefined) {
      changes.push(`aws_lambda_function.${name}.runtime ${block.runtime} -> ${known}`);
      block.runtime = known;
    }
  }
}

function dropArchives(
  document: TerraformDocument,
  archives: ReadonlyMap<string, ArchiveFile>,
  changes: string[],
): void {
  const { data, provider } = { data: objectAt(document.data), provider: objectAt(document.provider) };
  const required = objectAt(objectAt(document.terraform)?.required_providers);
  if (data?.archive_file !== undefined) {
    delete data.archive_file;
    if (Object.keys(data).length === 0) {
      // Terraform takes an empty `data` object for a block without its label.
      delete document.data;
    }
    changes.push(
      ...[...archives].map(([name, { outputPath }]) => `data.archive_file.${name} -> ${outputPath}, made beforehand`),
    );
  }
  for (const [holder, where] of [
    [provider, 'provider'],
    [required, 'terraform.required_providers'],
  ] as const) {
    if (holder?.archive !== undefined) {
      delete holder.archive;
      changes.push(`${where}.archive removed`);
    }
  }
}
