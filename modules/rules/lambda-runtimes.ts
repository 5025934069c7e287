/** Versions of Node.js that Lambda creates functions with: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
export const NODE_VERSIONS = [22, 24] as const;

export type NodeVersion = (typeof NODE_VERSIONS)[number];

/** Lambda's name of the runtime with a version of Node.js. */
export function nodeRuntime<Version extends NodeVersion>(version: Version) {
  return `nodejs${version}.x` as const;
}

/** Versions of Python that Lambda creates functions with, in ascending order. */
export const PYTHON_VERSIONS = ['3.10', '3.11', '3.12', '3.13', '3.14'] as const;

export type PythonVersion = (typeof PYTHON_VERSIONS)[number];

/** Lambda's name of the runtime with a version of Python. */
export function pythonRuntime<Version extends PythonVersion>(version: Version) {
  return `python${version}` as const;
}

/** Runtimes that Lambda creates functions with. */
export const RUNTIMES = [
  ...NODE_VERSIONS.map(nodeRuntime),
  ...PYTHON_VERSIONS.map(pythonRuntime),
  'java17',
  'java21',
  'java25',
  'dotnet8',
  'dotnet10',
  'ruby3.3',
  'ruby3.4',
  'provided.al2023',
] as const;

export type Runtime = (typeof RUNTIMES)[number];

/** The version of Node.js in a runtime. Undefined for other languages. */
export function nodeVersionIn(runtime: unknown): NodeVersion | undefined {
  return NODE_VERSIONS.find((version) => nodeRuntime(version) === runtime);
}

/** The version of Python in a runtime. Undefined for other languages. */
export function pythonVersionIn(runtime: unknown): PythonVersion | undefined {
  return PYTHON_VERSIONS.find((version) => pythonRuntime(version) === runtime);
}
