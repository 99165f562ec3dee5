"""Starts the fake for tests of whole programs."""

import json
import subprocess


class Cogmock:
    """`cogmock serve` on a free port; a context manager that ends it."""

    def __init__(self, program, *arguments):
        self.command = [program, "serve", "--port", "0", "--quiet", *arguments]

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(self.process.stderr.read())
        self.ready = json.loads(line)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate(timeout=20)

    def variables(self):
        """What a client's environment must say to reach it."""
        return {
            "COGNIGY_API_BASE": self.ready["base_url"],
            "COGNIGY_CLIENT_ID": "dev-client",
            "COGNIGY_CLIENT_SECRET": "dev-secret",
            "SOURCE_ENV_ID": "env-source",
            "TARGET_ENV_ID": "env-target",
            "DEPLOYMENT_WEBHOOK_URL": self.ready["webhook_url"],
        }
