"""Makes the second pages with LibreOffice: `soffice` has to be on the path; pip install pillow; Noto fonts.

They are for measuring only: no rule of the splitter may be worded after one of them.
"""

import base64
import io
import os
import subprocess
from xml.sax.saxutils import escape

from PIL import Image

import second_texts
from texts import Article, articles, parse, write

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


class Document:
    """A flat ODF text that grows by paragraphs, sections of columns, tables and pictures."""

    def __init__(self, width, height, margin, vertical=False):
        self.styles, self.body, self.names = [], [], {}
        mode = "tb-rl" if vertical else "lr-tb"
        self.layout = (
            f'<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="{width}pt" '
            f'fo:page-height="{height}pt" fo:margin="{margin}pt" style:writing-mode="{mode}" '
            f'style:print-orientation="portrait"/></style:page-layout>'
        )

    def style(self, family, properties):
        key = (family, properties)
        if key not in self.names:
            self.names[key] = f"S{len(self.names)}"
            self.styles.append(f'<style:style style:name="{self.names[key]}" style:family="{family}">{properties}</style:style>')
        return self.names[key]

    def paragraph(self, words, size, font=SERIF, bold=False, align="justify", indent=0.0, above=0.0, below=0.0, box=False):
        border = 'fo:border="0.7pt solid #000000" fo:padding="5pt" ' if box else ""
        weight = "bold" if bold else "normal"
        name = self.style(
            "paragraph",
            f'<style:paragraph-properties fo:text-align="{align}" fo:text-indent="{indent * size}pt" fo:margin-top="{above}pt" '
            f'fo:margin-bottom="{below}pt" {border}fo:line-height="140%" style:auto-text-indent="false"/>'
            f'<style:text-properties style:font-name-asian="{font}" style:font-name="{font}" fo:font-size="{size}pt" '
            f'style:font-size-asian="{size}pt" fo:font-weight="{weight}" style:font-weight-asian="{weight}"/>',
        )
        self.body.append(f'<text:p text:style-name="{name}">{escape(words)}</text:p>')

    def columns(self, count, gap=14, line=False):
        separator = '<style:column-sep style:width="0.5pt" style:color="#000000" style:height="100%"/>' if line else ""
        name = self.style(
            "section",
            f'<style:section-properties text:dont-balance-text-columns="false"><style:columns fo:column-count="{count}" '
            f'fo:column-gap="{gap}pt">{separator}</style:columns></style:section-properties>',
        )
        self.body.append(f'<text:section text:style-name="{name}" text:name="N{len(self.body)}">')

    def end(self):
        self.body.append("</text:section>")

    def picture(self, width, height, shade):
        stream = io.BytesIO()
        Image.new("RGB", (int(width), int(height)), shade).save(stream, "JPEG", quality=40)
        data = base64.b64encode(stream.getvalue()).decode()
        style = self.style("graphic", '<style:graphic-properties style:vertical-pos="top" style:vertical-rel="baseline"/>')
        above = self.style("paragraph", '<style:paragraph-properties fo:margin-top="6pt" fo:margin-bottom="3pt"/>')
        self.body.append(
            f'<text:p text:style-name="{above}"><draw:frame draw:style-name="{style}" text:anchor-type="as-char" svg:width="{width}pt" svg:height="{height}pt">'
            f"<draw:image><office:binary-data>{data}</office:binary-data></draw:image></draw:frame></text:p>"
        )

    def table(self, rows, size):
        cell = self.style("table-cell", '<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="2pt"/>')
        columns = max(len(row) for row in rows)
        self.body.append(f'<table:table><table:table-column table:number-columns-repeated="{columns}"/>')
        for row in rows:
            self.body.append("<table:table-row>")
            for words in row:
                self.body.append(f'<table:table-cell table:style-name="{cell}">')
                self.paragraph(words, size, align="center")
                self.body.append("</table:table-cell>")
            self.body.append("</table:table-row>")
        self.body.append("</table:table>")

    def save(self, name):
        spaces = " ".join(
            f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
            for prefix, path in [
                ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
                ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
            ]
        )
        fonts = "".join(f'<style:font-face style:name="{font}" svg:font-family="{font}"/>' for font in (SERIF, SANS, "Noto Serif CJK TC"))
        with open(f"{name}.fodt", "w") as file:
            file.write(
                f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.2" '
                f'office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls>{fonts}</office:font-face-decls>'
                f'<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="zh" fo:country="CN" '
                f'style:language-asian="zh" style:country-asian="CN"/></style:default-style></office:styles>'
                f'<office:automatic-styles>{self.layout}{"".join(self.styles)}</office:automatic-styles>'
                f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"/></office:master-styles>'
                f'<office:body><office:text>{"".join(self.body)}</office:text></office:body></office:document>'
            )


