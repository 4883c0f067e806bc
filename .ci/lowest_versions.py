"""Print constraints for pip: every dependency in pyproject.toml at its lowest version."""

import re
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"

for requirement in tomllib.loads(PYPROJECT.read_text())["project"]["dependencies"]:
    name, lowest = re.match(r"([\w-]+)>=([\d.]+)", requirement).groups()
    print(f"{name}=={lowest}")
