"""Starts a function: finds its modules as Python finds those of a program, reads its secrets, and loads its handler."""

import importlib
import json
import os
import re
import sys
from urllib.parse import quote


def read_secrets(env):
    """Replaces the variables that STP_SECRETS names, which hold references as those of ECS, by the secrets."""
    names = env.get("STP_SECRETS", "").split()
    if not names:
        return
    import boto3
    from botocore.config import Config

    # Lambda ends the start of a function after ten seconds.
    config = Config(connect_timeout=2, read_timeout=3, retries={"total_max_attempts": 2})
    texts = {}
    for name in names:
        reference = env[name]
        fields = reference.split(":")
        try:
            key, text = (fields[7:] or [""])[0], ":".join(fields[:7])
            stage, version = (fields[8:] + ["", ""])[:2]
            asked = (text, stage, version)
            if asked not in texts:
                client = boto3.client("ssm" if fields[2] == "ssm" else "secretsmanager", region_name=fields[3], config=config)
                if fields[2] == "ssm":
                    found = client.get_parameters(Names=[reference], WithDecryption=True)["Parameters"]
                    texts[asked] = found[0]["Value"] if found else None
                else:
                    chosen = {"VersionStage": stage, "VersionId": version}
                    given = {one: value for one, value in chosen.items() if value}
                    texts[asked] = client.get_secret_value(SecretId=text, **given).get("SecretString")
            value = texts[asked]
            if value is None:
                raise ValueError("it has no text")
            if key and fields[2] != "ssm":
                keys = json.loads(value)
                if key not in keys:
                    raise ValueError(f'it has no key "{key}"')
                value = keys[key]
            env[name] = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
        except Exception as error:
            raise RuntimeError(f"{name} could not be read from {reference}: {error}") from error


def complete_variables(env):
    """Puts secrets into the variables that STP_COMPLETED names, as a URL needs them."""

    def secret(match):
        return quote(env[match[1]], safe="") if match[1] in env else match[0]

    for name in env.get("STP_COMPLETED", "").split():
        if name in env:
            env[name] = re.sub(r"\$\((STP_[A-Z0-9_]+)\)", secret, env[name])


def load(folders, module, name):
    """The handler. Modules are searched in the folders, which are relative to this file's, in their order."""
    root = os.path.dirname(os.path.abspath(__file__))
    sys.path[:0] = [os.path.normpath(os.path.join(root, folder)) for folder in folders]
    read_secrets(os.environ)
    complete_variables(os.environ)
    return getattr(importlib.import_module(module), name)
