"""Reads the texts of pages and writes what a careful reader makes of them.

A text is lines of a letter, a blank and the words. `F` is furniture of the page, `S` a section, `=` and a kind
begin an article, and its lines are `k` kicker, `t` title, `s` subtitle, `d` document number, `b` byline or
credit, `h` sub-heading, `p` paragraph, `r` row of a table, `c` caption, `x` signature. They stand in the
order of reading, which the layout of the page has to keep.
"""

import json


class Article:
    def __init__(self, kind, section):
        self.kind, self.section, self.lines = kind, section, []

    def of(self, roles):
        return [words for role, words in self.lines if role in roles]


def parse(text):
    """The items of a page: `(role, words)` outside of articles, or an `Article`."""
    items, section = [], None
    for line in text.strip().splitlines():
        role, words = line[0], line[1:].strip()
        if role in "FS":
            section = words if role == "S" else section
            items.append((role, words))
        elif role == "=":
            items.append(Article(words, section))
        else:
            items[-1].lines.append((role, words))
    return items


def articles(items):
    return [item for item in items if isinstance(item, Article)]


def write(name, items):
    """NAME.txt with a line for each headline line and paragraph, and NAME.gold.jsonl."""
    lines, rows = [], []

    def row(kind, first, **fields):
        row = {"file": f"{name}.txt", "kind": kind, "section": None, "kicker": None, "title": None}
        row.update({"subtitle": None, "lines": [[first, len(lines)]], "docno": None})
        row.update({"body_first": None, "body_last": None})
        rows.append({**row, **fields})

    for item in items:
        first = len(lines) + 1
        if not isinstance(item, Article):
            lines.append(item[1])
            row({"F": "front", "S": "section"}[item[0]], first, title=item[1])
            continue
        lines.extend(words for _, words in item.lines)
        joined = lambda roles: " ".join(item.of(roles)) or None
        body = item.of("phrcx")
        row(
            item.kind, first, section=item.section, kicker=joined("k"), title=joined("ts"),
            subtitle=joined("s"), docno=joined("d"), body_first=body[0][:20], body_last=body[-1][-20:],
        )
    with open(f"{name}.txt", "w") as text:
        text.write("\n".join(lines) + "\n")
    with open(f"{name}.gold.jsonl", "w") as gold:
        for fields in rows:
            gold.write(json.dumps(fields, ensure_ascii=False) + "\n")
