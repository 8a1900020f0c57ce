#!/usr/bin/env python3
"""Reading cards as other programs read them, compared with the JSONL export.

Usage: cards.py BINARY INDEX CORPUS
PyPI: python-docx==1.2.0, html5lib==1.1. Debian: epubcheck (with a Java runtime).
"""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

import docx
import html5lib
from docx.oxml.ns import qn

BINARY, INDEX, CORPUS = sys.argv[1:4]
WORD = "企业"
QUERY = f'"{WORD}"'
ADDRESS = "https://archive.example"
EPUBCHECK = "/usr/share/java/epubcheck.jar"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


def fail(sentence):
    sys.exit(f"cards.py: {sentence}")


def equal(what, found, expected):
    if found != expected:
        fail(f"{what}: found {found!r}, expected {expected!r}")


def export(form, *more):
    command = [BINARY, "--lang", "zh", "--index", INDEX, "--corpus", CORPUS, "export", QUERY]
    run = subprocess.run(
        [*command, "--format", form, "--sort", "oldest", *more], capture_output=True
    )
    if run.returncode != 0:
        fail(f"export as {form}: {run.stderr.decode()}")
    return run.stdout


def blocks(record):
    """The lines of a body as a card has them: paragraphs, and rows with tabs between their cells."""
    for line in record["body"].split("\n"):
        line = line.strip()
        if not line:
            continue
        if not line.startswith("|") or line == "|":
            yield "Card text", line
            continue
        inner = line[1:-1] if line.endswith("|") else line[1:]
        if "-" not in inner or inner.strip("-:| "):
            yield "Card row", "\t".join(cell.strip() for cell in inner.split("|"))


def printed(record):
    parts = ["kicker", "title", "subtitle", "outlet", "docno", "body", "credit"]
    return "\n".join(record.get(part) or "" for part in parts)


def marks(record):
    return printed(record).count(WORD)


def title(record):
    if record["title"]:
        return record["title"]
    first = record["body"].strip().split("\n")[0]
    return first if len(first) <= 24 else first[:24] + "…"


def permalink(record):
    return f"{ADDRESS}/article/{record['id']}"


def word_document(records, whole):
    document = docx.Document(io.BytesIO(whole))
    fonts = lambda style: style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
    heading = document.styles["Heading 1"]
    equal("font of headings", fonts(heading), "黑体")
    level = heading.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val"))
    equal("level of headings in the outline", level, "0")
    defaults = document.styles.element.find(qn("w:docDefaults"))
    body_font = defaults.find(".//" + qn("w:rFonts")).get(qn("w:eastAsia"))
    equal("font of the text", body_font, "宋体")

    equal("style of the first paragraph", document.paragraphs[0].style.name, "Title")
    facts = [p.text for p in document.paragraphs if p.style.name == "Card fact"]
    counts = [fact for fact in facts if fact.startswith("文章：")]
    equal("count in the head", counts[0], f"文章：{len(records)} 篇")
    cards, head = [], True
    kicker = []
    for paragraph in document.paragraphs:
        style = paragraph.style.name
        if style == "Card kicker":
            kicker = [paragraph]
        elif style == "Heading 1":
            cards.append([*kicker, paragraph])
            kicker, head = [], False
        elif not head:
            cards[-1].append(paragraph)
    equal("headings", len(cards), len(records))
    for card, record in zip(cards, records):
        of_style = lambda name: [p.text for p in card if p.style.name == name]
        equal("heading", of_style("Heading 1"), [title(record)])
        text = [(p.style.name, p.text) for p in card if p.style.name in ("Card text", "Card row")]
        equal(f"text of {record['id']}", text, list(blocks(record)))
        highlighted = [
            run.text for paragraph in card for run in paragraph.runs if run.font.highlight_color
        ]
        equal(f"highlights in {record['id']}", highlighted, [WORD] * marks(record))
        facts = dict(text.split("：", 1) for text in of_style("Card fact"))
        equal("id", facts["编号"], record["id"])
        if record["docno"]:
            equal("文号", facts["文号"], record["docno"])
        if record["source"] not in facts["源文件"]:
            fail(f"the source of {record['id']} is not on its card")
        equal("permalink", facts["固定链接"], permalink(record))
    total = sum(map(marks, records))
    print(f"docx: python-docx reads {len(cards)} headings, texts and {total} highlights as they are")


def text_of(element):
    return "".join(element.itertext())


