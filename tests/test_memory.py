"""The memory of a build does not follow the number of documents."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Builds the catalog of as many documents as it is told; prints the most memory it took, in MB.
BUILT = """
import hashlib, resource, sys
from pathlib import Path
from cchc import catalog
from cchc.corrections import renamed
from tests.sample_plans import plan_2024

plan, folder = plan_2024(), Path(sys.argv[2])

def read(data, name):
    noise = "".join(hashlib.sha256(data + bytes([n // 256, n % 256])).hexdigest() for n in range(700))  # 45 KB
    return renamed(plan, f"{plan.plan.id}-{data.decode()}").model_copy(update={"name": name, "text": plan.text + noise})

files = [folder / f"{n}.txt" for n in range(int(sys.argv[1]))]
for n, file in enumerate(files):
    file.write_text(str(n))
catalog.build(files, folder / "out", read)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def test_four_times_the_documents_take_no_more_memory(tmp_path: Path) -> None:
    most = []
    for count in (150, 600):
        folder = tmp_path / str(count)
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", BUILT, str(count), str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        most.append(float(done.stdout))
    assert most[1] < 1.1 * most[0]
