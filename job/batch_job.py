"""What the code of a job can use: its event, its attempt, and a chance to save at a Spot interruption.

    from batch_job import attempt, event, maximum_attempts, on_reclaim

    print("attempt %d of %d for %s" % (attempt, maximum_attempts, event()))

    @on_reclaim
    def save():
        ...  # Write down how far the job is, in Amazon S3 for example.

From cdktf-batch-jobs, to keep next to your code. It needs Python 3.8 or later and no packages, and it works outside of AWS Batch too.
"""

import os
import signal
import sys
import threading
import time
import traceback
from typing import Any, Callable, Dict, List, NoReturn, Optional, Tuple, TypeVar

__all__ = [
    "attempt",
    "container_start",
    "earlier_event",
    "event",
    "item",
    "item_count",
    "item_index",
    "maximum_attempts",
    "on_reclaim",
    "seconds_left",
]


def _count(variable: str) -> int:
    text = os.environ.get(variable, "")
    return int(text) if text.isascii() and text.isdigit() and int(text) > 0 else 1


attempt = _count("STP_CURRENT_ATTEMPT")
"""The attempt that this is, from 1. A restart after a Spot interruption belongs to the same attempt. Outside of AWS Batch: 1."""

maximum_attempts = _count("STP_MAXIMUM_ATTEMPTS")
"""How many attempts the run has in total: `retryConfig.attempts`. Outside of AWS Batch: 1."""

container_start = _count("AWS_BATCH_JOB_ATTEMPT")
"""The start of the container that this is within the attempt, from 1, as AWS Batch counts. An attempt that moves to on-demand capacity
counts from 1 again, so look for saved progress at each start. Outside of AWS Batch: 1."""

item_count = _count("STP_ITEM_COUNT")
"""How many items the run has, in all its attempts together. 1 if the job has no `forEach`."""


# The event


def event() -> Any:
    """The event that started the run, as its source sent it, of any size.

    It is read from STP_TRIGGER_EVENT_DATA, from the file that STP_TRIGGER_EVENT_FILE names, or, if it is larger than 8,192 characters,
    from Amazon S3 by the job's role. A job with `forEach` gets its item instead, see item(). Raises RuntimeError with the fix if there is
    none, it is not JSON, or it cannot be read. Requests are repeated for up to a minute.
    """
    child = _child_item()
    if child and child[1] is not None:
        return _parsed(child[1], "item %d" % child[0])
    data, file = os.environ.get("STP_TRIGGER_EVENT_DATA"), os.environ.get("STP_TRIGGER_EVENT_FILE")
    if not data and not file:
        raise RuntimeError(
            "This job has no event: STP_TRIGGER_EVENT_DATA is not set. A run in AWS Batch and a local run set it. To start the program by "
            "itself, set it to any JSON, such as STP_TRIGGER_EVENT_DATA='{\"orderId\":1}', or set STP_TRIGGER_EVENT_FILE to the path of a "
            "file with JSON."
        )
    # As bytes: JSON is UTF-8 in every locale.
    text = os.fsencode(data or "")
    found = _reference(text)
    if text and not found:
        return _parsed(text, "STP_TRIGGER_EVENT_DATA")
    if file:
        # Its own, or that of an image which has fetched the event already.
        return _parsed(_file(file), "%s (STP_TRIGGER_EVENT_FILE)" % file)
    assert found is not None
    return _parsed(_fetched(*found), found[0])


def item() -> Any:
    """The item that this container works on, of any size, if the job has `forEach`; else the event.

    An item takes the event's place, so event() returns the same. With `count`, all items are the event. Raises RuntimeError with the fix if
    the item cannot be read from Amazon S3. Requests are repeated for up to a minute.
    """
    return event()


def item_index() -> int:
    """The position of this container's item in the run's list of items, from 0. 0 if the job has no `forEach`.

    It is the same in each attempt, unlike AWS_BATCH_JOB_ARRAY_INDEX: a second attempt has only the items that failed. Raises RuntimeError if
    the index cannot be read from Amazon S3.
    """
    child = _child_item()
    return child[0] if child else int(os.environ.get("STP_ITEM_INDEX") or 0)


