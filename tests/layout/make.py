"""Makes the files of this folder: pip install typst fonttools; Noto Serif CJK SC has to be installed.

newspaper.pdf   a page of a newspaper in own words: a kicker, headline and subtitle over five columns (the
                text fills three), two stories side by side of which one is framed, a vertical headline
blocks.ttf      a font whose glyphs are squares, for 渡, 口, 开 and 船
"""

import os

import typst
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

PARAGRAPHS = [
    "县水利站近日完成了春灌前的渠道检修，二十三条支渠全部清淤，沿线村庄的用水次序已经公布，农户可以在村务栏里查到自己的日期。",
    "负责巡渠的老李说，往年开闸以后总有三五处漏水，今年提前半个月查了一遍，把闸门的垫圈都换了新的。",
    "据介绍，全县今年计划灌溉小麦12.6万亩，比上年多8000亩，首轮用水预计3月20日开始。",
    "船运公司的木船也在码头上过了秤，装卸工人把新打的缆绳一捆捆码在岸边，等着上游开闸放水的那一天。",
    "镇上的图书室添了两排书架，周末有三十多个孩子来看书，管理员王敏把借书登记簿换成了卡片。",
]


def body(first, count):
    return "\n\n".join(PARAGRAPHS[(first + index) % 5] for index in range(count))


def columns(height, count, text):
    return f"block(height: {height}pt, columns({count}, gutter: 14pt)[{text}])"


def stack(text):
    characters = ", ".join(f"text(size: 24pt)[{c}]" for c in text)
    return f"stack(dir: ttb, spacing: 3pt, {characters})"


PAGE = f"""
#set page(width: 780pt, height: 1100pt, margin: 36pt)
#set text(font: "Noto Serif CJK SC", size: 9pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 0.55em)
#grid(columns: (1fr, auto), [*某城日报*  2023年2月10日 星期五], [第A05版 要闻])
#line(length: 100%)
#align(center)[#text(size: 14pt)[全县水利工作会议昨日召开] \\
#text(size: 34pt, weight: "bold")[二十三条支渠全部清淤] \\
#text(size: 12pt)[——首轮春灌预计三月二十日开始]]
#{columns(140, 5, body(0, 7))}
#v(6pt)
#grid(columns: (3fr, 2fr), gutter: 16pt,
  [#align(center)[#text(size: 22pt, weight: "bold")[木船过秤等开闸]] #{columns(130, 3, body(3, 5))}],
  rect(width: 100%, inset: 8pt)[#align(center)[#text(size: 16pt)[图书室添书架]]
    #{columns(130, 2, body(4, 3))}])
#v(6pt)
#grid(columns: (auto, 1fr), gutter: 14pt,
  stack(dir: rtl, spacing: 8pt, {stack("渡口开渡")}, {stack("木船归港")}), {columns(120, 4, body(2, 6))})
"""


def page():
    with open("newspaper.typ", "w") as source:
        source.write(PAGE)
    typst.compile("newspaper.typ", output="newspaper.pdf")
    os.remove("newspaper.typ")


def font():
    names = [".notdef", "one", "two", "three", "four"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(map(ord, "渡口开船"), names[1:])))
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0)), pen.lineTo((0, 800)), pen.lineTo((800, 800)), pen.lineTo((800, 0)), pen.closePath()
    square = pen.glyph()
    builder.setupGlyf({name: square for name in names})
    builder.setupHorizontalMetrics({name: (1000, 0) for name in names})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Blocks", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save("blocks.ttf")


page()
font()
