"""Runs pip with the environment markers of another platform: pip reads them as of the Python that it runs on."""

import json
import runpy
import sys

environment = json.loads(sys.argv.pop(1))
try:
    from pip._vendor.packaging import markers

    own = markers.default_environment
    markers.default_environment = lambda: {**own(), **environment}
except (ImportError, AttributeError):
    # A pip without its usual parts: markers are as of this Python.
    pass
runpy.run_module("pip", run_name="__main__")
