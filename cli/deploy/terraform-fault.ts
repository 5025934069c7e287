import { stripVTControlCharacters } from 'node:util';
import { CommandFailure } from '../command/reported-error';
import type { Owner } from './owners';
import type { Diagnostic, TerraformEnd } from './terraform';
import { ownerName } from './warnings';

/** What Terraform says if the state is in another backend than the stack names. */
export const BACKEND_CHANGED = /Backend configuration changed/;

/** Fixes for errors, by the messages of Terraform or AWS. */
const FIXES: readonly (readonly [pattern: RegExp, fix: (text: string, commandLine: CommandLine) => string])[] = [
  [
    /Error acquiring the state lock/,
    (text, commandLine) => {
      const [id, who, created] = ['ID', 'Who', 'Created'].map(
        (name) => new RegExp(`^\\s*${name}:\\s+(.+)$`, 'm').exec(text)?.[1],
      );
      const holder =
        who === undefined ? 'Another deployment' : `${who}${created === undefined ? '' : ` (since ${created})`}`;
      return `${holder} holds the lock of the state. Wait until that deployment is done, or make this one wait with --lock-timeout 10m. If no deployment is running: ${commandLine(['force-unlock', id ?? 'LOCK_ID'])}`;
    },
  ],
  [
    /No valid credential sources|no EC2 IMDS role found|failed to refresh cached credentials|NoCredentialProviders/,
    () =>
      'No AWS credentials were found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; with IAM Identity Center run "aws sso login" first.',
  ],
  [
    /ExpiredToken|token (?:included in the request )?(?:is|has) expired|security token included in the request is (?:invalid|expired)|InvalidClientTokenId/i,
    () => 'The AWS credentials have expired or are not valid. Get new ones, for example with "aws sso login".',
  ],
  [
    /Missing region|Invalid AWS Region|invalid AWS Region/,
    () => 'Set region in the config, or the variable AWS_REGION.',
  ],
  [
    /Required token could not be found|unauthorized.*app\.terraform\.io/i,
    () => 'Log in to HCP Terraform first: terraform login.',
  ],
  [
    BACKEND_CHANGED,
    (_, commandLine) =>
      `The config names another backend than the last deployment did. To copy the state to it, add --migrate-state. To use the state in the new backend instead: ${commandLine(['init', '-reconfigure'])}`,
  ],
  [
    /NoSuchBucket|S3 bucket "[^"]*" does not exist/,
    () => 'Create the bucket of the backend first. Terraform does not create it.',
  ],
  [
    /Failed to query available provider packages|could not connect to registry|Failed to install provider/i,
    () => 'Terraform downloads providers from registry.terraform.io: check the network, a proxy, or a provider mirror.',
  ],
  [
    /lifecycle\.prevent_destroy/,
    () =>
      'It is protected by protect: true, or deletionProtection of a file system. To delete or replace it, set that to false, deploy, and then make this change.',
  ],
  [
    /AccessDenied|UnauthorizedOperation|is not authorized to perform/,
    () => 'The AWS identity that deploys needs the permission named in the error.',
  ],
];

type CommandLine = (words: readonly string[]) => string;

/** The context of a diagnostic: the step that failed, and the owners of resources. */
export interface FaultContext {
  /** For example `terraform apply`. */
  readonly step: string;
  readonly ownerOf?: (address: string) => Owner;
  readonly commandLine: CommandLine;
}

/** The report of a failed Terraform command: each error in full, the job or resource that it is about, and how to fix it. */
export function terraformFault(ending: TerraformEnd, context: FaultContext): CommandFailure {
  const errors = ending.diagnostics.filter(({ severity }) => severity === 'error');
  const unique = [...new Map(errors.map((error) => [errorText(error), error])).values()];
  const blocks = unique.map((error) => errorBlock(error, context));
  const text = unboxed(ending.text);
  if (text !== '' && (blocks.length === 0 || /^Error/m.test(text))) blocks.push(text);
  const all = blocks.join('\n\n');
  const fixes = FIXES.flatMap(([pattern, fix]) => (pattern.test(all) ? [fix(all, context.commandLine)] : []));
  const head = `${context.step} failed${unique.length > 1 ? ` with ${unique.length} errors` : ''}:`;
  return new CommandFailure(
    [head, '', all || `It ended with exit code ${ending.code}.`, ...fixes.flatMap((fix) => ['', fix])].join('\n'),
  );
}

function errorText({ summary, detail, address }: Diagnostic): string {
  return [address, summary, detail].join('\n');
}

function errorBlock({ summary, detail = '', address }: Diagnostic, { ownerOf }: FaultContext): string {
  const isResource = address !== undefined && /^[\w-]+\.[\w-]+/.test(address) && !address.startsWith('provider');
  const owner = isResource ? ownerOf?.(address) : undefined;
  const whose = owner === undefined ? '' : ` in ${ownerName(owner)}`;
  const lines = [
    `Error${whose}: ${summary}`,
    ...(detail.trim() === '' || detail.trim() === summary ? [] : detail.trim().split('\n')),
  ];
  return [
    lines[0],
    ...lines.slice(1).map((line) => `  ${line}`.trimEnd()),
    ...(isResource ? [`  at ${address}`] : []),
  ].join('\n');
}

/** Removes the frames that Terraform draws around errors, and the output before them. */
function unboxed(text: string): string {
  const whole = withoutFrame(text);
  const first = whole.search(/^Error: /m);
  return first === -1 ? whole : whole.slice(first);
}

function withoutFrame(text: string): string {
  return stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.replace(/^[╷╵│]\s?/, '').trimEnd())
    .filter((line, index, lines) => line !== '' || (lines[index - 1] ?? '') !== '')
    .join('\n')
    .trim();
}

/** Everything that a command printed, to recognize an error by. */
export function allText({ diagnostics, text }: TerraformEnd): string {
  return [...diagnostics.map(errorText), unboxed(text)].join('\n');
}
