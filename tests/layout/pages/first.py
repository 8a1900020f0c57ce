"""Makes the first pages with typst: pip install typst pillow; Noto Serif CJK and Noto Sans CJK have to be installed.

Rules of the splitter may be worded after these pages; those of `second.py` are for measuring only.
"""

import io
import os

import typst
from PIL import Image, ImageDraw

import first_texts
from texts import Article, articles, parse, write

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


def text(words, size, font=SERIF, **options):
    more = "".join(f", {key}: {value}" for key, value in options.items())
    return f'#text(font: "{font}", size: {size}pt{more})[{words}]'


def head(article, sizes, align="center", font=SERIF):
    """The headline: sizes of kicker, title and subtitle."""
    lines = []
    for role, words in article.lines:
        if role in "kts":
            size = sizes["kts".index(role)]
            bold = {"weight": '"bold"'} if role == "t" else {}
            lines.append(f"#block(below: {size * 0.55}pt, above: {size * 0.55}pt)[{text(words, size, font if role == 't' else SERIF, **bold)}]")
    return f"#align({align})[" + "\n".join(lines) + "]\n"


def body(article, size=9):
    """Paragraphs, sub-headings and credits."""
    out = []
    for role, words in article.lines:
        if role == "p":
            out.append(text(words, size))
        elif role == "h":
            out.append(f"#par(first-line-indent: 2em)[{text(words, size, SANS)}]")
        elif role == "b":
            out.append(f"#align(center)[#par(first-line-indent: 0em)[{text(words, size)}]]")
        elif role == "x":
            out.append(f"#align(right)[#par(first-line-indent: 0em)[{text(words, size)}]]")
        elif role == "d":
            out.append(f"#align(center)[#par(first-line-indent: 0em)[{text(words, size)}]]")
    return "\n\n".join(out) + "\n"


