import { z } from 'zod';
import { foundValue } from '../problems/found';
import { ecrImage } from '../rules/ecr-image';
import { type CheckContext, mapOf, refuse, strict, text } from './checked';
import { WHOLE_SECRET_ARN, WHOLE_SECRET_ARN_FIX } from './secret-directive';
import { containerSecret } from './secret-text';

const PACKAGE_FIX =
  'write one package in each entry, without options and spaces; commands go into customDockerBuildCommands';

/** See https://www.debian.org/doc/debian-policy/ch-controlfields.html#source. A hyphen at the end would remove the package. */
export const aptPackage = text({
  pattern: /^[a-z0-9][a-z0-9.+-]*[a-z0-9.+](?::[a-z0-9-]+)?(?:=[\w.+~:*-]+)?$/,
  accepted: 'the name of a Debian package, such as ffmpeg or ffmpeg=7:5.1.6-0+deb12u1',
  fix: PACKAGE_FIX,
});

/** https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper */
export const apkPackage = text({
  pattern: /^[A-Za-z0-9][\w.+-]*(?:(?:=~?|~=?)[\w.+-]+)?$/,
  accepted: 'the name of an Alpine package, such as ffmpeg, ffmpeg=6.1.2-r2 or ffmpeg~6.1',
  fix: PACKAGE_FIX,
});

/** The full ARN of a secret with `username` and `password`. */
export const credentialsSecret = text({
  pattern: WHOLE_SECRET_ARN,
  orDirective: true,
  accepted: 'the full ARN of a secret',
  fix: WHOLE_SECRET_ARN_FIX,
});

/** The name of both a shell variable and a file. `PATH` would hide the build's programs. */
const secretName = text({
  pattern: /^(?!PATH$)[A-Za-z_]\w*$/,
  accepted: 'letters, digits and underscores, not starting with a digit, and not PATH',
  acceptedAs: 'content',
  fix: 'use a name such as NPM_TOKEN',
});

/** Secrets of a build, by name. */
export const buildSecrets = mapOf(secretName, containerSecret('a value'));

/** A host, optionally with a port. */
const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i;

/** Registries and their credentials. */
export const registryCredentials = z
  .array(
    strict({
      /** Host of the registry, such as `ghcr.io`, or `docker.io` for Docker Hub. Private Amazon ECR repositories need no entry. */
      registry: z
        .string({ error: () => REGISTRY })
        .check((context) => checkRegistry(context))
        .meta({ pattern: HOST.source }),
      /** Full ARN, including the hyphen and six characters at its end, of a Secrets Manager secret with `username` and `password`. */
      secretArn: credentialsSecret,
    }),
  )
  .superRefine(
    (value: unknown, context) => {
      const hosts = Array.isArray(value) ? value.map((item) => item?.registry) : [];
      for (const [index, host] of hosts.entries()) {
        if (typeof host !== 'string' || hosts.indexOf(host) === index) continue;
        const fix = 'remove one of them: a build logs in to each registry once';
        refuse(context, { found: foundValue(host), accepted: 'each registry once', acceptedAs: 'rule', fix }, [
          index,
          'registry',
        ]);
      }
    },
    { when: () => true },
  );

const REGISTRY = 'the host of a registry, such as ghcr.io or registry.example.com:5000';

function checkRegistry(context: CheckContext & { readonly value: string }): void {
  const { value } = context;
  const found = foundValue(value);
  if (ecrImage(`${value}/any`) !== undefined) {
    const fix = 'remove the entry: builds can pull the private ECR images in the Dockerfile';
    refuse(context, { found, accepted: 'a registry other than Amazon ECR', fix });
    return;
  }
  if (HOST.test(value)) return;
  const [host = ''] = value.replace(/^https?:\/\//, '').split('/');
  refuse(context, { found, accepted: REGISTRY, fix: HOST.test(host) ? `write ${host}` : 'write the host alone' });
}
