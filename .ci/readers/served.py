"""A server that a check asks."""

import re
import subprocess
import sys
import tempfile
import time


# Of all servers, for a check that ends early.
servers = []


class Server:
    """`dibao serve` on a free port."""

    def __init__(self, binary, index, corpus, *arguments):
        command = [binary, "--index", index, "--corpus", corpus, "--lang", "en", "serve", "--addr",
                   "127.0.0.1:0", *arguments]
        # A file: a pipe that nobody reads fills up, and the server waits.
        self.said = tempfile.NamedTemporaryFile(mode="w+", encoding="utf-8", suffix=".log")
        self.process = subprocess.Popen(command, stderr=self.said)
        servers.append(self.process)

    def __enter__(self):
        for _ in range(300):
            with open(self.said.name, encoding="utf-8") as said:
                text = said.read()
            if found := re.search(r"http://127\.0\.0\.1:\d+(?=\D)", text):
                return found.group(0)
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        sys.exit(f"the server does not say where it is: {text}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.said.close()