def html_page(records, whole):
    parser = html5lib.HTMLParser(strict=True)
    page = parser.parse(whole)
    articles = page.findall(f".//{XHTML}article")
    equal("articles of the page", len(articles), len(records))
    anchors = {article.get("id") for article in articles}
    links = [a.get("href") for a in page.findall(f".//{XHTML}nav//{XHTML}a")]
    equal("contents", [link.lstrip("#") for link in links], [a.get("id") for a in articles])
    equal("anchors", len(anchors), len(articles))
    for article, record in zip(articles, records):
        check_article(article, record)
    loaders = (f"{XHTML}script", f"{XHTML}link")
    loading = [e.tag for e in page.iter() if e.get("src") or e.tag in loaders]
    equal("elements that load something", loading, [])
    print(f"html: html5lib finds no error, {len(articles)} articles, contents and marks as they are")


def check_article(article, record):
    equal("heading", text_of(article.find(f".//{XHTML}h2")), title(record))
    found = [text_of(mark) for mark in article.findall(f".//{XHTML}mark")]
    equal(f"marks in {record['id']}", found, [WORD] * marks(record))
    shown = []
    for block in article.find(f"{XHTML}div[@class='text']"):
        if block.tag == f"{XHTML}p":
            shown.append(text_of(block))
        else:
            for row in block.findall(f".//{XHTML}tr"):
                shown.append("\t".join(text_of(cell) for cell in row))
    equal(f"text of {record['id']}", shown, [text for _, text in blocks(record)])
    equal("permalink", article.find(f"{XHTML}dl//{XHTML}a").get("href"), permalink(record))


def book(records, whole):
    archive = zipfile.ZipFile(io.BytesIO(whole))
    first = archive.infolist()[0]
    equal("first entry", (first.filename, first.compress_type), ("mimetype", zipfile.ZIP_STORED))
    package = ElementTree.fromstring(archive.read("EPUB/package.opf"))
    items = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    spine = [items[item.get("idref")] for item in package.iter(f"{OPF}itemref")]
    identifier = package.find(f".//{DC}identifier").text
    if not identifier.startswith("urn:uuid:"):
        fail(f"identifier of the book: {identifier}")
    chapters = {name: ElementTree.fromstring(archive.read(f"EPUB/{name}")) for name in spine}
    articles = [a for name in spine for a in chapters[name].iter(f"{XHTML}article")]
    equal("articles of the book", len(articles), len(records))
    for article, record in zip(articles, records):
        check_article(article, record)
    places = {
        f"{name}#{article.get('id')}"
        for name in spine
        for article in chapters[name].iter(f"{XHTML}article")
    }
    nav = ElementTree.fromstring(archive.read("EPUB/nav.xhtml"))
    links = [a.get("href") for a in nav.iter(f"{XHTML}a")]
    equal("entries of the contents", {link for link in links if "#" in link}, places)
    chapters = {link for link in links if "#" not in link}
    equal("chapters of the contents", chapters, set(spine) - {"nav.xhtml"})
    with tempfile.NamedTemporaryFile(suffix=".epub") as file:
        file.write(whole)
        file.flush()
        command = ["java", "-jar", EPUBCHECK, "--failonwarnings", file.name]
        run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0 or "0 errors / 0 warnings" not in run.stdout + run.stderr:
        fail(f"epubcheck: {run.stdout}{run.stderr}")
    count = f"{len(articles)} articles in {len(spine) - 2} chapters"
    print(f"epub: epubcheck finds nothing, {count} as they are")


def excerpts(records):
    page = html5lib.parse(export("html", "--excerpt"))
    articles = page.findall(f".//{XHTML}article")
    equal("articles in excerpts", len(articles), len(records))
    for article, record in zip(articles, records):
        found = [text_of(mark) for mark in article.findall(f".//{XHTML}mark")]
        equal(f"marks in the excerpt of {record['id']}", found, [WORD] * marks(record))
        for passage in article.find(f"{XHTML}div[@class='text']").iter(f"{XHTML}p"):
            shown = text_of(passage).removeprefix("…").removesuffix("…")
            if shown not in record["body"]:
                fail(f"an excerpt of {record['id']} has what its text lacks: {shown}")
    print(f"excerpts: every match of {len(records)} articles with text of the article around it")


def main():
    records = [json.loads(line) for line in export("jsonl").decode().splitlines()]
    if len(records) < 5 or not any(marks(record) > 1 for record in records):
        fail("the corpus has too few articles to compare")
    for form, check in [("docx", word_document), ("html", html_page), ("epub", book)]:
        whole = export(form, "--address", ADDRESS)
        if whole != export(form, "--address", ADDRESS):
            fail(f"two exports as {form} differ")
        check(records, whole)
    excerpts(records)


main()
