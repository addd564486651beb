"""make-wheels.py FOLDER NAME...: packs distributions that this Python has installed, and what they need, into wheels again."""

import base64
import hashlib
import re
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

folder = Path(sys.argv[1])
waiting = sys.argv[2:]
done = set()
for name in waiting:
    if name.lower() in done:
        continue
    done.add(name.lower())
    found = distribution(name)
    waiting += [re.match(r"[\w.-]+", line)[0] for line in found.requires or [] if "extra ==" not in line and ";" not in line]
    title = found.metadata["Name"].replace("-", "_").lower()
    place = folder / "simple" / found.metadata["Name"].lower()
    place.mkdir(parents=True, exist_ok=True)
    record = []
    with zipfile.ZipFile(place / f"{title}-{found.version}-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        for path in found.files or []:
            if ".." in path.parts or "__pycache__" in path.parts or path.suffix == ".so" or path.name in ("RECORD", "INSTALLER", "REQUESTED"):
                continue
            content = path.locate().read_bytes()
            if path.name == "WHEEL":
                content = re.sub(rb"(?m)^Tag: .*\n", b"", content).rstrip() + b"\nTag: py3-none-any\n"
            if path.name == "METADATA":
                # poetry 1.3 reads no newer one.
                content = re.sub(rb"^Metadata-Version: .*", b"Metadata-Version: 2.1", content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            wheel.writestr(str(path), content)
            record.append(f"{path},sha256={digest},{len(content)}")
        info = next(path for path in found.files if path.name == "METADATA").parent
        wheel.writestr(f"{info}/RECORD", "\n".join([*record, f"{info}/RECORD,,", ""]))
