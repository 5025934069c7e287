import { compareVersions } from './version';

/** Standard library modules of all Python versions since 3.6, without those that begin with an underscore. */
const ALWAYS = `
  abc antigravity argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 cProfile calendar
  cmath cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib copy copyreg
  csv ctypes curses datetime dbm decimal difflib dis doctest email encodings ensurepip enum errno faulthandler
  fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob grp gzip
  hashlib heapq hmac html http idlelib imaplib importlib inspect io ipaddress itertools json keyword linecache
  locale logging lzma mailbox marshal math mimetypes mmap modulefinder msvcrt multiprocessing netrc nt ntpath
  nturl2path numbers opcode operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib poplib
  posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random
  re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site
  smtplib socket socketserver sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep
  struct subprocess symtable sys sysconfig syslog tabnanny tarfile tempfile termios textwrap this threading time
  timeit tkinter token tokenize trace traceback tracemalloc tty turtle turtledemo types typing unicodedata
  unittest urllib uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xml xmlrpc zipapp zipfile
  zipimport zlib
`;

/** Modules that a version added, and modules that a version removed. */
const SINCE: { readonly [version: string]: string } = {
  '3.7': 'contextvars dataclasses',
  '3.9': 'graphlib zoneinfo',
  '3.11': 'tomllib',
  '3.14': 'annotationlib compression',
};

const UNTIL: { readonly [version: string]: string } = {
  '3.8': 'macpath',
  '3.9': 'dummy_threading _dummy_threading',
  '3.10': 'formatter parser symbol',
  '3.11': 'binhex',
  '3.12': 'asynchat asyncore distutils imp smtpd',
  '3.13':
    'aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap msilib nis nntplib ossaudiodev pipes sndhdr spwd sunau telnetlib uu xdrlib',
};

/** Modules that every virtual environment has in addition. setuptools was included before Python 3.12. */
const INSTALLERS = ['pip'];
const FORMER_INSTALLERS = ['setuptools', 'pkg_resources', 'wheel', 'easy_install'];

/**
 * The modules that are available without packages.
 *
 * @param version such as `3.12`
 * @see https://docs.python.org/3/library/sys.html#sys.stdlib_module_names
 */
export function standardModules(version: string): ReadonlySet<string> {
  const isFrom = (other: string) => compareVersions(version, other) >= 0;
  const modules = [ALWAYS, ...pick(SINCE, isFrom), ...pick(UNTIL, (other) => !isFrom(other))];
  const split = modules.flatMap((list) => list.split(/\s+/).filter((name) => name !== ''));
  return new Set([...split, ...INSTALLERS, ...(isFrom('3.12') ? [] : FORMER_INSTALLERS)]);
}

function pick(lists: { readonly [version: string]: string }, chosen: (version: string) => boolean): string[] {
  return Object.entries(lists).flatMap(([version, list]) => (chosen(version) ? [list] : []));
}
