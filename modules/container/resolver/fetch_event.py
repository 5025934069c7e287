"""Fetches what comes in the place of what the container's environment holds: `fetch_event.py FOLDER`, a separate program.

`event.json` in the folder becomes this child's item, if STP_ITEMS names the index of a run's items, or the event to which
STP_TRIGGER_EVENT_DATA refers; `item-index` becomes the item's number. Both are in S3. Nothing but the standard library, of Python 2.7 and
later.
"""
import datetime
import hashlib
import hmac
import json
import os
import re
import sys
import time

try:
    from urllib.parse import quote
    from urllib.request import Request, urlopen
except ImportError:
    from urllib import quote
    from urllib2 import Request, urlopen

ATTEMPTS = 6
TIMEOUT_SECONDS = 10

# By the prefix of the region's name. Default: amazonaws.com.
DNS_SUFFIXES = [
    ("cn-", "amazonaws.com.cn"),
    ("eusc-", "amazonaws.eu"),
    ("us-iso-", "c2s.ic.gov"),
    ("us-isob-", "sc2s.sgov.gov"),
    ("eu-isoe-", "cloud.adc-e.uk"),
    ("us-isof-", "csp.hci.ic.gov"),
]


def reference(text):
    """Bucket, key and SHA-256 if the text is a reference, else None."""
    try:
        event = json.loads(text)
        payload = event["stpPayload"]
        bucket, key = re.match("s3://([^/]+)/(.+)$", payload["s3Uri"]).groups()
        return (bucket, key, payload["sha256"]) if len(event) == 1 else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def credentials():
    """The job's own: those of the environment, else those of its role, as ECS hands them out."""
    env = os.environ
    if env.get("AWS_ACCESS_KEY_ID") and env.get("AWS_SECRET_ACCESS_KEY"):
        return env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"], env.get("AWS_SESSION_TOKEN")
    url = env.get("AWS_CONTAINER_CREDENTIALS_FULL_URI")
    if env.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"):
        url = "http://169.254.170.2" + env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]
    if not url:
        raise RuntimeError("the container has no AWS credentials")
    token = env.get("AWS_CONTAINER_AUTHORIZATION_TOKEN")
    if env.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"):
        with open(env["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]) as file:
            token = file.read().strip()
    answer = urlopen(Request(url, headers={"Authorization": token} if token else {}), timeout=TIMEOUT_SECONDS)
    role = json.loads(answer.read().decode("utf-8"))
    return role["AccessKeyId"], role["SecretAccessKey"], role.get("Token")


def request(bucket, key, more):
    """A signed request for the object: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html"""
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if not region:
        raise RuntimeError("the container has no AWS_REGION")
    key_id, secret, token = credentials()
    path = "/" + quote(key.encode("utf-8"), safe="/-_.~")
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    suffix = next((suffix for prefix, suffix in DNS_SUFFIXES if region.startswith(prefix)), "amazonaws.com")
    if endpoint or "." in bucket:
        base = (endpoint or "https://s3.%s.%s" % (region, suffix)).rstrip("/")
        path = "/" + bucket + path
    else:
        base = "https://%s.s3.%s.%s" % (bucket, region, suffix)
    now = datetime.datetime.fromtimestamp(time.time(), UTC).strftime("%Y%m%dT%H%M%SZ")
    headers = {
        "host": base.split("://")[1],
        "x-amz-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-amz-date": now,
    }
    if token:
        headers["x-amz-security-token"] = token
    names = sorted(headers)
    lines = ["%s:%s" % (name, headers[name]) for name in names]
    canonical = "\n".join(["GET", path, ""] + lines + ["", ";".join(names), headers["x-amz-content-sha256"]])
    scope = "%s/%s/s3/aws4_request" % (now[:8], region)
    to_sign = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode("utf-8")).hexdigest()])
    signing_key = ("AWS4" + secret).encode("utf-8")
    for part in scope.split("/") + [to_sign]:
        signing_key = hmac.new(signing_key, part.encode("utf-8"), hashlib.sha256).digest()
    headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s" % (
        key_id,
        scope,
        ";".join(names),
        "".join("%02x" % byte for byte in bytearray(signing_key)),
    )
    headers.update(more)
    return Request(base + path, headers=headers)