def furniture(document, items, size=22):
    title, *rest = [item[1] for item in items if not isinstance(item, Article) and item[0] == "F"]
    document.paragraph(title, size, bold=True, align="center")
    for words in rest:
        document.paragraph(words, 9, align="center")


def lines(document, article, size=10, indent=2.0, title=16, font=SERIF, box=False, gap=0.0):
    """Sets an article; rows of a table and pictures as they come."""
    rows = []
    for role, words in article.lines + [("", "")]:
        if role == "r":
            rows.append(words.split(" "))
            continue
        if rows:
            document.table(rows, size - 1)
            rows = []
        match role:
            case "k":
                document.paragraph(words, size + 2, align="start", above=6, box=box)
            case "t":
                above = 2 if article.of("k") else 8
                document.paragraph(words, title, font, bold=True, align="center" if indent else "start", above=above, below=4, box=box)
            case "s":
                document.paragraph(words, size + 1.5, SANS, align="center", below=4, box=box)
            case "d":
                document.paragraph(words, size, align="center", below=6)
            case "b":
                document.paragraph(words, size, SANS, align="center" if article.of("t") else "end", below=4)
            case "h":
                document.paragraph(words, size, SANS, indent=2.0)
            case "x":
                document.paragraph(words, size, align="end", box=box)
            case "c":
                document.paragraph(words, size - 1.5, SANS, indent=0.0)
            case "p":
                document.paragraph(words, size, indent=indent, below=gap, box=box)


def gazette(items):
    document = Document(470, 640, 52)
    furniture(document, items, 26)
    for item in items:
        if isinstance(item, Article):
            lines(document, item, 11, title=17)
        elif item[0] == "S":
            document.paragraph(item[1], 14, SANS, bold=True, align="center", above=14, below=4)
    return document


def photos(items):
    document = Document(600, 760, 36)
    furniture(document, items, 20)
    worker, station, gauge, records, melon = articles(items)
    document.picture(520, 150, (150, 160, 170))
    lines(document, worker)
    for role in "kt":
        document.paragraph(station.of(role)[0], 12 if role == "k" else 24, SANS, bold=role == "t", align="start", above=8 if role == "k" else 0)
    document.columns(3)
    document.paragraph(station.of("b")[0], 9.5, SANS, align="start")
    for words in station.of("p"):
        document.paragraph(words, 9.5, indent=2.0)
    document.end()
    document.columns(2)
    for picture, shade in ((gauge, (120, 140, 120)), (records, (170, 150, 120))):
        document.picture(240, 90, shade)
        lines(document, picture, 9.5)
    document.end()
    document.columns(2)
    lines(document, melon, 9.5, title=15)
    document.end()
    return document


def figures(items):
    document = Document(540, 700, 40)
    furniture(document, items)
    power, visitors, prices, jobs = articles(items)
    lines(document, power, title=18, indent=0.0, gap=4, font=SANS)
    document.columns(2, line=True)
    for article in (visitors, prices, jobs):
        lines(document, article, title=13, indent=0.0, gap=4, font=SANS)
    document.end()
    return document


def vertical(items):
    document = Document(560, 420, 30, vertical=True)
    global SERIF
    simplified, SERIF = SERIF, "Noto Serif CJK TC"
    furniture(document, items, 20)
    document.columns(2, 12)
    for article in articles(items):
        lines(document, article, 10, title=18, font=SERIF, indent=0.0)
    document.end()
    SERIF = simplified
    return document


def columns(items):
    document = Document(620, 560, 32)
    furniture(document, items, 20)
    buses, fish, scales, *briefs, kites = articles(items)
    for role, size in (("k", 11), ("t", 25), ("s", 12)):
        document.paragraph(buses.of(role)[0], size, SANS if role == "k" else SERIF, bold=role == "t", align="center")
    document.columns(4, 12, line=True)
    for words in buses.of("p"):
        document.paragraph(words, 9, indent=2.0)
    for article in (fish, scales):
        lines(document, article, 9, title=12.5, font=SANS)
    document.paragraph("简讯", 12.5, SANS, bold=True, align="center", above=8, box=True)
    for brief in briefs:
        document.paragraph(brief.of("p")[0], 9, SANS, indent=0.0, box=True)
    document.end()
    document.paragraph(kites.of("t")[0], 18, bold=True, align="center", above=8)
    document.columns(3, 12)
    for words in kites.of("p"):
        document.paragraph(words, 9, indent=2.0)
    document.end()
    return document


PAGES = {"gazette": gazette, "photos": photos, "figures": figures, "vertical": vertical, "columns": columns}


def main():
    for name, layout in PAGES.items():
        items = parse(getattr(second_texts, name.upper()))
        write(name, items)
        layout(items).save(name)
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", f"{name}.fodt"], check=True, stdout=subprocess.DEVNULL)
        os.remove(f"{name}.fodt")


if __name__ == "__main__":
    main()