def rows(article, width, size=9):
    """How many printed lines the text has in a column of this width."""
    chars = max(1, int(width / size + 0.01))
    texts = [words for role, words in article.lines if role in "phbxd"]
    return sum(-(-(len(words) + 2) // chars) for words in texts)


def columned(article, width, count, gutter=12, size=9, spare=1):
    """The text in columns of one height."""
    column = (width - gutter * (count - 1)) / count
    lines = -(-rows(article, column, size) // count) + spare
    height = lines * size * LEADING
    return f"#block(above: 8pt, width: {width}pt, height: {height:.0f}pt, columns({count}, gutter: {gutter}pt)[{body(article, size)}])"


# Lines are this far apart, in sizes of type.
LEADING = 1.29
RULE = "#line(length: 100%, stroke: 0.6pt)\n"
SETUP = f"""
#set text(font: "{SERIF}", size: 9pt, lang: "zh", region: "cn")
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 0.55em, spacing: 0.55em)
"""


def page(width, height, margin=30, columns=1):
    return f"#set page(width: {width}pt, height: {height}pt, margin: {margin}pt, columns: {columns})\n#set columns(gutter: 14pt)\n" + SETUP


def masthead(items, size=30):
    title, *rest = [words for role, words in (item for item in items if not isinstance(item, Article)) if role == "F"]
    return text(title, size, weight='"bold"') + "\n\n" + "\n".join(f"#par(first-line-indent: 0em)[{text(words, 8)}]" for words in rest) + "\n" + RULE


def daily(items):
    water, tea, bus, books, photo = articles(items)
    caption = f"#par(first-line-indent: 0em)[{text(photo.of('c')[0], 8)}]\n#align(right)[#par(first-line-indent: 0em)[{text(photo.of('b')[0], 8)}]]"
    left = head(tea, (10, 20, 11)) + columned(tea, 330, 2)
    right = head(bus, (10, 16, 11)) + columned(bus, 330, 2)
    lower_left = head(books, (10, 16, 10)) + columned(books, 330, 2)
    lower_right = f'#image("field.jpg", width: 330pt)\n{caption}'
    return (
        page(740, 760)
        + masthead(items)
        + head(water, (14, 32, 13))
        + columned(water, 680, 5)
        + RULE
        + f"#grid(columns: (330pt, 330pt), gutter: 20pt, [{left}], [{right}])\n"
        + f"#v(6pt)\n#grid(columns: (330pt, 330pt), gutter: 20pt, [{lower_left}], [{lower_right}])\n"
    )


def county(items):
    parts = []
    for index, article in enumerate(articles(items)):
        size = 17 if index == 0 else 14
        above = RULE if index else ""
        if article.kind == "notice":
            parts.append(f"#rect(width: 100%, inset: 6pt)[{head(article, (9, 12, 9), font=SANS)}{body(article, 8)}]")
        else:
            parts.append(above + head(article, (9, size, 10), "left") + body(article))
    top = f"#place(top, scope: \"parent\", float: true)[{masthead(items, 24)}]\n"
    return page(560, 560, columns=3) + top + "\n".join(parts)


def bulletin(items):
    out = [page(420, 595, 48)]
    for item in items:
        if isinstance(item, Article):
            out.append("#v(4pt)" + head(item, (10, 15, 10), font=SANS) + body(item, 10.5))
        elif item[0] == "S":
            out.append(f"#v(10pt)#par(first-line-indent: 0em)[{text(item[1], 12, SANS)}]")
        else:
            size = 26 if item[1] == "工作简报" else 11
            out.append(f"#align(center)[#par(first-line-indent: 0em)[{text(item[1], size)}]]")
    return "\n\n".join(out)


def tabloid(items):
    leak, driver, brolly, tips, school = articles(items)
    tip = f'#rect(width: 100%, inset: 7pt, fill: luma(235))[{head(tips, (9, 12, 9), font=SANS)}{body(tips, 8.5)}]'
    side = head(driver, (9, 15, 9), "left", SANS) + body(driver) + "#v(8pt)" + head(brolly, (9, 15, 9), "left", SANS) + body(brolly)
    return (
        page(500, 680, 26)
        + "#grid(columns: (1fr, 1fr, 1fr), "
        + ", ".join(f"[#par(first-line-indent: 0em)[{text(words, 9)}]]" for role, words in (item for item in items if not isinstance(item, Article)))
        + ")\n"
        + RULE
        + f"#grid(columns: (300pt, 130pt), gutter: 18pt, [{head(leak, (12, 26, 11), 'left', SANS)}{columned(leak, 300, 2)}], [{side}])\n"
        + "#v(8pt)"
        + f"#grid(columns: (170pt, 260pt), gutter: 18pt, [{tip}], [{head(school, (9, 18, 9), 'left', SANS)}{columned(school, 260, 2)}])\n"
    )


def jump(items):
    grapes, lamps, grain, stage = articles(items)
    title = "stack(dir: ttb, spacing: 3pt, " + ", ".join(f'text(size: 20pt, weight: "bold")[{c}]' for c in stage.of("t")[0]) + ")"
    upright = f"#grid(columns: (auto, 300pt), gutter: 14pt, {title}, [{columned(stage, 300, 2)}])"
    return (
        page(430, 285, 22, 3)
        + f'#place(top, scope: "parent", float: true)[{masthead(items, 18)}{head(grapes, (10, 22, 11))}]\n'
        + body(grapes)
        + head(lamps, (9, 14, 9), "left")
        + body(lamps)
        + head(grain, (9, 14, 9), "left")
        + body(grain)
        + f'#place(bottom, scope: "parent", float: true)[{RULE}{upright}]\n'
    )


def orders(items):
    out = [page(440, 600, 50)]
    for item in items:
        if isinstance(item, Article):
            out.append("#v(6pt)" + head(item, (11, 16, 11)) + body(item, 11))
        elif item[0] == "S":
            out.append(f"#v(12pt)#align(center)[#par(first-line-indent: 0em)[{text(item[1], 13, SANS)}]]")
        else:
            size = 24 if item[1] == "梅州县政务公报" else 10
            out.append(f"#align(center)[#par(first-line-indent: 0em)[{text(item[1], size)}]]")
    return "\n\n".join(out)


def pictured(article, width):
    caption = f"#par(first-line-indent: 0em)[{text(article.of('c')[0], 8, SANS)}]\n#align(right)[#par(first-line-indent: 0em)[{text(article.of('b')[0], 8, SANS)}]]"
    return f'#image("field.jpg", width: {width}pt)\n{caption}'


def album(items):
    barber, piano, path, lid, ledger = articles(items)
    return (
        page(560, 690, 30)
        + masthead(items, 22)
        + f"#align(center)[#block(width: 400pt, {{set align(left)\n[{pictured(barber, 400)}]}})]"
        + head(piano, (12, 24, 11), "left", SANS)
        + columned(piano, 500, 3)
        + f"#v(6pt)#grid(columns: (243pt, 243pt), gutter: 14pt, [{pictured(path, 243)}], [{pictured(lid, 243)}])\n#v(4pt)"
        + RULE
        + head(ledger, (9, 15, 9), "left")
        + columned(ledger, 500, 2)
    )


def ruled(article, size):
    """A text with its table."""
    rows = [words.split(" ") for role, words in article.lines if role == "r"]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    table = f"#table(columns: {len(rows[0])}, {cells})\n" if rows else ""
    before, after = [], []
    for role, words in article.lines:
        if role == "r":
            before, after = before + after, []
        elif role == "p":
            after.append(words)
    join = lambda words: "\n\n".join(text(words, size) for words in words) + "\n"
    return join(before) + table + join(after) if rows else join(after)


def prices(items):
    seeds, pigs, jobs = articles(items)
    parts = "".join(head(article, (9, 13, 9), "left", SANS) + ruled(article, 9) for article in (pigs, jobs))
    return (
        page(470, 620, 36).replace("first-line-indent: (amount: 2em, all: true)", "first-line-indent: 0em").replace("spacing: 0.55em", "spacing: 0.95em")
        + masthead(items, 22)
        + head(seeds, (10, 20, 10), font=SANS)
        + ruled(seeds, 9)
        + f"#v(8pt)#columns(2, gutter: 16pt)[{parts}]"
    )


def picture():
    image = Image.new("RGB", (330, 120), (205, 214, 196))
    draw = ImageDraw.Draw(image)
    for x in range(0, 330, 30):
        draw.ellipse((x, 50, x + 24, 110), fill=(160, 150, 90))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=40)
    return stream.getvalue()


PAGES = {"daily": daily, "county": county, "bulletin": bulletin, "tabloid": tabloid, "jump": jump, "orders": orders, "album": album, "prices": prices}


def main():
    with open("field.jpg", "wb") as file:
        file.write(picture())
    for name, layout in PAGES.items():
        items = parse(getattr(first_texts, name.upper()))
        write(name, items)
        with open(f"{name}.typ", "w") as source:
            source.write(layout(items))
        typst.compile(f"{name}.typ", output=f"{name}.pdf")
        os.remove(f"{name}.typ")
    os.remove("field.jpg")


if __name__ == "__main__":
    main()
