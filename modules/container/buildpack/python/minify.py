"""Strips comments, docstrings and line breaks from the files below a folder; what the minifier cannot read stays as it is."""
import io
import os
import sys

import python_minifier

for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        path = os.path.join(folder, name)
        if not name.endswith(".py") or os.path.islink(path):
            continue
        try:
            with open(path, "rb") as file:
                source = file.read()
            # Annotations stay: programs read them.
            text = python_minifier.minify(source, path, remove_annotations=False, remove_literal_statements=True)
            with io.open(path, "w", encoding="utf-8") as file:
                file.write(text)
        except Exception as error:
            sys.stderr.write("%s is left as it is: %s\n" % (path, error))