def earlier_event(end: Any) -> Any:
    """The event that started the run whose end started this run, of any size. None if Step Functions left it out: more than 248 KB.

    `end` is what event() returns for an event of type batch-job. Raises RuntimeError if the event is stored in Amazon S3 and can't be read.
    """
    given = end["detail"]["input"]
    if given is None:
        return None
    # JSON can have half of a surrogate pair, as a text that was cut has.
    text = given.encode("utf-8", "surrogatepass")
    found = _reference(text)
    return _parsed(text, "detail.input") if found is None else _parsed(_fetched(*found), found[0])


_Reference = Tuple[str, str, str, str, Optional[int]]


def _parsed(text: bytes, where: str) -> Any:
    import json

    try:
        return json.loads(text)
    except ValueError as error:
        begins = text[:60].decode("utf-8", "replace") + ("..." if len(text) > 60 else "")
        raise RuntimeError('%s is not JSON: %s. It is "%s"' % (where, error, begins)) from error


def _file(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise RuntimeError("STP_TRIGGER_EVENT_FILE: the event cannot be read: %s" % error) from error


def _reference(text: bytes) -> Optional[_Reference]:
    """URI, bucket, key, SHA-256 and size, if the text refers to an event in Amazon S3; None if it is the event itself."""
    if b"stpPayload" not in text:
        return None
    import json
    import re

    try:
        whole = json.loads(text)
        payload = whole["stpPayload"]
        uri, sha256, size = payload["s3Uri"], payload["sha256"], payload.get("bytes")
        match = re.match(r"s3://([^/]+)/(.+)$", uri)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if match is None or len(whole) != 1 or not sha256 or not isinstance(sha256, str):
        return None
    return uri, match.group(1), match.group(2), sha256, size if isinstance(size, int) else None


# A line of an index: where an item begins and ends in `items.jsonl` beside it, and its number.
_LINE_BYTES = 36

_fetched_item: Optional[Tuple[int, Optional[bytes]]] = None


def _child_item() -> Optional[Tuple[int, Optional[bytes]]]:
    """Number and text of this child's item, if nothing has read it yet: an image's start program sets STP_ITEM_INDEX when the item is in
    the event's place. No text: the job's event stays."""
    global _fetched_item
    index = os.environ.get("STP_ITEMS")
    if not index or os.environ.get("STP_ITEM_INDEX"):
        return None
    if _fetched_item is None:
        child = os.environ.get("AWS_BATCH_JOB_ARRAY_INDEX") or "0"
        try:
            _fetched_item = _item(index, child)
        except _Failed as error:
            raise RuntimeError("The item of child %s could not be read from %s" % (child, error)) from error
    return _fetched_item


def _item(index: str, child: str) -> Tuple[int, Optional[bytes]]:
    import json
    import re

    place = re.match("s3://([^/]+)/(.+)/([^/]+)$", index)
    if place is None:
        raise _Failed("%s, which STP_ITEMS is: it must be s3://<bucket>/<key>. %s" % (json.dumps(index), _SET), False)
    if not re.match("[0-9]{1,7}$", child):
        raise _Failed("%s: AWS_BATCH_JOB_ARRAY_INDEX must be a number. %s" % (index, _SET), False)
    bucket, folder, name = place.groups()

    def read(file: str, start: int, end: int) -> bytes:
        key = "%s/%s" % (folder, file)
        try:
            return _repeated(lambda: _object(bucket, key, (start, end)))
        except _Failed as error:
            raise _Failed("s3://%s/%s: %s" % (bucket, key, error), False) from error

    first = int(child) * _LINE_BYTES
    line = read(name, first, first + _LINE_BYTES).decode("utf-8", "replace")
    numbers = re.match("([0-9]{13}) ([0-9]{13}) ([0-9]{7})\n$", line)
    start, end, number = map(int, numbers.groups()) if numbers else (0, -1, 0)
    if end < start:
        raise _Failed("%s: line %d is %s, which names no item" % (index, int(child) + 1, json.dumps(line)), False)
    return number, None if start == end else read("items.jsonl", start, end)


_SET = "A run of a job with forEach sets it"

_CHANGED = "The object has changed since the run began"

_FETCH_SECONDS = 60.0
_REQUEST_SECONDS = 20.0

# By the beginning of a region's name; everywhere else it is amazonaws.com.
_DNS_SUFFIXES = (
    ("cn-", "amazonaws.com.cn"),
    ("eusc-", "amazonaws.eu"),
    ("us-iso-", "c2s.ic.gov"),
    ("us-isob-", "sc2s.sgov.gov"),
    ("eu-isoe-", "cloud.adc-e.uk"),
    ("us-isof-", "csp.hci.ic.gov"),
)

# Error codes of Amazon S3 with a status below 500 that ask for the same request again.
_CURABLE_CODES = ("RequestTimeout", "ExpiredToken", "TokenRefreshRequired", "SlowDown", "RequestLimitExceeded")


class _Failed(Exception):
    def __init__(self, message: str, curable: bool) -> None:
        super().__init__(message)
        self.curable = curable


def _fetched(uri: str, bucket: str, key: str, sha256: str, size: Optional[int]) -> bytes:
    import hashlib

    try:
        body = _repeated(lambda: _object(bucket, key))
        if size is not None and len(body) != size:
            raise _Failed("the object has %d bytes and not %d" % (len(body), size), False)
        found = hashlib.sha256(body).hexdigest()
        if found != sha256:
            raise _Failed("the object has the SHA-256 %s and not %s" % (found, sha256), False)
        return body
    except _Failed as error:
        raise RuntimeError("The job's event could not be read from %s: %s" % (uri, error)) from error


def _repeated(request: Callable[[], bytes]) -> bytes:
    import random

    end = time.monotonic() + _FETCH_SECONDS
    failures = 0
    while True:
        try:
            return request()
        except _Failed as error:
            if not error.curable:
                raise
            # Full jitter: jobs that were throttled together do not come back together.
            wait = random.random() * min(0.1 * 2**failures, 5)
            failures += 1
            # A request needs some time.
            if time.monotonic() + wait + _FETCH_SECONDS / 50 >= end:
                message = "%s. The job gave up after %d requests in %g s" % (error, failures, _FETCH_SECONDS)
                raise _Failed(message, False) from error
            time.sleep(wait)


def _object(bucket: str, key: str, part: Optional[Tuple[int, int]] = None) -> bytes:
    """The object, or a part of it: positions of bytes, of which the end is exclusive."""
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if not region:
        raise _Failed("AWS_REGION is not set. Set it to the region of the stack", False)
    credentials = _credentials()
    wanted = {} if part is None else {"Range": "bytes=%d-%d" % (part[0], part[1] - 1)}

    def ask(region: str) -> Tuple[int, Any, bytes]:
        url, headers = _signed(bucket, key, region, credentials)
        return _get(url, dict(headers, **wanted))

    status, headers, body = ask(region)
    # A job can have set AWS_REGION for itself; Amazon S3 then says where the bucket is.
    elsewhere = None if status in (200, 206) else headers.get("x-amz-bucket-region") or _element(body, "Region")
    if elsewhere and elsewhere != region:
        status, headers, body = ask(elsewhere)
    if status in (200, 206):
        if part is not None and len(body) != part[1] - part[0]:
            message = "the job asked for %d bytes of it and got %d. %s" % (part[1] - part[0], len(body), _CHANGED)
            raise _Failed(message, False)
        return body
    name, details = _element(body, "Code"), _element(body, "Message") or body.decode("utf-8", "replace")[:200]
    answer = "%s (HTTP %d)%s" % (name or "Amazon S3 answered", status, details and ": " + details)
    fixes = {
        "AccessDenied": ". The job's role needs s3:GetObject for it. Amazon S3 answers the same if the object has expired",
        "NoSuchKey": ". The object has expired, or was never there",
        "InvalidRange": ". " + _CHANGED,
    }
    raise _Failed(answer + fixes.get(name or "", ""), _is_curable(status) or name in _CURABLE_CODES)


def _element(body: bytes, name: str) -> Optional[str]:
    import re

    found = re.search("<%s>([^<]+)</" % name, body[:10000].decode("utf-8", "replace"))
    return found.group(1) if found else None


def _credentials() -> Tuple[str, str, Optional[str]]:
    """The keys in the job's environment, else those of its role.

    https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
    """
    env = os.environ
    if env.get("AWS_ACCESS_KEY_ID") and env.get("AWS_SECRET_ACCESS_KEY"):
        return env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"], env.get("AWS_SESSION_TOKEN") or None
    relative = env.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
    url = "http://169.254.170.2" + relative if relative else env.get("AWS_CONTAINER_CREDENTIALS_FULL_URI")
    if not url:
        raise _Failed(
            "there are no AWS credentials. In AWS Batch the job's role has them; elsewhere set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
            False,
        )
    _check_url("AWS_CONTAINER_CREDENTIALS_FULL_URI", url)
    token = env.get("AWS_CONTAINER_AUTHORIZATION_TOKEN")
    token_file = env.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
    if token_file:
        try:
            with open(token_file, encoding="utf-8") as file:
                token = file.read().strip()
        except OSError as error:
            raise _Failed("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: %s" % error, False) from error
    # No proxy reaches an address of the host's.
    status, _, body = _get(url, {"Authorization": token} if token else {}, proxies={})
    if status != 200:
        raise _Failed("%s answered with status %d instead of credentials" % (url, status), _is_curable(status))
    import json

    try:
        role = json.loads(body)
        return role["AccessKeyId"], role["SecretAccessKey"], role.get("Token")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _Failed("%s answered without credentials" % url, True) from error


def _signed(
    bucket: str, key: str, region: str, credentials: Tuple[str, str, Optional[str]]
) -> Tuple[str, Dict[str, str]]:
    """URL and headers of a request: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html"""
    import hashlib
    import hmac
    from urllib.parse import quote, urlsplit

    key_id, secret, token = credentials
    variable = "AWS_ENDPOINT_URL_S3" if os.environ.get("AWS_ENDPOINT_URL_S3") else "AWS_ENDPOINT_URL"
    endpoint = os.environ.get(variable)
    if endpoint:
        _check_url(variable, endpoint)
    host = "s3.%s.%s" % (
        region,
        next((suffix for prefix, suffix in _DNS_SUFFIXES if region.startswith(prefix)), "amazonaws.com"),
    )
    path = "/" + quote(key, safe="/-_.~")
    if endpoint or "." in bucket:
        # An emulator's host has no buckets below it, and no certificate covers a bucket with a dot.
        base, path = (endpoint or "https://" + host).rstrip("/"), "/" + bucket + path
    else:
        base = "https://%s.%s" % (bucket, host)
    parts = urlsplit(base)
    path = parts.path + path
    now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    empty = hashlib.sha256(b"").hexdigest()
    headers = {"host": parts.netloc, "x-amz-content-sha256": empty, "x-amz-date": now}
    if token:
        headers["x-amz-security-token"] = token
    names = ";".join(headers)
    lines = ["%s:%s" % header for header in headers.items()]
    canonical = "\n".join(["GET", path, ""] + lines + ["", names, empty])
    scope = "%s/%s/s3/aws4_request" % (now[:8], region)
    to_sign = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    signature = ("AWS4" + secret).encode()
    for part in scope.split("/") + [to_sign]:
        signature = hmac.new(signature, part.encode(), hashlib.sha256).digest()
    headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s" % (
        key_id,
        scope,
        names,
        signature.hex(),
    )
    return "%s://%s%s" % (parts.scheme, parts.netloc, path), headers


