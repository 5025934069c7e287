"""Classifies a picture with a model that takes 224 x 224 pixels, normalized as those of ImageNet are."""

import base64
import io
import json
import os

import boto3
import numpy
import onnxruntime
from PIL import Image, ImageOps

BUCKET = os.environ["STP_MODELS_NAME"]
MEAN = numpy.array([0.485, 0.456, 0.406], dtype=numpy.float32)
DEVIATION = numpy.array([0.229, 0.224, 0.225], dtype=numpy.float32)

s3 = boto3.client("s3")


def request():
    """What the caller asked for: the body of an HTTP request, or the whole input of a run that was started by hand."""
    event = json.loads(os.environ.get("STP_TRIGGER_EVENT_DATA", "{}"))
    if "body" not in event:
        return event
    body = event["body"] or "{}"
    return json.loads(base64.b64decode(body) if event.get("isBase64Encoded") else body)


def read(key):
    return s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()


def tensor(content):
    """One picture as a batch of one: channels first."""
    picture = ImageOps.fit(Image.open(io.BytesIO(content)).convert("RGB"), (224, 224))
    pixels = (numpy.asarray(picture, dtype=numpy.float32) / 255 - MEAN) / DEVIATION
    return pixels.transpose(2, 0, 1)[numpy.newaxis]


def main():
    asked = request()
    session = onnxruntime.InferenceSession(read(asked["model"]), providers=["CUDAExecutionProvider"])
    if "CUDAExecutionProvider" not in session.get_providers():
        raise SystemExit("no GPU: ONNX Runtime has fallen back to the CPU")
    (scores,) = session.run(None, {session.get_inputs()[0].name: tensor(read(asked["picture"]))})[:1]
    best = numpy.argsort(scores[0])[::-1][:5]
    result = {"picture": asked["picture"], "classes": [{"id": int(i), "score": float(scores[0][i])} for i in best]}
    key = f"results/{asked['picture']}.json"
    s3.put_object(Bucket=BUCKET, Key=key, Body=json.dumps(result).encode(), ContentType="application/json")
    print(f"{BUCKET}/{key}: {result}")


main()
