"""Makes smaller copies of the pictures that an event of S3 names."""

import io
import json
import os
import signal
import sys
from urllib.parse import unquote_plus

import boto3
from PIL import Image, ImageOps

WIDTHS = [int(width) for width in os.environ["WIDTHS"].split(",")]
THUMBNAILS = os.environ["STP_THUMBNAILS_NAME"]

s3 = boto3.client("s3")


def pictures(event):
    """Bucket and key of each picture of an event; keys come URL-encoded."""
    for record in event.get("Records", []):
        yield record["s3"]["bucket"]["name"], unquote_plus(record["s3"]["object"]["key"])


def smaller(picture, width):
    """A copy of at most a width, as JPEG, turned as the camera was held."""
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    height = max(1, round(upright.height * width / upright.width))
    copy = upright if upright.width <= width else upright.resize((width, height))
    output = io.BytesIO()
    copy.save(output, "JPEG", quality=85, optimize=True)
    return output.getvalue()


def main():
    event = json.loads(os.environ.get("STP_TRIGGER_EVENT_DATA", "{}"))
    for bucket, key in pictures(event):
        with Image.open(s3.get_object(Bucket=bucket, Key=key)["Body"]) as picture:
            for width in WIDTHS:
                name = f"{width}/{key.rsplit('.', 1)[0]}.jpg"
                # The same picture has the same key: a retry writes the same objects.
                s3.put_object(Bucket=THUMBNAILS, Key=name, Body=smaller(picture, width), ContentType="image/jpeg")
                print(f"{bucket}/{key} -> {THUMBNAILS}/{name}", flush=True)


if __name__ == "__main__":
    # Spot interruption: exit code 143 requests a restart, which uses no attempt.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    main()
