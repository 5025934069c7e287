import { UsageError } from '../../command/usage-error';

/** Domains of AWS. What is created here must not be created there. */
const AWS_DOMAINS = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|aws\.dev|amazonaws\.eu|aws\.amazon\.com)$/i;

/**
 * The address of an emulator, as `--endpoint` gives it.
 *
 * @throws UsageError if it is none, or one of AWS
 */
export function emulatorUrl(text: string): string {
  const refuse = (problem: string) =>
    new UsageError(`--endpoint accepts the URL of an emulator, such as http://127.0.0.1:4566. ${problem}`);
  if (!URL.canParse(text)) throw refuse(`Found "${text}".`);
  const { protocol, hostname, search, hash, username } = new URL(text);
  if (!/^https?:$/.test(protocol) || hostname === '') throw refuse(`Found "${text}".`);
  if (search !== '' || hash !== '' || username !== '') throw refuse('It has no user, query or fragment.');
  if (AWS_DOMAINS.test(hostname)) throw refuse(`"${hostname}" is AWS: to use your own account, use --aws.`);
  return text.replace(/\/+$/, '');
}