class Utc(datetime.tzinfo):
    """Python 2.7 has none."""

    def utcoffset(self, _):
        return datetime.timedelta(0)

    def dst(self, _):
        return datetime.timedelta(0)


UTC = Utc()


# What to look for, by the status of S3's answer.
FIXES = {
    403: ". The job's role needs s3:GetObject for it, or the object has expired",
    404: ". The object has expired, or was never there",
    416: ". The object has changed since the run began",
}


def fetch(bucket, key, more={}):
    """The object's bytes. What cannot be cured by trying again fails at once."""
    for attempt in range(ATTEMPTS):
        try:
            return urlopen(request(bucket, key, more), timeout=TIMEOUT_SECONDS).read()
        except IOError as error:
            status = getattr(error, "code", 500)
            if attempt == ATTEMPTS - 1 or (status < 500 and status != 429):
                raise RuntimeError("s3://%s/%s: %s%s" % (bucket, key, error, FIXES.get(status, "")))
            time.sleep(0.2 * 2**attempt)


def fetch_event(bucket, key, sha256):
    body = fetch(bucket, key)
    found = hashlib.sha256(body).hexdigest()
    if found != sha256:
        raise RuntimeError("s3://%s/%s has the SHA-256 %s and not %s" % (bucket, key, found, sha256))
    return body


def fetch_part(bucket, key, start, end):
    body = fetch(bucket, key, {"Range": "bytes=%d-%d" % (start, end - 1)})
    if len(body) != end - start:
        message = "s3://%s/%s: the job asked for %d bytes of it and got %d. The object has changed since the run began"
        raise RuntimeError(message % (bucket, key, end - start, len(body)))
    return body


# A line of an index: where an item begins and ends in `items.jsonl` beside it, and its number.
LINE_BYTES = 36


def fetch_item(index, child):
    """The number and the bytes of this child's item. No bytes: the job's event stays."""
    place = re.match("s3://([^/]+)/(.+)/([^/]+)$", index)
    if not place:
        raise RuntimeError('STP_ITEMS is "%s" and not s3://<bucket>/<key>. A run of a job with forEach sets it' % index)
    if not re.match("[0-9]{1,7}$", child):
        message = 'AWS_BATCH_JOB_ARRAY_INDEX is "%s" and not a number. A run of a job with forEach sets it'
        raise RuntimeError(message % child)
    bucket, folder, name = place.groups()
    first = int(child) * LINE_BYTES
    line = fetch_part(bucket, folder + "/" + name, first, first + LINE_BYTES).decode("latin-1")
    numbers = re.match("([0-9]{13}) ([0-9]{13}) ([0-9]{7})\n$", line)
    start, end, number = [int(text) for text in numbers.groups()] if numbers else (0, -1, 0)
    if end < start:
        raise RuntimeError("%s: line %d is %s, which names no item" % (index, int(child) + 1, json.dumps(line)))
    return number, None if start == end else fetch_part(bucket, folder + "/items.jsonl", start, end)


def fetch_into(folder):
    content = None
    if os.environ.get("STP_ITEMS"):
        number, content = fetch_item(os.environ["STP_ITEMS"], os.environ.get("AWS_BATCH_JOB_ARRAY_INDEX") or "0")
        with open(os.path.join(folder, "item-index"), "w") as target:
            target.write(str(number))
    if content is None:
        found = reference(os.environ.get("STP_TRIGGER_EVENT_DATA", ""))
        # An event that only looks like a reference is a normal event, so no file is written.
        content = None if found is None else fetch_event(*found)
    if content is not None:
        with open(os.path.join(folder, "event.json"), "wb") as target:
            target.write(content)


if __name__ == "__main__":
    try:
        fetch_into(sys.argv[1])
    except Exception as error:
        what = "item" if os.environ.get("STP_ITEMS") else "event"
        sys.exit("The job's %s could not be fetched: %s" % (what, error))
