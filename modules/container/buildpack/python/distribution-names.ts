import { normalName } from './requirement';

/** Distributions whose module has a different name, by module. Used only to avoid false reports. */
const BY_MODULE: { readonly [module: string]: string } = {
  attr: 'attrs',
  botocore: 'boto3 aioboto3 aiobotocore awscli',
  bs4: 'beautifulsoup4',
  certifi: 'requests httpx',
  Crypto: 'pycryptodome pycrypto',
  Cryptodome: 'pycryptodomex',
  cv2: 'opencv-python opencv-python-headless opencv-contrib-python opencv-contrib-python-headless',
  dateutil: 'python-dateutil boto3 pandas',
  docx: 'python-docx',
  dotenv: 'python-dotenv',
  fitz: 'pymupdf',
  git: 'gitpython',
  jose: 'python-jose',
  jwt: 'pyjwt',
  ldap: 'python-ldap',
  Levenshtein: 'python-levenshtein',
  magic: 'python-magic',
  markdown_it: 'markdown-it-py',
  MySQLdb: 'mysqlclient',
  numpy: 'pandas scipy scikit-learn torch',
  OpenSSL: 'pyopenssl',
  PIL: 'pillow',
  pkg_resources: 'setuptools',
  pptx: 'python-pptx',
  psycopg: 'psycopg-binary',
  psycopg2: 'psycopg2-binary',
  pydantic: 'fastapi pydantic-settings',
  pydantic_core: 'pydantic',
  pymysql: 'pymysql',
  pytz: 'pandas',
  s3transfer: 'boto3',
  serial: 'pyserial',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  slugify: 'python-slugify',
  socks: 'pysocks',
  starlette: 'fastapi',
  telegram: 'python-telegram-bot',
  typing_extensions: 'pydantic',
  urllib3: 'requests boto3 botocore',
  usb: 'pyusb',
  win32api: 'pywin32',
  yaml: 'pyyaml',
  zmq: 'pyzmq',
};

/** Common distribution names for a module. */
export function likelyDistributions(module: string): string[] {
  const name = normalName(module);
  return [name, ...(BY_MODULE[module]?.split(' ') ?? [])];
}

/** Whether one of the distributions might provide a module, because its name is known for it or contains the module's name. */
export function mayBring(module: string, distributions: ReadonlySet<string>): boolean {
  const name = normalName(module);
  if (likelyDistributions(module).some((one) => distributions.has(one))) return true;
  return [...distributions].some((one) => one.split('-').includes(name) || one === `py${name}` || one === `${name}py`);
}
