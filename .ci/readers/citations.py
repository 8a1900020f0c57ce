#!/usr/bin/env python3
"""Reads exported references by the programs that people use, and compares what they understood with
the records: pandoc (BibLaTeX, BibTeX, CSL-JSON, and citeproc), rispy (RIS), bibtexparser (BibTeX).

usage: citations.py BINARY INDEX CORPUS
Debian: pandoc. PyPI: rispy==0.10.0 bibtexparser==1.4.3
"""

import json
import re
import subprocess
import sys

import bibtexparser
import rispy

BINARY, INDEX, CORPUS = sys.argv[1:4]
# Beside letters and digits nothing is compared: readers change quotes, blanks and dashes.
PLAIN = re.compile(r"\W+")


def dibao(*arguments):
    command = [BINARY, "--index", INDEX, "--corpus", CORPUS, *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def pandoc(text, *arguments):
    run = subprocess.run(["pandoc", *arguments], input=text.encode(), capture_output=True)
    if run.returncode != 0:
        fail(f"pandoc {' '.join(arguments)}: {run.stderr.decode().strip()}")
    if run.stderr:
        fail(f"pandoc {' '.join(arguments)} complains: {run.stderr.decode().strip()}")
    return run.stdout.decode()


def fail(sentence):
    print(f"citations: {sentence}", file=sys.stderr)
    sys.exit(1)


def plain(text):
    return PLAIN.sub("", text or "")


def same(where, what, read, expected):
    if read != expected:
        fail(f"{where}: {what} was read as {read!r} and is {expected!r}")


def names_of(record):
    """The authors as the reference has them: literal names."""
    byline = record["byline"]
    if record["kind"] == "document" and record["issuer"]:
        return [record["issuer"]]
    return byline["reporters"] + byline["correspondents"] or byline["photographers"]


def day_of(record):
    """The day of the issue, or the day that the file states; None where neither is known."""
    stated = record["date"]["value"] if record["date"]["basis"] == "given" else None
    return record["issue"]["date"]["value"] or stated


def check_item(where, item, record):
    """An item of CSL-JSON, as pandoc read it from any format."""
    if record["title"]:
        title = plain(record["title"]) + plain(record["subtitle"])
        same(where, "the title", plain(item.get("title")), title)
    # Without a byline the outlet of a reprint answers for it.
    if names := names_of(record):
        read = [author.get("literal") or author.get("family") for author in item.get("author", [])]
        same(where, "the authors", read, names)
    host = record["publication"] or record["outlet"]
    if host:
        read = item.get("container-title") or item.get("publisher") or ""
        same(where, "the paper", read, host)
    if (day := day_of(record)) and (record["publication"] or not record["outlet"]):
        parts = [int(part) for part in day.split("-")]
        read = [int(part) for part in item["issued"]["date-parts"][0]]
        # Of classic BibTeX pandoc reads the year and the month.
        same(where, "the date", read, parts[: len(read)])
        if len(read) < 2:
            fail(f"{where}: the month of {day} was lost")
    if record["page"]:
        same(where, "the page", item.get("page"), record["page"])
    if record["docno"] and record["kind"] == "document":
        same(where, "the 文号", item.get("number"), record["docno"])


def by_id(items, where, records):
    found = {str(item["id"]): item for item in items}
    if set(found) != set(records):
        fail(f"{where}: {len(found)} entries for {len(records)} articles")
    for name, record in records.items():
        check_item(f"{where} {name}", found[name], record)


def check_pandoc(records):
    for ours, theirs in [("csljson", "csljson"), ("biblatex", "biblatex"), ("bib", "bibtex")]:
        text = dibao("export", "--format", ours)
        items = json.loads(pandoc(text, "-f", theirs, "-t", "csljson"))
        by_id(items, f"pandoc {theirs}", records)
        cited = pandoc(text, "-f", theirs, "-t", "plain", "--citeproc", "--wrap=none")
        for name, record in records.items():
            if record["title"] and plain(record["title"]) not in plain(cited):
                fail(f"citeproc prints no {record['title']} ({name}) from {ours}")
        print(f"pandoc {theirs}: {len(items)} entries, all cited by citeproc")


def check_ris(records):
    entries = rispy.loads(dibao("export", "--format", "ris"))
    same("rispy", "the number of entries", len(entries), len(records))
    kinds = set()
    for entry in entries:
        record = records[entry["id"]]
        where = f"rispy {entry['id']}"
        kinds.add(entry["type_of_reference"])
        if record["title"]:
            title = plain(record["title"]) + plain(record["subtitle"])
            same(where, "the title", plain(entry["title"]), title)
        if names := names_of(record):
            same(where, "the authors", entry.get("authors"), names)
        if host := record["publication"] or record["outlet"]:
            same(where, "the paper", entry.get("secondary_title"), host)
        if (day := day_of(record)) and (record["publication"] or not record["outlet"]):
            same(where, "the date", entry.get("date"), day.replace("-", "/") + "/")
        if record["page"]:
            same(where, "the page", entry.get("start_page"), record["page"])
    for kind in ["NEWS", "CHAP", "GOVDOC", "ELEC"]:
        if kind not in kinds:
            fail(f"rispy: no entry of type {kind}")
    print(f"rispy: {len(entries)} entries of types {', '.join(sorted(kinds))}")


def check_bibtex(records):
    parser = bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False)
    entries = bibtexparser.loads(dibao("export", "--format", "bib"), parser).entries
    same("bibtexparser", "the number of entries", len(entries), len(records))
    for entry in entries:
        record = records[entry["ID"]]
        where = f"bibtexparser {entry['ID']}"
        if names := names_of(record):
            same(where, "the authors", entry["author"], " and ".join(f"{{{name}}}" for name in names))
        if entry["ENTRYTYPE"] == "article" and record["publication"]:
            same(where, "the paper", entry["journal"], record["publication"])
        if (day := day_of(record)) and (record["publication"] or not record["outlet"]):
            same(where, "the year", entry["year"], str(int(day[:4])))
    print(f"bibtexparser: {len(entries)} entries, keys are the ids")


def main():
    lines = dibao("export", "--format", "jsonl").splitlines()
    records = {record["id"]: record for record in map(json.loads, lines)}
    if len(records) < 50:
        fail(f"{len(records)} articles are too few to tell anything")
    check_pandoc(records)
    check_ris(records)
    check_bibtex(records)


main()
