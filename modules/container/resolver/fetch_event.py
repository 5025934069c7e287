"""Fetches an event that was too large for the container's environment into a file: `fetch_event.py FILE`, a separate program.

STP_TRIGGER_EVENT_DATA holds a reference to it in S3. Nothing but the standard library, of Python 2.7 and later.
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


def request(bucket, key):
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
    return Request(base + path, headers=headers)


class Utc(datetime.tzinfo):
    """Python 2.7 has none."""

    def utcoffset(self, _):
        return datetime.timedelta(0)

    def dst(self, _):
        return datetime.timedelta(0)


UTC = Utc()


def fetch(bucket, key, sha256):
    """The event's bytes. What cannot be cured by trying again fails at once."""
    for attempt in range(ATTEMPTS):
        try:
            body = urlopen(request(bucket, key), timeout=TIMEOUT_SECONDS).read()
            break
        except IOError as error:
            status = getattr(error, "code", 500)
            if attempt == ATTEMPTS - 1 or (status < 500 and status != 429):
                raise RuntimeError("s3://%s/%s: %s" % (bucket, key, error))
            time.sleep(0.2 * 2**attempt)
    found = hashlib.sha256(body).hexdigest()
    if found != sha256:
        raise RuntimeError("s3://%s/%s has the SHA-256 %s and not %s" % (bucket, key, found, sha256))
    return body


if __name__ == "__main__":
    try:
        found = reference(os.environ["STP_TRIGGER_EVENT_DATA"])
        # An event that only looks like a reference is a normal event, so no file is written.
        content = None if found is None else fetch(*found)
    except Exception as error:
        sys.exit("The job's event could not be fetched: %s" % error)
    if content is not None:
        with open(sys.argv[1], "wb") as target:
            target.write(content)
