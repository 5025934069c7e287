"""First program of an image with a Python job: `start.py main.py ...`, `start.py main.py:run ...` or `start.py -m module ...`.

It sees to it that STP_TRIGGER_EVENT_DATA holds the event, or this child's item, and connection strings their password. Then it becomes
the job, in the same process: the job finds what it would find if `python /app/main.py` had been its command. So nothing is imported here
that a bare interpreter does not have, and another program fetches items and large events. Python 2.7 and later.
"""
import os
import sys


# Linux limits a variable to 128 KiB, including its name and the terminating null.
LONGEST = 131048


def take_event(home):
    items = os.environ.get("STP_ITEMS")
    if not items and "stpPayload" not in os.environ.get("STP_TRIGGER_EVENT_DATA", ""):
        return
    folder = own_folder(os.environ.get("TMPDIR") or "/tmp")
    status = os.spawnv(os.P_WAIT, sys.executable, [sys.executable, os.path.join(home, "fetch_event.py"), folder])
    if status != 0:
        sys.exit(status if status > 0 else 128 - status)
    if items:
        with open(os.path.join(folder, "item-index")) as file:
            os.environ["STP_ITEM_INDEX"] = file.read()
    path = os.path.join(folder, "event.json")
    # No file: the event stays. It only looks like a reference, or all items are the event.
    if not os.path.exists(path):
        return
    os.environ["STP_TRIGGER_EVENT_FILE"] = path
    with open(path, "rb") as file:
        body = file.read()
    # Not with putenv: Linux cannot start a process with a variable over 128 KiB, and worker processes would fail.
    if str is bytes:
        os.environ.data["STP_TRIGGER_EVENT_DATA"] = body
    else:
        os.environ._data[b"STP_TRIGGER_EVENT_DATA"] = body
    # Worker processes must not take the event of all items for their own.
    if items and len(body) <= LONGEST:
        os.putenv(b"STP_TRIGGER_EVENT_DATA", body)
    elif items:
        os.unsetenv("STP_TRIGGER_EVENT_DATA")


def complete_variables():
    """Puts secrets into the variables that STP_COMPLETED names, as a URL needs them."""
    for name in os.environ.get("STP_COMPLETED", "").split():
        value = os.environ.get(name, "")
        for variable in [part.split(")")[0] for part in value.split("$(")[1:]]:
            if variable.startswith("STP_") and variable in os.environ:
                value = value.replace("$(%s)" % variable, encoded(os.environ[variable]))
        if value:
            os.environ[name] = value


def encoded(secret):
    if not isinstance(secret, bytes):
        secret = secret.encode("utf-8", "surrogateescape")
    kept = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    return "".join(chr(byte) if byte in bytearray(kept) else "%%%02X" % byte for byte in bytearray(secret))


def own_folder(parent):
    for number in range(10000):
        path = os.path.join(parent, "stp-%d-%d" % (os.getpid(), number))
        try:
            os.mkdir(path, 0o700)
            return path
        except OSError as error:
            if not os.path.exists(path):
                break
    sys.exit("The job's event could not be fetched: no folder for it in %s: %s" % (parent, error))


def emptied(**names):
    """The names of the module `__main__`, without those of this program."""
    namespace = sys.modules["__main__"].__dict__
    kept = {name: value for name, value in namespace.items() if name in ("__name__", "__builtins__")}
    kept.update((name, value) for name, value in names.items() if name in namespace)
    namespace.clear()
    namespace.update(kept)
    return namespace


def run_file(path):
    """As `python /absolute/path` runs it."""
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec", 0, True)
    loader = globals().get("__loader__")
    namespace = emptied(
        __file__=path,
        __doc__=None,
        __package__=None,
        __spec__=None,
        __cached__=None,
        __annotations__={},
        __loader__=loader and type(loader)("__main__", path),
    )
    exec(code, namespace)


def run_module(name):
    """As `python -m name` runs it: by what that calls itself."""
    from runpy import _run_module_as_main

    emptied()
    _run_module_as_main(name)


def call(path, name):
    """Calls what `path:name` names, in a module that is called as the file lies below one of the folders of modules."""
    import importlib

    folders = [folder for folder in sys.path if folder and path.startswith(os.path.join(os.path.abspath(folder), ""))]
    # The innermost folder, such as `src` in a project.
    folder = max(folders + [os.getcwd()], key=len)
    module = os.path.splitext(os.path.relpath(path, folder))[0]
    sys.path[:0] = [folder, os.path.dirname(path)]
    if "." in module:
        module = os.path.basename(module)
    found = importlib.import_module(module.replace(os.sep, "."))
    for part in name.split("."):
        found = getattr(found, part)
    result = found()
    if hasattr(result, "__await__"):
        import asyncio

        run = getattr(asyncio, "run", None) or asyncio.get_event_loop().run_until_complete
        run(result)


def become_job(entry, args):
    if entry == "-m":
        sys.argv = args
        sys.path[0] = os.getcwd()
        run_module(args[0])
        return
    path, _, name = entry.partition(":")
    path = os.path.abspath(path)
    sys.argv = [path] + args
    if name:
        del sys.path[0]
        call(path, name)
    else:
        sys.path[0] = os.path.dirname(path)
        run_file(path)


if __name__ == "__main__":
    complete_variables()
    take_event(sys.path[0])
    become_job(sys.argv[1], sys.argv[2:])
