#!/usr/bin/env python3
"""Reads exported references by the programs that people use, and compares what they understood with
the records: pandoc (BibLaTeX, BibTeX, CSL-JSON, and citeproc), rispy (RIS), bibtexparser (BibTeX).

usage: citations.py BINARY INDEX CORPUS
Debian: pandoc. PyPI: rispy==0.10.0 bibtexparser==1.4.3
"""

import json
import os
import re
import subprocess
import sys
import tempfile

import bibtexparser
import rispy

BINARY, INDEX, CORPUS = sys.argv[1:4]
# Readers set quotes, blanks, dashes and dots as their typography has them: these are not compared.
PLAIN = re.compile(r"[\s\u00a0\"'“”‘’\-–—.…：`]+")
# What means something to TeX, to Markdown or to one of the formats, in titles and names.
TRICKY = [
    "产值增长50% & 利润翻番",
    "路径 C:\\桥_2 #1 号",
    "集合{甲,乙}与$x$之和",
    "半个括号{不闭合",
    "约~3米 2^10 次",
    "甲<乙 且 丙>丁 与 &amp;",
    "标题*星*与_下划线_和`码`",
    "“引号”里 and 外",
    "TY  - 不是标签",
    "@article{不是条目,",
]


def dibao(*arguments, index=INDEX, corpus=CORPUS):
    command = [BINARY, "--index", index, "--corpus", corpus, *arguments]
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
    """What is compared. Not every reader knows the commands for braces without a partner."""
    text = text or ""
    if text.count("{") != text.count("}"):
        text = text.replace("{", "").replace("}", "")
    return PLAIN.sub("", text)


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
        if len(read) < (2 if where.startswith("pandoc bibtex") else 3):
            fail(f"{where}: of {day} only {read} was read")
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


def check_pandoc(records, **place):
    for ours, theirs in [("csljson", "csljson"), ("biblatex", "biblatex"), ("bib", "bibtex")]:
        text = dibao("export", "--format", ours, **place)
        items = json.loads(pandoc(text, "-f", theirs, "-t", "csljson"))
        by_id(items, f"pandoc {theirs}", records)
        cited = pandoc(text, "-f", theirs, "-t", "plain", "--citeproc", "--wrap=none")
        lines = [plain(line) for line in cited.splitlines()]
        for name, record in records.items():
            title = plain(record["title"])
            if not any(title in line for line in lines):
                fail(f"citeproc prints no {record['title']} ({name}) from {ours}")
        print(f"pandoc {theirs}: {len(items)} entries, all cited by citeproc")


def check_ris(records, kinds_expected, **place):
    entries = rispy.loads(dibao("export", "--format", "ris", **place))
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
    for kind in kinds_expected:
        if kind not in kinds:
            fail(f"rispy: no entry of type {kind}")
    print(f"rispy: {len(entries)} entries of types {', '.join(sorted(kinds))}")


def check_bibtex(records, **place):
    parser = bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False)
    entries = bibtexparser.loads(dibao("export", "--format", "bib", **place), parser).entries
    same("bibtexparser", "the number of entries", len(entries), len(records))
    for entry in entries:
        record = records[entry["ID"]]
        where = f"bibtexparser {entry['ID']}"
        if names := names_of(record):
            read = [name.strip("{}") for name in entry["author"].split("} and {")]
            same(where, "the number of authors", len(read), len(names))
        if entry["ENTRYTYPE"] == "article" and record["publication"]:
            same(where, "the paper", entry["journal"], record["publication"])
        if (day := day_of(record)) and (record["publication"] or not record["outlet"]):
            same(where, "the year", entry["year"], str(int(day[:4])))
    print(f"bibtexparser: {len(entries)} entries, keys are the ids")


def records_of(**place):
    lines = dibao("export", "--format", "jsonl", **place).splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}


def check_tricky():
    """Articles with titles and names that mean something to a format, in an index of their own."""
    with tempfile.TemporaryDirectory() as folder:
        place = {"index": f"{folder}/index", "corpus": f"{folder}/corpus"}
        os.mkdir(place["corpus"])
        with open(f"{place['corpus']}/tricky.jsonl", "w", encoding="utf-8") as rows:
            for number, title in enumerate(TRICKY):
                row = {
                    "publication": "河畔日报",
                    "title": title,
                    "date": f"2021-03-{number + 1:02}",
                    "page": "A02",
                    "byline": {"reporters": ["甲一", "R&D 小组", "Smith, John and Co"]},
                    "url": "https://news.example/a_b?c=%20&d=1#e",
                    "body": f"第{number}篇：河畔的桥修好了。",
                }
                rows.write(json.dumps(row, ensure_ascii=False) + "\n")
        dibao("ingest", **place)
        records = records_of(**place)
        same("tricky", "the titles", sorted(r["title"] for r in records.values()), sorted(TRICKY))
        check_pandoc(records, **place)
        check_ris(records, ["NEWS"], **place)
        check_bibtex(records, **place)


def main():
    records = records_of()
    if len(records) < 50:
        fail(f"{len(records)} articles are too few to tell anything")
    check_pandoc(records)
    check_ris(records, ["NEWS", "CHAP", "GOVDOC", "ELEC"])
    check_bibtex(records)
    check_tricky()


main()
