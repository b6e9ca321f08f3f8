"""A client that a generator makes from OpenAPI decides every case and gets the bytes of `conforme decide --format json`.

    python generated.py ADDRESS CONFORME POLICIES      where openapi-python-client put `client` beside the working folder's files
"""

import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

import yaml
from client import Client
from client.api.décider import decide
from client.models import Dossier

address, conforme, policies = sys.argv[1], *map(pathlib.Path, sys.argv[2:4])


def plain(value):
    """As JSON has it: days are texts."""
    if isinstance(value, dict):
        return {str(key): plain(own) for key, own in value.items()}
    if isinstance(value, list):
        return [plain(own) for own in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


sent = []
client = Client(base_url=address, httpx_args={"event_hooks": {"request": [lambda request: sent.append(request.content)]}})
with tempfile.TemporaryDirectory() as folder:
    folder, answers = pathlib.Path(folder), []
    for case in sorted(policies.glob("*/cases/*.yaml")):
        name = f"{len(answers)}.json"
        dossier = Dossier.from_dict(plain(yaml.safe_load(case.read_text())))
        answer = decide.sync_detailed(client=client, body=dossier, name=name)
        assert answer.status_code == 200, (case, answer.content)
        # What the client makes of the answer is the answer.
        assert answer.parsed.to_dict() == json.loads(answer.content), case
        (folder / name).write_bytes(sent[-1])
        answers.append((case, name, answer.content))
    # Of several, the command explains less unless it is asked.
    names = [name for _, name, _ in answers]
    command = [conforme.resolve(), "decide", *names, "--format", "json", "--explain", "full", "--policies", policies.resolve()]
    decided = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE).stdout.splitlines(keepends=True)
for (case, _, answer), own in zip(answers, decided, strict=True):
    assert answer == own, case
assert len(answers) >= 66, len(answers)
print(f"{len(answers)} cases, by a generated client: the same bytes")
