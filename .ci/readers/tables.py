#!/usr/bin/env python3
"""Whether DuckDB reads CSV and JSONL as the README says, and finds the same in both.

usage: tables.py BINARY INDEX CORPUS
PyPI: duckdb==2.0.1
"""

import os
import subprocess
import sys
import tempfile

import duckdb

BINARY, INDEX, CORPUS = sys.argv[1:4]
FROM = "2024-02-01"


def export(path):
    command = [BINARY, "--index", INDEX, "--corpus", CORPUS, "export", "-o", path]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


with tempfile.TemporaryDirectory() as folder:
    table, lines = os.path.join(folder, "all.csv"), os.path.join(folder, "all.jsonl")
    export(table)
    export(lines)
    rows = duckdb.sql(
        f"SELECT id, title FROM read_csv('{table}') WHERE date_not_before >= DATE '{FROM}' ORDER BY id"
    ).fetchall()
    records = duckdb.sql(
        f"SELECT id, title, districts[1].name FROM read_json_auto('{lines}')"
        f" WHERE CAST(date.not_before AS DATE) >= DATE '{FROM}' ORDER BY id"
    ).fetchall()
    if not rows or rows != [(id, title) for id, title, _ in records]:
        sys.exit(f"CSV has {len(rows)} articles from {FROM} on, JSONL {len(records)}")
    named = sum(district is not None for *_, district in records)
    if named == 0:
        sys.exit("no article of the JSONL has a district")
    print(f"DuckDB: {len(rows)} articles from {FROM} on in CSV and JSONL, {named} with a district")
