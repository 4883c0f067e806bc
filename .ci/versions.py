"""Print the requirements of pyproject.toml without their upper bounds.

With `lowest` as an argument, print constraints for pip: the dependencies at their lowest versions.
With `newest`, print requirements for pip that allow every newer version.
"""

import re
import sys
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]
tools = project["optional-dependencies"]["test"]

for requirement in project["dependencies"] + tools:
    name, lowest = re.fullmatch(r"([\w-]+)(?:>=([\d.]+))?(?:,<[\d.]+)?", requirement).groups()
    if sys.argv[1] == "newest":
        print(f"{name}>={lowest or 0}")
    elif lowest:
        print(f"{name}=={lowest}")