def _get(url: str, headers: Dict[str, str], proxies: Optional[Dict[str, str]] = None) -> Tuple[int, Any, bytes]:
    """Status, headers and body of the response, for any status."""
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

    class NoRedirects(HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            # The signature holds for one host.
            return None

    try:
        with build_opener(NoRedirects, ProxyHandler(proxies)).open(
            Request(url, headers=headers), timeout=_REQUEST_SECONDS
        ) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()
    except (OSError, HTTPException) as error:
        raise _Failed(
            "%s could not be reached: %s" % (url, getattr(error, "reason", None) or error or type(error).__name__), True
        ) from error


def _check_url(variable: str, value: str) -> None:
    from urllib.parse import urlsplit

    if urlsplit(value).scheme not in ("http", "https"):
        raise _Failed('%s is "%s". It must be a URL that begins with http:// or https://' % (variable, value), False)


def _is_curable(status: int) -> bool:
    return status >= 500 or status in (408, 429)


# Spot interruptions

_RESTART = 143
"""128 + SIGTERM: asks AWS Batch for a restart that uses up no attempt."""

_handlers: List[Tuple[Callable[[], Any], float]] = []
_began: Optional[float] = None
_mask: Any = ()
_forks_are_exempt = False

_Handler = TypeVar("_Handler", bound=Callable[[], Any])


def on_reclaim(save: _Handler, timeout: float = 100) -> _Handler:
    """Calls a function when AWS takes the Spot instance back (SIGTERM), and exits with code 143: AWS Batch then restarts the job without
    using up an attempt. AWS Batch also sends SIGTERM at the job's `timeout`, and when a run is stopped.

    The job's main thread pauses where it is and calls the functions one after another, in the order in which they were added. One that
    raises is reported on standard error, and the next one follows. After `timeout` seconds from SIGTERM (0 to 120, default 100) the
    program ends in any case: AWS Batch kills the container after two minutes. Call `sys.exit(0)` in the function if all work is done.

    Call it in the main thread. Returns the function, so that `@on_reclaim` can stand above it.
    """
    from inspect import iscoroutinefunction

    if not callable(save) or iscoroutinefunction(save):
        raise TypeError("on_reclaim takes a function that is not async. It got %r." % (save,))
    if not 0 <= timeout <= 120:
        raise ValueError("on_reclaim: the timeout is %s. It must be 0 to 120 seconds." % timeout)
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("Call on_reclaim in the main thread: Python handles signals only there.")
    if not _handlers:
        signal.signal(signal.SIGTERM, _interrupted)
        _exempt_forks()
    _handlers.append((save, timeout))
    return save


def seconds_left() -> Optional[float]:
    """Seconds until the program ends because of an interruption; None without one."""
    if _began is None:
        return None
    return max(0.0, _began + max(timeout for _, timeout in _handlers) - time.monotonic())


def _interrupted(_signal: int, _frame: Any) -> None:
    global _began
    if _began is not None:
        return
    _began = time.monotonic()
    watchdog = threading.Timer(seconds_left() or 0, _out_of_time)
    watchdog.daemon = True
    watchdog.start()
    for save, _ in _handlers:
        try:
            save()
        except BaseException as error:
            if isinstance(error, SystemExit) and not error.code:
                _exit(0)
            print("batch_job: a function of on_reclaim failed:", file=sys.stderr)
            traceback.print_exc()
    _exit(_RESTART)


def _exempt_forks() -> None:
    """A forked process, such as a worker of multiprocessing, which is ended by SIGTERM, must not save."""
    global _forks_are_exempt
    # Windows does not fork.
    if not _forks_are_exempt and hasattr(os, "register_at_fork"):
        os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork_in_child)
    _forks_are_exempt = True


def _before_fork() -> None:
    global _mask
    _mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])


def _after_fork() -> None:
    signal.pthread_sigmask(signal.SIG_SETMASK, _mask)


def _after_fork_in_child() -> None:
    if _handlers:
        _handlers.clear()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _after_fork()


def _out_of_time() -> None:
    message = "batch_job: the functions of on_reclaim have not ended in time, and the job ends without them\n"
    # Not by sys.stderr: the main thread may be in the middle of it.
    os.write(2, message.encode())
    os._exit(_RESTART)


def _exit(code: int) -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
    # Not by sys.exit: code that catches everything would go on, and threads would be waited for.
    os._exit(code)
